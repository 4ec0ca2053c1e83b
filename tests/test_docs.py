"""What the documentation points to is there, and the code in the README runs."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

import dota_env_rpc

ROOT = pathlib.Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md"),
                *ROOT.glob("dota_env_rpc/data/*/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def anchors(page: pathlib.Path) -> set[str]:
    """Returns the anchors of a page's headings, as a forge makes them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
            for heading in HEADING.findall(page.read_text())}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for link in LINK.findall(page.read_text()):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name} links to {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name} links to {link}"


def test_code_cites_anchors_that_are_there():
    """Rules say where a page explains them: docs/fidelity.md#tick-order."""
    cited = set()
    for path in (ROOT / "dota_env_rpc").rglob("*.py"):
        cited |= set(re.findall(r"(docs/[\w.]+\.md)#([\w-]+)", path.read_text()))
    assert cited
    for page, anchor in cited:
        assert anchor in anchors(ROOT / page), f"{page}#{anchor}"


def test_code_names_pages_that_are_there():
    for path in (ROOT / "dota_env_rpc").rglob("*.py"):
        for page in re.findall(r"docs/\w+\.md", path.read_text()):
            assert (ROOT / page).exists(), f"{path.name} names {page}"


@pytest.mark.parametrize("code", [
    code for page in (
        "README.md", "docs/python.md", "docs/gymnasium.md", "docs/gymie.md", "docs/dotaservice.md")
    for code in PYTHON.findall((ROOT / page).read_text())])
def test_code_of_pages_for_newcomers_runs(code, tmp_path):
    package = pathlib.Path(dota_env_rpc.__file__).parent.parent
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(package)})
    assert result.returncode == 0, result.stderr[-2000:]
    assert result.stdout


def test_readme_code_is_there():
    assert PYTHON.findall((ROOT / "README.md").read_text())


def test_readme_tells_all_tasks_and_bots():
    from dota_env_rpc.bots.bot import BOTS
    from dota_env_rpc.tasks.task import task_names
    readme = (ROOT / "README.md").read_text()
    for name in (*task_names(), *BOTS):
        assert f"`{name}`" in readme


def test_the_page_of_events_names_every_number():
    from dota_env_rpc.match.enums import EventKind, GoldReason, OrderResult, WinReason
    sections = (ROOT / "docs/events.md").read_text().split("\n## ")[1:]
    for section, enum in zip(
            sections, (EventKind, OrderResult, GoldReason, WinReason), strict=True):
        told = re.findall(r"^\| (\d+) \| (\w+) \|", section, re.MULTILINE)
        # 0 stands for nothing, but for the first reason of gold.
        expected = [(str(int(one)), one.name) for one in enum if one or enum is GoldReason]
        assert told == expected
