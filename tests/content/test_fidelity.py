"""The page about fidelity, and that no number is without a use."""

import pathlib
import re

import pytest

from dota_env_rpc.content.fidelity import page
from dota_env_rpc.content.game import load_game

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Numbers of rules that need modifiers, and one that stands beside its constant.
NOT_YET_READ = {"attack_uphill_miss"}


def test_the_committed_page_is_current():
    """Else: python -m dota_env_rpc.content.fidelity > docs/fidelity.md"""
    assert (ROOT / "docs" / "fidelity.md").read_text() == page(load_game())


def test_sections_that_the_code_cites_are_there():
    headings = {
        line.lstrip("# ").lower().replace(" ", "-")
        for line in page(load_game()).splitlines() if line.startswith("#")}
    cited = set()
    for path in (ROOT / "dota_env_rpc").rglob("*.py"):
        cited.update(re.findall(r"docs/fidelity\.md#([a-z-]+)", path.read_text()))
    assert cited
    assert cited <= headings


def test_every_number_of_the_rules_is_read_by_them():
    code = "\n".join(path.read_text() for path in (ROOT / "dota_env_rpc" / "sim").glob("*.py"))
    names = {rule.name.replace(".", "_") for rule in load_game().rules}
    game = load_game()
    given = {f"rune_{value}" for rune in game.rune_content
             for value in game.values_used[rune.name]}
    unread = {name for name in names - given if not re.search(rf"\.{name}\b", code)}
    assert unread == NOT_YET_READ


@pytest.mark.parametrize("rule", load_game().rules, ids=lambda rule: rule.name)
def test_every_number_tells_its_source_and_confidence(rule):
    assert rule.source
    assert rule.confidence in ("sure", "probable", "guess")
    assert rule.source != "guess" or rule.confidence == "guess"
