"""1v1 Solo Mid as tournaments have played it: a time at which it ends, and banned items."""

from dota_env_rpc.tasks.mid_1v1 import Mid1v1
from dota_env_rpc.tasks.task import with_defaults


class Mid1v1Tournament(Mid1v1):
    """The rules of OpenAI's matches at The International 2017.

    Source: Guinness World Records' entry about them.
    """

    name = "mid_1v1_tournament"
    base = "mid_1v1"
    meaning = (
        "`mid_1v1` by the rules of OpenAI's matches at The International 2017: at 10:00 the more "
        "kills win, then the more last hits and denies, and some items cannot be bought. All "
        "settings of `mid_1v1` are there.")
    world_settings = with_defaults(
        Mid1v1.world_settings, task=name, tie_seconds=600.0,
        banned_items=("item_bottle", "item_soul_ring", "item_infused_raindrop"))


TASK = Mid1v1Tournament()
