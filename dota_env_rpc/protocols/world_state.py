"""A match as CMsgBotWorldState: the message in which the game tells its bots what they may know.

docs/world_state.md lists each field with the column of the tables that fills it. What the tables
do not hold stays unset, and then reads as the default that the message gives it.
"""

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
    return _scratch().write(
        tables, names(patch), int(team),
        int(tables["tick"]) - 1 if since_tick is None else since_tick)


class _Scratch:
    """What the writer works in: one for each thread, as it lets others run."""

    def __init__(self):
        self._out = np.zeros(writer.MAX_BYTES, np.uint8)
        self._size = np.zeros(1, writer.SIZE).view(np.recarray)
        self._slot = np.zeros(4, np.uint8)
        self._parents = np.zeros(writer.NUM_WORDS, np.int64)
        self._targets = np.zeros(writer.NUM_WORDS, np.int64)
        self._program = writer.PROGRAM.view(np.recarray)
        out, slot, number, parents, targets = (
            np.ndarray(1, dtype, array).view(np.recarray) for array, dtype in (
                (self._out, writer.BYTES), (self._slot, writer.SLOT_BYTES),
                (self._slot, writer.SLOT_NUMBER), (self._parents, writer.INTEGERS),
                (self._targets, writer.INTEGERS)))
        self._before = tuple(map(address, (out, self._size, number, slot)))
        self._program_address = address(self._program)
        self._lists = tuple(map(address, (parents, targets)))

    def write(self, tables, patch_names: np.ndarray, team: int, since_tick: int) -> bytes:
        if INTERPRETED:
            views = [np.ndarray(1, dtype, tables).view(np.recarray) for dtype in (
                writer.TABLES, writer.INTEGERS, writer.NUMBERS)]
        else:
            views = [address(np.ndarray(1, np.uint8, tables))] * 3
        writer.write(
            *self._before, *views, self._program_address, address(patch_names), *self._lists,
            team, since_tick)
        return self._out[:self._size.value[0]].tobytes()


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
