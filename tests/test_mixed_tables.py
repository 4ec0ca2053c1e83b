"""Players of every kind in one match: in lockstep, and each told of its team's sight alone."""

import concurrent.futures
import contextlib
import importlib.util
import json
import pathlib
import subprocess
import sys

from dotaservice_client import (
    CONTROLLED,
    DEFAULT,
    NEVERMORE,
    Action,
    Client,
    action,
    attack_move,
    picks,
)
import numpy as np
import pytest

import dota_env_rpc
from dota_env_rpc.backends.hosting import make_backend
from dota_env_rpc.bridges.dotaservice import DotaService
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.server import server
from dota_env_rpc.testing.board import DIRE, RADIANT
from dota_env_rpc.testing.framework_peer import Bot, FrameworkPeer

EXAMPLES = pathlib.Path(__file__).parent.parent / "examples"
EMPTY = ("",) * 4
LAST = 2
LINA = 25
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


def compare(match, team, told):
    """Compares the handles of the living whom a team is told of with those whom it sees.

    Returns what was wrong, and how many units of the enemy were seen.
    """
    wrong, enemies = [], 0
    for unit in match.units[:match.num_rows]:
        seen = bool(unit.handle and unit.alive and (
            unit.team == team or unit.visible_to >> team & 1))
        if seen != (int(unit.handle) in told):
            wrong.append((int(match.tick), int(unit.handle), seen))
        enemies += seen and unit.team == RADIANT + DIRE - team
    return wrong, enemies


def living(state):
    """Returns the handles of the living in a CMsgBotWorldState."""
    return {unit.handle for unit in state.units if unit.is_alive}


def watched(peer, team, tables):
    """Has a peer of a team compare what it is told with the match, which waits meanwhile.

    Returns what was wrong, and how many units of the enemy were told in all.
    """
    wrong, counts = [], {"enemies": 0}
    update = peer.bot.update

    def look(world):
        found, enemies = compare(tables(), team, {int(handle) for handle in world["entities"]})
        wrong.extend(found)
        counts["enemies"] += enemies
        return update(world)

    peer.bot.update = look
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


@pytest.fixture
def games():
    """A server of DotaService; gives its address, and the matches of its games."""
    matches = []

    def make(settings, num_matches):
        matches.append(make_backend(settings, num_matches))
        return matches[-1]

    with server.serve(port=0, bridges=(DotaService(make),)) as started:
        yield started.address, matches


@pytest.fixture
def begin(games):
    """A function that has a client of DotaService begin a game at a seat, against a bot."""
    address, matches = games
    with contextlib.ExitStack() as stack:
        def begin(seat, bot):
            modes, heroes = (CONTROLLED, DEFAULT), (NEVERMORE, LINA)
            order = 1 if seat == 0 else -1
            client = Client(address, metadata=(("bot", bot),))
            stack.callback(client.close)
            client.reset(game_id="shared", hero_picks=picks(
                *modes[::order], heroes=heroes[::order]))
            return client, matches[-1].tables[0]
        yield begin


# From 30 s before the horn, in steps of 15 ticks, until creeps and heroes have met.
STEPS = 150


def play_client(client, match, seat):
    """Plays the steps; returns what was wrong with what the client was told, and the enemies."""
    team = RADIANT if seat == 0 else DIRE
    wrong, enemies = [], 0
    for step in range(STEPS):
        state = client.state(team)
        assert state.dota_time == -29.5 + 0.5 * step
        found, seen = compare(match, team, living(state))
        wrong += found
        enemies += seen
        if step < STEPS - 1:
            client.act(attack_move(0, 0, player=seat), team=team)
    return wrong, enemies


@pytest.mark.parametrize("seat", [0, 5])
def test_a_dotaservice_client_and_an_http_bot_share_a_match(farmer, begin, seat):
    """In each seat: the match waits for both, and none sees through the fog."""
    client, match = begin(seat, farmer.url)
    wrong, counts = watched(farmer, DIRE if seat == 0 else RADIANT, lambda: match)
    client_wrong, enemies = play_client(client, match, seat)
    assert wrong == client_wrong == []
    assert counts["enemies"] > 0 and enemies > 0
    assert farmer.paths().count("update") == STEPS // 2 * 3
    assert "select" not in farmer.paths()
    assert match.players[5 - seat].xp > 0


def chat(message, to_all=True):
    return action(Action.ACTION_CHAT, chat=Action.Chat(message=message, to_allchat=to_all))


def test_an_http_bot_hears_what_a_dotaservice_client_says_to_all(farmer, begin):
    client, _ = begin(0, farmer.url)
    for line in (chat("secret", to_all=False), chat("gl hf")):
        client.state()
        client.act(line)
    client.state()
    assert [json.loads(body) for path, body in farmer.asked if path == "chat"] == [
        {"teamOnly": False, "player": 0, "text": "gl hf"}]


def test_what_is_said_in_no_utf8_hurts_no_match(farmer, begin):
    client, _ = begin(0, farmer.url)
    client.state()
    # An older or another library checks less than ours.
    sent = pb.Actions(team_id=RADIANT, actions=CMsgBotWorldState.Actions(actions=[chat("QQQ")]))
    client.channel.unary_unary("/DotaService/act")(
        sent.SerializeToString().replace(b"QQQ", b"g\xffg"), timeout=10.0)
    client.state()
    client.act()
    assert client.state().dota_time == -28.5
    assert [json.loads(body)["text"] for path, body in farmer.asked if path == "chat"] == [
        "g\N{REPLACEMENT CHARACTER}g"]


@pytest.mark.parametrize("seat", [0, 5])
def test_a_dotaservice_client_and_a_scripted_bot_share_a_match(begin, seat):
    client, match = begin(seat, "laner")
    wrong, enemies = play_client(client, match, seat)
    assert wrong == [] and enemies > 0
    assert match.players[5 - seat].xp > 0


@pytest.mark.parametrize("seat", [0, 5])
def test_a_dotaservice_client_and_an_agent_share_a_match(games, begin, seat):
    """In each seat: a step of the one, a step of the other, and none sees through the fog."""
    client, match = begin(seat, "idle")
    env = dota_env_rpc.connect(games[0], world="shared", join={
        "seat": 5 - seat, "action_space": "discrete", "observations": "world_state"})
    random = np.random.default_rng(1)
    with contextlib.closing(env), concurrent.futures.ThreadPoolExecutor() as threads:
        timestep = env.reset()
        assert match.tick == -30 * 30
        played = threads.submit(play_client, client, match, seat)
        wrong, enemies = [], 0
        for step in range(STEPS):
            timestep = env.step({"action": random.choice(
                np.flatnonzero(timestep.observation["mask"]["action"]))})
            assert match.tick == -30 * 30 + 15 * (step + 1)
            found, seen = compare(
                match, DIRE if seat == 0 else RADIANT,
                living(timestep.observation["world_state"].item()))
            wrong += found
            enemies += seen
        client_wrong, client_enemies = played.result()
    assert wrong == client_wrong == []
    assert enemies > 0 and client_enemies > 0


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
