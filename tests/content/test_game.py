"""A patch's game, kept laid out for later processes."""

import numpy as np
import pytest

from dota_env_rpc.content import game
from dota_env_rpc.content.game import load_content, load_game


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """An empty folder for what is kept, instead of that of the machine code."""
    monkeypatch.setattr(game, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_a_game_that_was_kept_is_the_one_that_was_laid_out(folder):
    first = load_game.__wrapped__()
    assert len(list(folder.iterdir())) == 1
    kept = load_game.__wrapped__()
    assert isinstance(kept.array.base, np.memmap)
    assert kept.array.tobytes() == first.array.tobytes() == load_content().array.tobytes()
    for names in ("definition_names", "ability_names", "item_names", "modifier_names"):
        assert getattr(kept, names) == getattr(first, names)


def test_a_game_of_other_tables_is_kept_apart(folder, monkeypatch):
    load_game.__wrapped__()
    monkeypatch.setattr(game, "read_tables", lambda name: {"rules.json": b"others"})
    load_game.__wrapped__()
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("file", ["names.json", "numbers"])
def test_a_game_that_was_cut_short_is_laid_out_anew(folder, file):
    first = load_game.__wrapped__()
    [path] = folder.glob(f"*/{file}")
    path.write_bytes(path.read_bytes()[:-1])
    assert load_game.__wrapped__().array.tobytes() == first.array.tobytes()


def test_an_unknown_modifier_is_refused():
    with pytest.raises(ValueError, match="unknown modifier 'modifier_nothing'"):
        load_game().modifier("modifier_nothing")
