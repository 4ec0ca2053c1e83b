"""Players that live in the process: compiled rules over what an agent in their seat may see."""

from dota_env_rpc.bots.http_bot import is_url
from dota_env_rpc.bots.laner import lane
from dota_env_rpc.bots.memory import BOT_MEMORY, IDLE, LANER
from dota_env_rpc.match.rule import rule

__all__ = ["BOTS", "BOT_MEMORY", "bot_number", "decide"]

BOTS = ("idle", "laner_easy", "laner")


def bot_number(name: str) -> int:
    """Returns the number of the bot `name`; what lives outside and gives orders is IDLE here.

    Raises:
        ValueError: there is no such bot.
    """
    if is_url(name):
        return IDLE
    if name not in BOTS:
        raise ValueError(f"no bot {name!r}; there are {', '.join(BOTS)}")
    return BOTS.index(name)


@rule
def decide(tables, patch, seat, memory, order):
    """Writes what the seat's bot does now into `order`; UnitOrder.NONE to go on as before."""
    if memory.bot != IDLE:
        lane(tables, patch, seat, memory, order, memory.bot == LANER)
