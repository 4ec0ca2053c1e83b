"""A match as CMsgBotWorldState: the message in which the game tells its bots what they may know.

docs/world_state.md lists each field with the column of the tables that fills it. What the tables
do not hold stays unset, and then reads as the default that the message gives it.
"""

from collections.abc import Sequence
import functools
import threading

import numpy as np

from dota_env_rpc.match.rule import INTERPRETED, address
from dota_env_rpc.protocols import world_state_writer as writer
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState

SCEPTER = "item_ultimate_scepter"


def world_state(tables, patch, team: int, since_tick: int | None = None) -> CMsgBotWorldState:
    """Tells what one team may know of a match.

    Its own units are told whole, those of others while the team sees them: what their owners
    alone know (gold, experience, last hits, cooldowns, charges, buyback) stays unset.

    Args:
        tables: The match, a TABLES record.
        patch: The Game that it is played with.
        team: A Team that plays.
        since_tick: Events after this tick are told; without it those of the present tick.

    Returns:
        A new message, with times in seconds, lengths in map units and angles in degrees.
    """
    return CMsgBotWorldState.FromString(serialized_world_state(tables, patch, team, since_tick))


def serialized_world_state(tables, patch, team: int, since_tick: int | None = None) -> bytes:
    """Returns the bytes of `world_state(...)`, which take a twentieth of the time."""
    [state] = StateWriter(tables, patch).write(
        [int(team)], int(tables["tick"]) - 1 if since_tick is None else since_tick)
    return state


class StateWriter:
    """Writes one match again and again, whose tables stay where they are."""

    def __init__(self, tables, patch):
        """Finds out where everything lies; `tables` and `patch` as in `world_state`."""
        if INTERPRETED:
            views = [np.ndarray(1, dtype, tables).view(np.recarray) for dtype in (
                writer.TABLES, writer.INTEGERS, writer.NUMBERS)]
        else:
            views = [address(np.ndarray(1, np.uint8, tables))] * 3
        self._kept = tables, names(patch)
        self._tables = *views, address(writer.PROGRAM.view(np.recarray)), address(self._kept[1])

    def write(self, teams: Sequence[int], since_tick: int) -> list[bytes]:
        """Returns the bytes of what each of the teams may know now.

        Args:
            teams: One Team, or both in their order.
            since_tick: Events after this tick are told.
        """
        return _scratch().write(self._tables, teams, since_tick)


class _Scratch:
    """What the writer works in: one for each thread, as it lets others run."""

    def __init__(self):
        self._out = np.zeros(writer.MAX_BYTES, np.uint8)
        self._ends = np.zeros(writer.NUM_TEAMS, np.int64)
        self._slot = np.zeros(4, np.uint8)
        self._parents = np.zeros(writer.NUM_WORDS, np.int64)
        self._targets = np.zeros(writer.NUM_WORDS, np.int64)
        out, ends, slot, number, parents, targets = (
            np.ndarray(1, dtype, array).view(np.recarray) for array, dtype in (
                (self._out, writer.BYTES), (self._ends, writer.ENDS),
                (self._slot, writer.SLOT_BYTES), (self._slot, writer.SLOT_NUMBER),
                (self._parents, writer.INTEGERS), (self._targets, writer.INTEGERS)))
        self._before = tuple(map(address, (out, ends, number, slot)))
        self._lists = tuple(map(address, (parents, targets)))

    def write(self, tables: tuple, teams: Sequence[int], since_tick: int) -> list[bytes]:
        writer.write(*self._before, *tables, *self._lists, teams[0], len(teams), since_tick)
        ends = self._ends.tolist()[:len(teams)]
        return [self._out[begin:end].tobytes() for begin, end in zip([0, *ends], ends)]


_threads = threading.local()


def _scratch() -> _Scratch:
    if not hasattr(_threads, "scratch"):
        _threads.scratch = _Scratch()
    return _threads.scratch


@functools.lru_cache(maxsize=4)
def names(patch) -> np.ndarray:
    """Returns Valve's numbers and names of what a patch's rows stand for: a NAMES record (1,)."""
    array = np.zeros(1, writer.NAMES).view(np.recarray)
    result = array[0]
    record = patch.record
    definitions = record.definitions
    rows = len(patch.definition_names)
    result.day_half_seconds = record.rules.day_half_seconds
    result.scepter = patch.item(SCEPTER)
    levels = record.rules.xp_total_at_level
    result.num_levels = len(levels)
    result.xp_at_level[:len(levels)] = levels
    result.hero_ids[:rows] = definitions["hero_id"][:rows]
    result.primary_attributes[:rows] = definitions["primary_attribute"][:rows]
    result.move_speeds[:rows] = definitions["move_speed"][:rows]
    result.ability_ids[:len(patch.ability_names)] = ability_ids(patch)
    result.item_ids[:len(patch.item_names)] = record.items["item_id"][:len(patch.item_names)]
    at = _put_names(result, "definition_begins", patch.definition_names, 0)
    _put_names(result, "modifier_begins", patch.modifier_names, at)
    return array


def _put_names(result, field: str, texts, at: int) -> int:
    begins = result[field]
    for row, text in enumerate(texts):
        data = text.encode()
        begins[row] = at
        result.text[at:at + len(data)] = np.frombuffer(data, np.uint8)
        at += len(data)
    begins[len(texts)] = at
    return at


@functools.lru_cache(maxsize=4)
def ability_ids(patch) -> tuple[int, ...]:
    """Returns Valve's number of each row of a patch's abilities."""
    ids = {name: ability["id"] for name, ability in patch.abilities["abilities"].items()}
    for talents in patch.abilities["talents"].values():
        ids.update((talent["name"], talent["id"]) for talent in talents)
    return tuple(ids[name] for name in patch.ability_names)
