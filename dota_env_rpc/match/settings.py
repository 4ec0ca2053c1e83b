"""What fixes a match before it starts."""

import dataclasses

# Who spends a seat's ability points and gold.
BUILDERS = ("agent", "auto")


@dataclasses.dataclass(frozen=True)
class MatchSettings:
    """Settings of one match, or of the first of a batch of matches.

    Attributes:
        seed: Seed of the match's random stream, 0 to 2**63 - 1. In a batch, row i of episode n
            plays the seed that `episode_seed(seed, row, episode)` gives.
        patch: Patch of the numbers, a folder of dota_env_rpc/data.
        heroes: Hero of each of the ten seats, "" for an empty one.
        bots: Bot that plays each of the ten seats while no agent does, "" for an empty one: one of
            ours, or the URL of one that lives outside, see docs/dota2ai.md.
        skill_builds: Of each of the ten seats, who spends its ability points while an agent
            plays it: "agent", or "auto" for a script. Bots leave them to the script.
        item_builds: Likewise, who buys its items.
        start_seconds: Game clock at which the match starts, -90 (the whole pre-game) or later.
        max_seconds: Game clock at which an unfinished match is cut off; inf for never.
        ticks_per_step: Ticks between two decisions of a seat, at least 1.
        kills_to_win: Hero deaths of one side that end the match, as the fall of a middle tier 1
            tower then does; 0 plays on until an Ancient falls.
        tie_seconds: Game clock at which kills, then last hits and denies, decide; inf for never.
        banned_items: Items that nobody can buy.
        runes: Whether runes come to the river and the jungles.
        bot_seconds: Game seconds between two questions to a bot that lives outside.
        bot_timeout: Seconds of real time in which it must answer each.
        bot_chat: What is said to it when a match begins.
        selecting: Seats whose hero is for their bot to select, which lives outside.
        lanes: Lanes in which creeps march: of "top", "mid" and "bot".
    """

    seed: int = 0
    patch: str = "7.41"
    heroes: tuple[str, ...] = ("npc_dota_hero_nevermore",) + ("",) * 4 + (
        "npc_dota_hero_nevermore",) + ("",) * 4
    bots: tuple[str, ...] = ("laner",) + ("",) * 4 + ("laner",) + ("",) * 4
    skill_builds: tuple[str, ...] = ("agent",) * 10
    item_builds: tuple[str, ...] = ("agent",) * 10
    start_seconds: float = -30.0
    max_seconds: float = 1800.0
    ticks_per_step: int = 4
    kills_to_win: int = 2
    tie_seconds: float = float("inf")
    banned_items: tuple[str, ...] = ()
    runes: bool = False
    bot_seconds: float = 0.33
    bot_timeout: float = 5.0
    bot_chat: tuple[str, ...] = ()
    selecting: tuple[int, ...] = ()
    lanes: tuple[str, ...] = ("mid",)


def episode_seed(seed: int, row: int, episode: int) -> int:
    """Returns the seed of episode `episode` in row `row` of a batch that was given `seed`.

    The first episode of row 0 plays `seed` itself, so that a batch of one is the single match.
    """
    return (int(seed) + 1_000_003 * int(row) + 7_368_787 * episode) % (1 << 63)
