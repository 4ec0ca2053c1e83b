"""1v1 Solo Mid: two heroes, one lane; who dies twice or loses the tower loses."""

from collections.abc import Mapping
from typing import Any

from dota_env_rpc.bots.bot import BOTS
from dota_env_rpc.bots.http_bot import SCHEME, is_url, parse_url
from dota_env_rpc.content.game import load_game
from dota_env_rpc.data.patch import DEFAULT_PATCH, patches
from dota_env_rpc.match.enums import NUM_SEATS
from dota_env_rpc.match.settings import BUILDERS, MatchSettings
from dota_env_rpc.tasks.settings import Setting, SettingError
from dota_env_rpc.tasks.task import ANY_SEAT, Task, by_name, reward_settings, seat_settings

SEATS = (0, 5)  # Radiant's and Dire's
_GAME = load_game(DEFAULT_PATCH)
_HEROES = _GAME.hero_names
_SOLD = tuple(name for name, sold in zip(
    _GAME.item_names, _GAME.record.items["in_shop"], strict=False) if sold)
_DEFAULTS = MatchSettings()
_LARGEST = 2**63 - 1


class Mid1v1(Task):
    """The mode that the game calls 1v1 Solo Mid."""

    name = "mid_1v1"
    played_seats = SEATS
    meaning = (
        "Two heroes meet in the middle lane, seat 0 for Radiant and seat 5 for Dire. The match is "
        "lost by who dies twice or loses the middle tower of the first tier; a match that reaches "
        "`max_seconds` is cut off without a winner.")
    world_settings = by_name([
        Setting("task", "string", "mid_1v1", "The task that the world plays.",
                choices=("mid_1v1",)),
        Setting("seed", "int64", _DEFAULTS.seed,
                "Seed of the random stream. Row i of a batch plays in its episode n the seed "
                "(seed + 1000003 i + 7368787 n) modulo 2**63.", 0, _LARGEST),
        Setting("patch", "string", DEFAULT_PATCH, "Patch of the game's numbers.",
                choices=patches()),
        Setting("heroes", "strings", ("npc_dota_hero_nevermore", "npc_dota_hero_nevermore"),
                "Heroes of Radiant and of Dire; a seat that joins with a hero brings its own.",
                choices=_HEROES),
        Setting("bots", "strings", ("laner", "laner"),
                "Bots of Radiant and of Dire: they play while no agent does. A URL "
                "`http://HOST:PORT/...` is asked as [dota2ai](dota2ai.md) says.",
                choices=BOTS, prefix=SCHEME),
        Setting("skill_builds", "strings", ("agent", "agent"),
                "Who spends the ability points of Radiant and of Dire while agents play them: "
                "the agent, or a script. A seat that joins with `skill_build` brings its own.",
                choices=BUILDERS),
        Setting("item_builds", "strings", ("agent", "agent"),
                "Likewise, who buys the items.", choices=BUILDERS),
        Setting("bot_seconds", "float64", _DEFAULTS.bot_seconds,
                "Game seconds between two questions to an HTTP bot; it is asked at the first "
                "step that begins then or later.", 0.0, 60.0),
        Setting("bot_timeout", "float64", _DEFAULTS.bot_timeout,
                "Seconds of real time in which an HTTP bot must answer, or its hero goes on.",
                0.001, 600.0),
        Setting("bot_chat", "strings", _DEFAULTS.bot_chat,
                "What is said to HTTP bots when a match begins. The example bot of dota2ai waits "
                "for `lina go`."),
        Setting("agents", "int64", 1,
                "How many clients the first step waits for.", 1, len(SEATS)),
        Setting("ticks_per_step", "int64", _DEFAULTS.ticks_per_step,
                "Ticks of 1/30 s that a step plays.", 1, 900),
        Setting("start_seconds", "float64", _DEFAULTS.start_seconds,
                "Game clock at which the match starts; the horn is at 0.", -90.0, 0.0),
        Setting("max_seconds", "float64", _DEFAULTS.max_seconds,
                "Game clock at which an unfinished match is cut off; inf for never.", 0.0),
        Setting("kills_to_win", "int64", _DEFAULTS.kills_to_win,
                "Deaths of one side that end the match, as the loss of the tower then does; 0 "
                "plays on until an Ancient falls.", 0, 1000),
        Setting("tie_seconds", "float64", _DEFAULTS.tie_seconds,
                "Game clock at which kills, then last hits and denies, decide; inf for never.",
                0.0),
        Setting("banned_items", "strings", (), "Items that nobody can buy.", choices=_SOLD),
        Setting("runes", "bool", _DEFAULTS.runes,
                "Whether runes come, as in other modes: of bounty to the jungles, of water and "
                "of power to the river. Bots of ours take none."),
        Setting("num_matches", "int64", 1,
                "Matches played side by side; more than 1 puts an axis in front of every tensor.",
                1, 4096),
        Setting("step_timeout", "float64", 60.0,
                "Seconds that a step waits for the other seats before their bots play.",
                0.001, 86400.0),
        Setting("record", "bool", False,
                "Whether orders are kept, so that the only match can be played again: "
                "`Environment.replay` tells the replay, on a server the property `match.replay`."),
        *reward_settings(),
    ])
    join_settings = by_name([
        Setting("seat", "int64", ANY_SEAT,
                "Player slot: 0 plays for Radiant, 5 for Dire; -1 takes the first that is free.",
                ANY_SEAT, NUM_SEATS - 1),
        Setting("seats", "int64s", (),
                "Player slots, to play both sides at once; wins over `seat`. More than one "
                "puts an axis in front of every tensor.", 0, NUM_SEATS - 1),
        Setting("hero", "string", "",
                "The seat's hero; an empty string for the world's.", choices=("", *_HEROES)),
        Setting("skill_build", "string", "",
                "Who spends the seat's ability points: the agent, or a script; an empty string "
                "for what the world says.", choices=("", *BUILDERS)),
        Setting("item_build", "string", "",
                "Likewise, who buys the seat's items.", choices=("", *BUILDERS)),
        *seat_settings(),
    ])

    def match_settings(self, world: Mapping[str, Any]) -> MatchSettings:
        heroes = _pair("heroes", world["heroes"])
        if world["max_seconds"] <= world["start_seconds"]:
            raise SettingError(
                "max_seconds", f"setting 'max_seconds' is {world['max_seconds']:g}, but must be "
                f"after 'start_seconds', which is {world['start_seconds']:g}")
        if world["record"] and world["num_matches"] > 1:
            raise SettingError(
                "record", "setting 'record' is true, but the orders of many matches are not kept: "
                f"'num_matches' is {world['num_matches']}")
        bots = _by_seat(_pair("bots", world["bots"]))
        selecting = tuple(seat for seat in SEATS if is_url(bots[seat]))
        for seat in selecting:
            try:
                parse_url(bots[seat])
            except ValueError as error:
                raise SettingError("bots", f"setting 'bots': {error}") from None
        if selecting and world["num_matches"] > 1:
            raise SettingError(
                "bots", "setting 'bots' has an HTTP bot, which plays one match at a time, but "
                f"'num_matches' is {world['num_matches']}")
        return MatchSettings(
            seed=world["seed"], patch=world["patch"], heroes=_by_seat(heroes), bots=bots,
            bot_seconds=world["bot_seconds"], bot_timeout=world["bot_timeout"],
            bot_chat=world["bot_chat"], selecting=selecting,
            skill_builds=_by_seat(_pair("skill_builds", world["skill_builds"]), "agent"),
            item_builds=_by_seat(_pair("item_builds", world["item_builds"]), "agent"),
            start_seconds=world["start_seconds"],
            max_seconds=world["max_seconds"], ticks_per_step=world["ticks_per_step"],
            kills_to_win=world["kills_to_win"], tie_seconds=world["tie_seconds"],
            banned_items=world["banned_items"], runes=world["runes"])


def _pair(name: str, values: tuple[str, ...]) -> tuple[str, str]:
    if len(values) != len(SEATS):
        raise SettingError(
            name, f"setting {name!r} has {len(values)} entries, but mid_1v1 needs 2: for Radiant "
            "and for Dire")
    return values


def _by_seat(pair: tuple[str, str], empty: str = "") -> tuple[str, ...]:
    result = [empty] * NUM_SEATS
    for seat, value in zip(SEATS, pair, strict=True):
        result[seat] = value
    return tuple(result)


TASK = Mid1v1()
