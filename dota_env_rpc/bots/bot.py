"""Players that live in the process: compiled rules over what an agent in their seat may see."""

from dota_env_rpc.match.rule import record, rule

BOTS = ("idle", "laner_easy", "laner")

# `bot`: number of the bot that the seat has, from 0. All else is 0 when a match starts.
BOT_MEMORY = record([("bot", "i8")], "BOT_MEMORY")


def bot_number(name: str) -> int:
    """Returns the number of the bot `name`.

    Raises:
        ValueError: there is no such bot.
    """
    if name not in BOTS:
        raise ValueError(f"no bot {name!r}; there are {', '.join(BOTS)}")
    return BOTS.index(name)


@rule
def decide(tables, patch, seat, memory, order):
    """Writes what the seat's bot does now into `order`; UnitOrder.NONE to go on as before."""
    return
