"""What tests of content share."""

import pytest

from dota_env_rpc.testing.arena import Arena


@pytest.fixture
def arena() -> Arena:
    """An empty match at 1:00 by day."""
    return Arena()


@pytest.fixture
def value(arena):
    """Returns a number of an ability or item as the patch's tables have it, without changes.

    value(ability, key, level=1): key among its values, or of its header, such as "cooldown".
    """
    def look_up(name: str, key: str, level: int = 1) -> float:
        items = arena.patch.items["items"]
        entry = items[name] if name in items else arena.patch.abilities["abilities"][name]
        given = entry.get("values", {}).get(key)
        numbers = given["levels"] if given else entry[key]
        return float(numbers[min(level, len(numbers)) - 1])

    return look_up


@pytest.fixture
def changed(arena):
    """Returns what an upgrade adds to a value: changed(ability, key, "shard" or a talent)."""
    def look_up(name: str, key: str, by: str, level: int = 1) -> float:
        given = arena.patch.abilities["abilities"][name]["values"][key]
        _, numbers = given[by] if by in given else given["talents"][by]
        return float(numbers[min(level, len(numbers)) - 1])

    return look_up
