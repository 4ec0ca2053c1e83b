"""Players of every kind in one match: in lockstep, and each told of its team's sight alone."""

import contextlib
import importlib.util
import pathlib
import subprocess
import sys

import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.backends.hosting import make_backend
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.testing.board import DIRE, RADIANT
from dota_env_rpc.testing.framework_peer import Bot, FrameworkPeer

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
EMPTY = ("",) * 4
LAST = 2
# Long enough for the first creeps to meet, and for the heroes after them.
MINUTE = {"seed": 2, "start_seconds": 0.0, "max_seconds": 60.0}


def example_bot():
    """Returns the example's bot without its web server."""
    spec = importlib.util.spec_from_file_location("dota2ai_bot", EXAMPLES / "dota2ai_bot.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Farmer()


@pytest.fixture
def farmer():
    """The example's bot, behind a server as strict as the reference server."""
    bot = example_bot()
    with FrameworkPeer(Bot(
            level_up=bot.level_up, update=lambda world: bot.update(world["entities"]))) as peer:
        yield peer
        assert peer.refused == []


def watched(peer, team, tables):
    """Has a peer of a team compare what it is told with the match, which waits meanwhile.

    Returns what was wrong, and how many units of the enemy were told in all.
    """
    wrong, counts = [], {"enemies": 0}
    update = peer.bot.update

    def compare(world):
        match = tables()
        told = {int(handle): entity for handle, entity in world["entities"].items()}
        enemy = RADIANT + DIRE - team
        for unit in match.units[:match.num_rows]:
            seen = bool(unit.handle and unit.alive and (
                unit.team == team or unit.visible_to >> team & 1))
            if seen != (int(unit.handle) in told):
                wrong.append((int(match.tick), int(unit.handle), seen))
            counts["enemies"] += seen and unit.team == enemy
        return update(world)

    peer.bot.update = compare
    return wrong, counts


def play(environment, action=lambda observation: {}):
    timestep = environment.reset()
    steps = 0
    while not timestep.last():
        timestep = environment.step(action(timestep.observation))
        steps += 1
    return steps


@pytest.mark.parametrize("seat", [0, 5])
def test_an_agent_and_an_http_bot_share_a_match(farmer, seat):
    """In each seat: a step of the agent, a turn of the bot, and none sees through the fog."""
    bots = ("idle", farmer.url) if seat == 0 else (farmer.url, "idle")
    environment = dota_env_rpc.make(
        "mid_1v1", seat=seat, action_space="discrete", bots=bots, **MINUTE)
    random = np.random.default_rng(1)
    tables = environment.tables
    wrong, counts = watched(farmer, DIRE if seat == 0 else RADIANT, lambda: tables[0])
    steps = play(environment, lambda observation: {
        "action": random.choice(np.flatnonzero(observation["mask"]["action"]))})
    assert steps == 60 * 30 // 4
    assert farmer.paths().count("update") == 60 * 3
    assert wrong == [] and counts["enemies"] > 60 * 3
    environment.close()


def test_two_clients_of_a_server_and_an_http_bots_world_move_apart(farmer):
    """Three agents and an HTTP bot in two worlds of one server, step by step in turns."""
    with dota_env_rpc.serve(port=0) as server, contextlib.ExitStack() as stack:
        def connect(**arguments):
            return stack.enter_context(
                contextlib.closing(dota_env_rpc.connect(server.address, **arguments)))

        against_bot = connect(create={**MINUTE, "bots": ("laner", farmer.url)})
        left = connect(create={**MINUTE, "agents": 2, "bots": ("idle", "idle")}, join={"seat": 0})
        right = connect(world=left.world, join={"seat": 5})
        for _ in range(31):  # the first begins the match
            against_bot.step({})
            for env in (left, right):
                env.send_step({})
            for env in (left, right):
                env.receive_step()
        ticks = [env.read_property("match.tick") for env in (against_bot, left, right)]
        assert ticks == [120, 120, 120]
        assert farmer.paths().count("update") == 12


def hosted(radiant, dire, selecting):
    return make_backend(MatchSettings(
        bots=(radiant, *EMPTY, dire, *EMPTY), selecting=selecting,
        **{**MINUTE, "max_seconds": 120.0}))


def test_an_http_bot_and_a_scripted_bot_share_a_match(farmer):
    backend = hosted("laner", farmer.url, (5,))
    wrong, counts = watched(farmer, DIRE, lambda: backend.tables[0])
    while backend.step_type[0] != LAST:
        backend.advance()
    assert wrong == [] and counts["enemies"] > 0
    assert backend.tables[0].players[0].last_hits > 0
    assert backend.tables[0].players[5].last_hits > 0
    assert backend.unanswered() == [0] * 10
    backend.close()


def test_two_http_bots_share_a_match(farmer):
    bot = example_bot()
    with FrameworkPeer(Bot(
            level_up=bot.level_up, update=lambda world: bot.update(world["entities"]))) as other:
        backend = hosted(other.url, farmer.url, (0, 5))
        watches = [watched(peer, team, lambda: backend.tables[0])
                   for peer, team in ((farmer, DIRE), (other, RADIANT))]
        while backend.step_type[0] != LAST:
            backend.advance()
        assert [wrong for wrong, _ in watches] == [[], []]
        assert farmer.refused == other.refused == []
        assert min(backend.tables[0].players["last_hits"][[0, 5]]) > 0
        assert backend.unanswered() == [0] * 10
        backend.close()


def test_the_example_bot_farms_the_middle_lane():
    """In a process of its own, as its page says."""
    with subprocess.Popen(
            [sys.executable, str(EXAMPLES / "dota2ai_bot.py"), "--port", "0"],
            stdout=subprocess.PIPE, text=True) as bot:
        try:
            url = bot.stdout.readline().split()[-1]
            environment = dota_env_rpc.make(
                "mid_1v1", bots=("idle", url), bot_chat="well met",
                **{**MINUTE, "max_seconds": 240.0})
            play(environment)
            player = environment.tables[0].players[5]
            assert player.last_hits >= 5
            assert environment.tables[0].players[5].deaths == 0
            environment.close()
        finally:
            bot.terminate()
        assert "player 5 says: well met" in bot.stdout.read()
    assert bot.returncode in (0, -15)
