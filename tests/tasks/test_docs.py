"""The committed pages are those that the tables give."""

import pathlib

import pytest

from dota_env_rpc.tasks.docs import write

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("page", ["observations.md", "settings.md"])
def test_the_committed_page_is_up_to_date(tmp_path, page):
    write(tmp_path)
    assert (DOCS / page).read_text() == (tmp_path / page).read_text(), (
        "run `python -m dota_env_rpc.tasks.docs` in the repository")
