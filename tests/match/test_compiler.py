"""Rules are compiled the fast way, and mean what they mean to Numba and to Python."""

import enum
import pathlib
import subprocess
import sys

from llvmlite import binding
import numba
from numba.core import types
import numpy as np

from dota_env_rpc.match import rule as rules
from dota_env_rpc.match.compiler import record_type
from dota_env_rpc.match.rule import address, entry, part, record, record_at, rule

ROOT = pathlib.Path(__file__).resolve().parents[2]

WITHOUT = """
import sys
sys.modules["dota_env_rpc.match.compiler"] = None
import numba
from dota_env_rpc.match.rule import FAST, rule

@rule
def double(number):
    return 2.0 * number

@numba.njit
def call(number):
    return double(number)

print(FAST, call(4))
"""
LOAD = """
import importlib
import sys
sys.path[:] = sys.argv[2:]
import numpy as np
from dota_env_rpc.match.rule import PARTS, address

module = importlib.import_module(sys.argv[1])
pairs = np.zeros(1, module.PAIR).view(np.recarray)
pairs[0].first = 3.0
print(module._play_parts(address(pairs)))
for stats in (module._play_parts.stats, PARTS[sys.argv[1] + "._scale"].compiled.stats):
    print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""
PAIR = record([("first", "f8"), ("second", "i8", 3)], "PAIR")
_pair_at = record_at(PAIR)


class Kind(enum.IntEnum):
    SMALL = 2


@rule
def _inner(pair, kind, amount):
    pair.second[kind] += amount
    return pair.first / 2.0


@rule
def _outer(pair):
    return _inner(pair, Kind.SMALL, 5) + _inner(pair, 0, np.int32(7)) + _inner(pair, 1, True)


@entry
def _play(pairs):
    return _outer(_pair_at(pairs))


@part
def _scale(pair, place, factor: float, upward: bool) -> float:
    pair.second[place] += 1
    return pair.first * factor if upward else pair.first / factor


@rule
def _scale_twice(pair, kind):
    return _scale(pair, kind, 2, True) + _scale(pair, 0, upward=False, factor=0.5)


@entry
def _play_parts(pairs):
    return _scale_twice(_pair_at(pairs), Kind.SMALL)


@numba.njit
def _of_others(number):
    return abs(number) + 1


@numba.njit
def _last_of_others(numbers):
    return numbers[-1]


@rule
def _second(pair, index):
    return pair.second[index]


@entry
def _look_up(pairs, index):
    return _second(_pair_at(pairs), index)


def test_the_installed_numba_is_spared_what_rules_do_not_need():
    assert rules.FAST


def test_a_rule_is_one_function_whatever_integers_it_is_called_with():
    pairs = np.zeros(1, PAIR).view(np.recarray)
    pairs[0].first = 3.0
    assert _play(address(pairs)) == 4.5
    assert pairs[0].second.tolist() == [7, 1, 5]
    _outer.compile((record_type(PAIR),))
    assert {key[1:] for key in _inner.overloads} == {
        (types.int64, types.int64), (types.int64, types.boolean)}


def test_indices_of_rules_alone_are_not_looked_at_for_the_end():
    pairs = np.zeros(1, PAIR).view(np.recarray)
    pairs[0].first = 3.0
    pairs[0].second[:] = 4, 5, 6
    assert [_look_up(address(pairs), index) for index in range(3)] == [4, 5, 6]
    before = _look_up(address(pairs), -1)  # what lies before: the first number
    assert np.int64(before).view(np.float64) == 3.0
    assert _last_of_others(pairs[0].second) == 6


def test_a_rule_has_no_machine_code_of_its_own():
    _outer.compile((record_type(PAIR),))
    (compiled,) = _outer.overloads.values()
    assert compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name) == 0


def test_functions_of_others_may_call_rules():
    @numba.njit
    def call(pairs):
        return _outer(_pair_at(pairs))

    pairs = np.zeros(1, PAIR).view(np.recarray)
    pairs[0].first = 1.0
    assert call(address(pairs)) == 1.5


def test_functions_of_others_are_compiled_as_ever():
    assert _of_others(-3) == 4
    (compiled,) = _of_others.overloads.values()
    assert type(compiled.library).__module__ == "numba.core.codegen"
    assert compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name)


def test_an_entry_is_loaded_from_the_cache_in_a_process_that_compiles_nothing():
    """Another dispatcher of the same function looks into the cache first, as a process does."""
    pairs = np.zeros(1, PAIR).view(np.recarray)
    _play(address(pairs))
    again = entry(_play.py_func)
    rules.ENTRIES.remove(again)
    assert again(address(pairs)) == 0.0
    assert sum(again.stats.cache_hits.values()) == 1
    assert sum(again.stats.cache_misses.values()) == 0


def test_a_part_has_machine_code_of_its_own():
    pairs = np.zeros(1, PAIR).view(np.recarray)
    pairs[0].first = 3.0
    assert _play_parts(address(pairs)) == 12.0
    assert pairs[0].second.tolist() == [1, 0, 1]
    assert binding.address_of_symbol("tests.match.test_compiler._scale") or (
        binding.address_of_symbol(f"{__name__}._scale"))


def test_a_process_that_compiles_nothing_loads_the_parts_that_an_entry_calls():
    pairs = np.zeros(1, PAIR).view(np.recarray)
    _play_parts(address(pairs))
    printed = subprocess.run(
        [sys.executable, "-c", LOAD, __name__, *sys.path, str(ROOT)], check=True,
        capture_output=True, text=True).stdout
    assert printed.split() == ["12.0", "1", "0", "1", "0"]


def test_rules_do_without_where_numba_is_built_otherwise():
    printed = subprocess.run(
        [sys.executable, "-c", WITHOUT], check=True, capture_output=True, text=True).stdout
    assert printed.split() == ["False", "8.0"]
