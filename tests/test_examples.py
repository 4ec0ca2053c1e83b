"""Every example runs, in short form, as a user would run it."""

import os
import pathlib
import subprocess
import sys

from PIL import Image
import pytest

import dota_env_rpc
from dota_env_rpc.bridges import gymie
from dota_env_rpc.tasks.discrete import NUM_ACTIONS

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"


def run(name: str, *arguments: str) -> str:
    """Runs an example and returns what it printed."""
    package = pathlib.Path(dota_env_rpc.__file__).parent.parent
    result = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments], capture_output=True, text=True,
        timeout=300, env={**os.environ, "PYTHONPATH": str(package)})
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


@pytest.fixture(scope="module")
def match(tmp_path_factory):
    """What examples/mid_1v1.py prints and the folder it leaves, for a match of one minute."""
    folder = tmp_path_factory.mktemp("match")
    return run("mid_1v1", "--seed", "4", "--minutes", "1", "--out", str(folder)), folder


def test_mid_1v1_prints_the_scoreboard(match):
    printed, _ = match
    assert "net worth" in printed
    assert "nevermore" in printed and "lina" in printed
    assert "at 1:00: " in printed


def test_mid_1v1_leaves_pictures(match):
    _, folder = match
    for name in ("end.png", "curves.png"):
        with Image.open(folder / name) as picture:
            extremes = picture.convert("L").getextrema()
        assert extremes[0] < 64 and extremes[1] > 192, f"{name} shows next to nothing"


def test_replay_viewer_tells_and_draws_the_match(match, tmp_path):
    _, folder = match
    printed = run(
        "replay_viewer", str(folder / "replay.npz"), "--gif", str(tmp_path / "match.gif"),
        "--start", "0.5", "--end", "0.6")
    assert "nevermore against lina" in printed
    assert "the match ends" in printed
    with Image.open(tmp_path / "match.gif") as gif:
        assert gif.n_frames > 10


def test_random_agent_plays_to_the_end():
    assert "because of max_seconds" in run("random_agent", "--minutes", "0.2")


def test_batch_ends_and_restarts_matches():
    # 30 s of pre-game and a minute of play are 675 steps of 4 ticks.
    printed = run("batch", "--matches", "3", "--steps", "700")
    assert "3 matches ended" in printed


def test_two_connections_play_the_same_steps():
    printed = run("two_connections", "--seconds", "4")
    # 34 s are 255 steps of 4 ticks.
    assert "seat 0: 255 steps" in printed and "seat 5: 255 steps" in printed


def test_mixed_table_seats_players_of_every_kind():
    printed = run("mixed_table", "--minutes", "1")
    for pair in ("random agent against HTTP bot", "random agent against scripted bot",
                 "DotaService client against random agent", "DotaService client against HTTP bot",
                 "DotaService client against scripted bot"):
        assert f"{pair}, after 60 s" in printed
    assert printed.count(" 0 questions not answered") == 10
    assert "npc_dota_hero_lina" in printed


def test_protocol_walk_shows_every_message():
    printed = run("protocol_walk")
    for answer in ("CreateWorldResponse", "JoinWorldResponse", "StepResponse", "ResetResponse",
                   "LeaveWorldResponse", "DestroyWorldResponse", "error INVALID_ARGUMENT"):
        assert f"<- {answer}" in printed


def test_gymnasium_agent_plays_matches():
    printed = run("gymnasium_agent", "--minutes", "0.1", "--matches", "2")
    # 36 s are 270 steps of 4 ticks.
    assert "match 0: 270 steps" in printed and "match 1: 270 steps" in printed
    assert "it was cut off" in printed


def test_gymnasium_agent_plays_on_a_server():
    with dota_env_rpc.serve(port=0) as server:
        printed = run("gymnasium_agent", "--minutes", "0.1", "--address", server.address)
    assert printed == run("gymnasium_agent", "--minutes", "0.1")


def test_pettingzoo_match_plays_both_seats():
    printed = run("pettingzoo_match", "--minutes", "0.1")
    assert "seat_0: 270 steps" in printed and "seat_5: 270 steps" in printed


def test_gymie_client_plays_on_a_server_of_its_own():
    printed = run("gymie_client", "--seconds", "4")
    assert f"Discrete of {NUM_ACTIONS} actions" in printed
    assert "255 steps" in printed and "the match is cut off" in printed


def test_gymie_client_plays_on_a_server_that_runs():
    with gymie.serve(port=0) as server:
        assert "255 steps" in run("gymie_client", "--seconds", "4", "--url", server.url)


def test_dotaservice_client_plays_against_a_bot():
    printed = run("dotaservice_client", "--minutes", "0.5")
    assert "10 players; the clock is at -30.0" in printed
    assert "at 30 s: OK; npc_dota_hero_nevermore has level" in printed


def test_examples_readme_names_every_example():
    readme = (EXAMPLES / "README.md").read_text()
    for path in EXAMPLES.glob("*.py"):
        assert path.name in readme
