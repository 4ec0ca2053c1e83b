"""Matches in which bots play that live outside: what they are asked, and what becomes of it."""

import json
import logging
import random
import time

import numpy as np
import pytest

from dota_env_rpc.backends.hosting import HostingBackend, make_backend
from dota_env_rpc.backends.simulated import SimulatedBackend
from dota_env_rpc.match.enums import Activity, UnitOrder
from dota_env_rpc.match.settings import MatchSettings
from dota_env_rpc.match.tables import MAX_UNITS
from dota_env_rpc.replay import Recorder, Replay
from dota_env_rpc.testing.backend_contract import BackendContract
from dota_env_rpc.testing.framework_peer import Bot, FrameworkPeer

EMPTY = ("",) * 4
LAST = 2


@pytest.fixture
def peer():
    """A strict bot that does nothing, unless told otherwise; all it is asked must be right."""
    with FrameworkPeer(Bot(level_up=lambda: {"abilityIndex": -1})) as peer:
        yield peer
        assert peer.refused == []


def settings_for(dire, radiant="idle", **changed):
    return MatchSettings(**{
        "bots": (radiant, *EMPTY, dire, *EMPTY), "selecting": (5,), "seed": 3,
        "start_seconds": 0.0, "max_seconds": 10.0, **changed})


@pytest.fixture
def host():
    """A function that makes matches and closes them in the end."""
    made = []

    def host(*arguments, **changed):
        made.append(make_backend(settings_for(*arguments, **changed)))
        return made[-1]

    yield host
    for backend in made:
        backend.close()


def play(backend, steps=10**9):
    """Plays so many steps, or to the end; returns the digest."""
    for _ in range(steps):
        if backend.step_type[0] == LAST:
            break
        backend.advance()
    return backend.digest()


def hero_of(backend, seat=5):
    return backend.tables[0].units[int(backend.tables[0].players[seat].hero) % MAX_UNITS]


class TestHosting(BackendContract):

    @pytest.fixture(autouse=True)
    def _peer(self, peer):
        self.peer = peer

    def make_backend(self, num_matches):
        assert num_matches == 1
        return make_backend(settings_for(self.peer.url, start_seconds=-1.0, max_seconds=2.0))


def test_only_matches_with_bots_outside_ask_anyone(peer):
    assert type(make_backend(settings_for("laner"))) is SimulatedBackend
    assert type(make_backend(settings_for(peer.url))) is HostingBackend


def test_a_bot_outside_plays_one_match_at_a_time(peer):
    with pytest.raises(ValueError, match="one match at a time, but num_matches is 2"):
        make_backend(settings_for(peer.url), 2)


def test_a_match_begins_with_reset_select_and_chat(peer, host):
    backend = host(peer.url, bot_chat=("lina go", "well met"))
    play(backend, 2)
    assert peer.paths() == [
        "reset", "select", "chat", "chat", "levelup", "update"]
    assert [json.loads(body)["text"] for path, body in peer.asked if path == "chat"] == [
        "lina go", "well met"]


def chats(peer):
    return [json.loads(body) for path, body in peer.asked if path == "chat"]


def test_a_bot_hears_what_players_say_before_it_is_asked(peer, host):
    backend = host(peer.url)
    play(backend, 1)
    peer.asked.clear()
    backend.say(0, "gl hf", to_all=True)
    play(backend, 3)
    assert peer.paths() == ["chat", "levelup", "update"]
    assert chats(peer) == [{"teamOnly": False, "player": 0, "text": "gl hf"}]


def test_what_is_said_to_a_team_is_heard_by_its_bots_alone(peer, host):
    with FrameworkPeer(Bot(level_up=lambda: {"abilityIndex": -1})) as other:
        backend = make_backend(settings_for(peer.url, other.url, selecting=(0, 5)))
        backend.say(0, "mid missing", to_all=False)
        backend.say(5, "ok", to_all=True)
        play(backend, 1)
        assert chats(other) == [{"teamOnly": True, "player": 0, "text": "mid missing"},
                                {"teamOnly": False, "player": 5, "text": "ok"}]
        assert chats(peer) == chats(other)[1:]
        assert other.refused == []
        backend.close()


def test_a_bot_that_steps_in_hears_what_is_said_from_then_on(peer, host):
    backend = host(peer.url, selecting=())
    backend.controlled[0, 5] = 1
    backend.say(0, "to the agent", to_all=True)
    play(backend, 1)
    backend.controlled[0, 5] = 0
    backend.say(0, "to the bot", to_all=True)
    play(backend, 1)
    assert peer.paths() == ["reset", "chat", "levelup", "update"]
    assert [line["text"] for line in chats(peer)] == ["to the bot"]


def test_talk_is_no_part_of_a_match(peer, host):
    peer.bot.update = lively(1)
    digest = play(host(peer.url))
    peer.bot.update = lively(1)
    backend = host(peer.url)
    for step in range(75):
        backend.say(0, f"line {step}", to_all=bool(step % 2))
        play(backend, 1)
    assert backend.digest() == digest
    assert len(chats(peer)) == 75 // 2


def test_who_talks_without_end_is_heard_a_little(peer, host):
    backend = host(peer.url)
    play(backend, 1)
    for number in range(1000):
        backend.say(0, f"{number} " + "x" * 5000, to_all=True)
    play(backend, 1)
    assert [line["text"][:2] for line in chats(peer)] == ["0 ", "1 ", "2 ", "3 "]
    assert max(len(line["text"]) for line in chats(peer)) == 256


def test_a_bot_that_stalls_when_spoken_to_is_not_asked_again_at_once(peer, host):
    backend = host(peer.url, bot_timeout=0.1)
    play(backend, 3)  # in the next step it has its turn
    peer.asked.clear()
    peer.bot.answer = stall
    backend.say(0, "hello", to_all=True)
    backend.say(0, "are you there", to_all=True)
    begun = time.monotonic()
    play(backend, 1)
    assert time.monotonic() - begun < 0.1 + 1.0
    assert peer.paths() == ["chat"]
    assert backend.unanswered()[5] == 1


def test_what_was_said_is_not_heard_in_the_next_match(peer, host):
    backend = host(peer.url)
    play(backend)
    backend.say(0, "gg", to_all=True)
    peer.asked.clear()
    backend.advance()
    play(backend, 1)
    assert "chat" not in peer.paths()


def test_a_bot_selects_its_hero(peer, host):
    backend = host(peer.url)
    assert backend.settings.heroes[5] == "npc_dota_hero_lina"
    name = backend.patch.definition_names[hero_of(backend).definition]
    assert name == "npc_dota_hero_lina"


def test_a_hero_that_is_none_leaves_that_of_the_settings(peer, host, caplog):
    peer.bot.select = lambda: {"hero": "npc_dota_hero_nobody"}
    backend = host(peer.url)
    assert backend.settings.heroes[5] == "npc_dota_hero_nevermore"
    assert backend.unanswered()[5] == 1
    assert "'hero' is 'npc_dota_hero_nobody', which is no hero" in caplog.text


def test_a_bot_that_is_not_to_select_is_not_asked(peer, host):
    backend = host(peer.url, selecting=())
    assert peer.paths() == []
    play(backend, 1)
    assert peer.paths() == ["reset", "levelup", "update"]
    assert backend.settings.heroes[5] == "npc_dota_hero_nevermore"


def test_each_match_begins_anew(peer, host):
    backend = host(peer.url)
    backend.start()  # nothing has been played yet: the bot knows of this match
    assert peer.paths() == ["reset", "select"]
    play(backend)
    peer.bot.select = lambda: {"hero": "npc_dota_hero_axe"}
    peer.asked.clear()
    backend.advance()
    assert peer.paths() == ["reset", "select"]
    assert backend.settings.heroes[5] == "npc_dota_hero_axe"
    assert backend.patch.definition_names[hero_of(backend).definition] == "npc_dota_hero_axe"


@pytest.mark.parametrize("ticks_per_step, bot_seconds, count", [
    # 10 s are 300 ticks; 0.33 s are ten of them, rounded up.
    (1, 0.33, 30), (4, 0.33, 30), (5, 0.33, 30), (30, 0.33, 10), (4, 1.0, 10), (4, 0.0, 75)])
def test_the_bot_is_asked_at_its_interval(peer, host, ticks_per_step, bot_seconds, count):
    backend = host(peer.url, ticks_per_step=ticks_per_step, bot_seconds=bot_seconds)
    play(backend)
    assert peer.paths().count("update") == count


def test_the_bot_is_told_what_its_team_sees(peer, host):
    backend = host(peer.url, radiant="laner")
    play(backend)
    told = [{entity["name"] for entity in world.values()} for world in peer.worlds()]
    assert "npc_dota_hero_lina" in told[0]
    # The other hero stands at its own fountain.
    assert "npc_dota_hero_nevermore" not in told[0]


def test_a_command_is_done(peer, host):
    peer.bot.update = lambda world: {"command": "MOVE", "x": "5500", "y": 5000, "z": "0"}
    backend = host(peer.url)
    before = hero_of(backend).x
    play(backend, 30)
    assert hero_of(backend).x < before - 500


def test_a_point_is_spent_and_the_next_step_asks_for_a_command(peer, host):
    peer.bot.level_up = lambda: {"abilityIndex": "1"}
    backend = host(peer.url)
    play(backend, 1)
    assert peer.paths()[2:] == ["levelup"]
    assert backend.tables[0].abilities[5, 1].level == 1
    play(backend, 1)
    assert peer.paths()[2:] == ["levelup", "update"]


def test_who_always_learns_what_cannot_be_learned_still_gives_commands(peer, host):
    peer.bot.level_up = lambda: {"abilityIndex": 5}  # the ultimate, which needs level 6
    peer.bot.update = lambda world: {"command": "MOVE", "x": 5500, "y": 5000}
    backend = host(peer.url)
    before = hero_of(backend).x
    play(backend, 30)
    assert hero_of(backend).x < before - 500
    assert backend.tables[0].players[5].orders_refused > 0


def test_a_hero_that_casts_is_left_to_it(peer, host):
    """As in the mod, where a bot cannot know that its hero casts; it may buy meanwhile."""
    commanded = []

    def update(world):
        ability = backend.tables[0].abilities[5, 0]
        command = {"command": "MOVE", "x": 5500, "y": 5000}
        if not commanded:
            command = {"command": "CAST", "ability": 0, "x": 6600, "y": 5800}
        elif not ability.casting and ability.cooldown_ready_tick < 0:
            command = {"command": "NOOP"}  # it turns
        elif "BUY" not in commanded:
            command = {"command": "BUY", "item": "item_branches"}
        commanded.append(command["command"])
        return command

    peer.bot.update, peer.bot.level_up = update, lambda: {"abilityIndex": 0}
    backend = host(peer.url, ticks_per_step=1, bot_seconds=0.0)
    table = backend.tables[0]
    before = hero_of(backend).x
    while table.abilities[5, 0].cooldown_ready_tick < 0:
        play(backend, 1)
        assert table.tick < 60 and hero_of(backend).x == before
    assert commanded.count("MOVE") > 5
    assert backend.patch.item_names[table.items[5, 0].definition] == "item_branches"
    play(backend, 30)
    assert hero_of(backend).x < before - 100
    assert table.players[5].orders_refused == 0


def test_a_hero_that_channels_is_left_to_it(peer, host):
    """It walks only where its scroll has brought it."""
    commands = iter([{"command": "USE_ITEM", "slot": 15, "x": 500, "y": 650}])
    peer.bot.update = lambda world: next(
        commands, {"command": "MOVE", "x": hero_of(backend).x - 1000, "y": hero_of(backend).y})
    backend = host(peer.url, ticks_per_step=1)
    backend.tables[0].items[5, 15].cooldown_ready_tick = 0
    before = hero_of(backend).x
    while hero_of(backend).activity != Activity.CHANNEL:
        play(backend, 1)
        assert backend.tables[0].tick < 30
    while hero_of(backend).activity == Activity.CHANNEL:
        play(backend, 1)
    arrived = hero_of(backend).x
    assert arrived < before - 3000
    play(backend, 30)
    assert hero_of(backend).x < arrived - 100


def test_items_are_bought_used_and_sold(peer, host):
    commands = iter([
        {"command": "BUY", "item": "item_tango"}, {"command": "USE_ITEM", "slot": "0"},
        {"command": "BUY", "item": "item_branches"}, {"command": "SELL", "slot": 1}])
    peer.bot.update = lambda world: next(commands, {"command": "NOOP"})
    backend = host(peer.url)
    items = backend.tables[0].items[5]
    play(backend, 1)
    assert backend.patch.item_names[items[0].definition] == "item_tango"
    play(backend, 12)
    assert backend.tables[0].players[5].orders_refused == 0
    assert items[1].definition < 0


def test_attacks_are_aimed_at_a_handle(peer, host):
    """The hero walks up to a creep of its own, which it may not deny yet."""
    def update(world):
        creeps = [
            handle for handle, entity in world["entities"].items()
            if entity["name"] == "npc_dota_creep_lane" and entity["team"] == 3]
        return {"command": "ATTACK", "target": creeps[0]} if creeps else {"command": "NOOP"}

    peer.bot.update = update
    backend = host(peer.url)
    before = hero_of(backend).x
    play(backend, 30)
    assert backend.tables[0].players[5].orders_refused == 0
    assert hero_of(backend).x < before - 500


def test_an_agent_in_the_seat_speaks_for_it(peer, host):
    backend = host(peer.url, selecting=())
    backend.controlled[0, 5] = 1
    play(backend, 10)
    assert peer.paths() == []
    backend.controlled[0, 5] = 0  # it is away: its bot steps in
    play(backend, 1)
    assert peer.paths() == ["reset", "levelup", "update"]
    assert backend.controlled[0, 5] == 0


def lively(seed):
    """Returns a bot's update that walks and attacks at random, but always alike."""
    def update(world):
        [hero] = [
            entity for entity in world["entities"].values()
            if entity["type"] == "Hero" and entity["team"] == 3]
        chance = random.Random(f"{seed} {hero['origin']}")
        if chance.random() < 0.3:
            return {"command": "ATTACK", "target": chance.choice(sorted(world["entities"]))}
        return {"command": "MOVE", "x": chance.uniform(-500, 6000), "y": chance.uniform(0, 6000)}
    return update


def test_a_bot_that_does_the_same_gives_the_same_match(peer, host):
    peer.bot.update = lively(1)
    digests = {play(host(peer.url, radiant="laner")) for _ in range(2)}
    assert len(digests) == 1
    peer.bot.update = lively(2)
    assert play(host(peer.url, radiant="laner")) not in digests


def test_a_replay_plays_without_the_bot(tmp_path):
    with FrameworkPeer(Bot(update=lively(1), level_up=lambda: {"abilityIndex": 0})) as peer:
        backend = make_backend(settings_for(peer.url, radiant="laner"))
        recorder = Recorder(backend)
        while backend.step_type[0] != LAST:
            recorder.note()
            backend.advance()
        backend.close()
    recorder.replay().save(tmp_path / "match.npz")
    replay = Replay.load(tmp_path / "match.npz")
    assert replay.controlled.tolist() == [[0, 0, 0, 0, 0, 1, 0, 0, 0, 0]]
    assert replay.settings.heroes[5] == "npc_dota_hero_lina"
    assert UnitOrder.MOVE_TO_POSITION in replay.orders["order"]
    assert replay.play().digest() == backend.digest()


def test_a_match_goes_on_from_where_it_was_saved(peer, host):
    peer.bot.update = lively(1)
    backend = host(peer.url, radiant="laner", ticks_per_step=3)
    play(backend, 7)
    saved = backend.save()
    asked = len(peer.asked)
    digest = play(backend, 40)
    questions = peer.asked[asked:]
    backend.restore(saved)
    asked = len(peer.asked)
    assert play(backend, 40) == digest
    assert peer.asked[asked:] == questions


# Bots that fail.


NONSENSE = [
    b"", b"null", b"[]", b"{", b'{"command": "NOOP"', b"NaN", b'{"command": null}',
    b'{"command": "MOVE", "x": NaN, "y": 0}', b'{"command": "MOVE", "x": "inf", "y": 0}',
    b'{"command": "ATTACK", "target": 1e400}', b'{"command": "CAST", "ability": 99}',
    b'{"command": "USE_ITEM", "slot": 5}', b'{"command": "BUY", "item": "\\ud800"}',
    b'{"abilityIndex": 2.5}', b'{"command": 7}', b"\xff\xfe", b"[" * 60_000, b" " * 100_000]


def test_nonsense_is_as_if_nothing_were_said(peer, host, caplog):
    digest = play(host(peer.url))
    replies = [0]

    def nonsense(*_):
        replies[0] += 1
        return NONSENSE[replies[0] % len(NONSENSE)]

    peer.bot.update = peer.bot.level_up = nonsense
    backend = host(peer.url)
    assert play(backend) == digest
    # Each interval two questions: what to learn, which fails, and then what to do.
    assert backend.unanswered()[5] == 2 * 30
    assert "its hero goes on as before (1 in a row)" in caplog.text
    assert "(10 in a row)" in caplog.text and "(2 in a row)" not in caplog.text


@pytest.mark.parametrize("status", [204, 301, 404, 500])
def test_only_status_200_counts(peer, host, status):
    peer.bot.update = lambda world: {"command": "MOVE", "x": 0, "y": 0}
    peer.bot.answer = lambda _, body: (status, b"" if status == 204 else body)
    backend = host(peer.url)
    play(backend)
    assert backend.unanswered()[5] == 2 + 2 * 30  # /reset and /select, then two each interval
    assert not backend.tables[0].players[5].orders_refused
    assert backend.settings.heroes[5] == "npc_dota_hero_nevermore"


def test_a_bot_that_answers_again_plays_again(peer, host, caplog):
    caplog.set_level(logging.INFO)
    backend = host(peer.url)
    peer.bot.answer = lambda status, body: (500, body)
    play(backend, 30)
    peer.bot.answer = lambda status, body: (status, body)
    peer.bot.update = lambda world: {"command": "MOVE", "x": 5500, "y": 5000}
    before = hero_of(backend).x
    play(backend, 30)
    assert hero_of(backend).x < before - 500
    assert "answers /levelup again after 12 failures" in caplog.text
    assert "answers /update again after 12 failures" in caplog.text


@pytest.mark.parametrize("answer", [(404, b""), (200, b"{"), (200, b'{"abilityIndex": 24}')])
def test_a_bot_that_cannot_say_what_it_learns_still_gives_commands(peer, host, caplog, answer):
    peer.bot.level_up = lambda: "fail"
    peer.bot.answer = lambda status, body: answer if body == b'"fail"' else (status, body)
    peer.bot.update = lambda world: {"command": "MOVE", "x": 5500, "y": 5000}
    backend = host(peer.url)
    before = hero_of(backend).x
    play(backend)
    assert hero_of(backend).x < before - 500
    assert backend.unanswered()[5] == peer.paths().count("levelup") == 30
    # It is told as what fails in a row, though what is asked between is answered.
    assert caplog.text.count("its hero goes on as before") == 2
    assert "(10 in a row)" in caplog.text


def stall(status, body):
    time.sleep(1.0)
    return status, body


def test_a_stalled_bot_costs_its_deadline_and_is_asked_ever_less(peer, host):
    timeout = 0.1
    backend = host(peer.url, bot_timeout=timeout)
    asked = len(peer.asked)
    peer.bot.answer = stall
    begun = time.monotonic()
    play(backend)
    # Of 30 turns it takes the first three, then rests 2, 4, 8 and 16 between others.
    failures = backend.unanswered()[5]
    assert failures == len(peer.asked) - asked == 6
    assert failures * timeout <= time.monotonic() - begun < failures * timeout + 3.0


def test_stalled_bots_are_waited_for_side_by_side(peer, host):
    with FrameworkPeer() as other:
        backend = make_backend(settings_for(
            peer.url, other.url, selecting=(0, 5), bot_timeout=0.8))
        peer.bot.answer = other.bot.answer = stall
        begun = time.monotonic()
        play(backend, 1)
        assert 0.8 <= time.monotonic() - begun < 1.6
        backend.close()


def test_a_stalled_bot_does_not_hold_up_the_beginning(peer):
    peer.bot.answer = stall
    begun = time.monotonic()
    backend = make_backend(settings_for(
        peer.url, bot_timeout=0.2, bot_chat=("a", "b", "c")))
    assert time.monotonic() - begun < 2.0
    assert peer.paths() == ["reset"]
    assert backend.settings.heroes[5] == "npc_dota_hero_nevermore"
    backend.close()


def test_a_stalled_bot_does_not_keep_the_other_from_playing(peer, host):
    with FrameworkPeer() as stalled:
        stalled.bot.answer = stall
        peer.bot.update = lambda world: {"command": "MOVE", "x": 5500, "y": 5000}
        backend = make_backend(settings_for(
            peer.url, stalled.url, selecting=(5,), bot_timeout=0.5))
        before = hero_of(backend).x
        play(backend, 30)
        assert hero_of(backend).x < before - 500
        assert backend.unanswered()[0] > 0 and backend.unanswered()[5] == 0
        backend.close()


def test_a_bot_that_is_not_there_leaves_its_hero_idle(host):
    with FrameworkPeer() as gone:
        url = gone.url
    backend = host(url)
    idle = play(host("idle", selecting=()))
    assert play(backend) == idle
    assert backend.unanswered()[5] == 2 + 2 * 30


def test_closing_a_match_closes_the_connection(peer, host):
    backend = host(peer.url)
    play(backend, 5)
    assert peer.num_connections == 1
    backend.close()
    for _ in range(100):
        if not peer.num_connections:
            break
        time.sleep(0.05)
    assert peer.num_connections == 0


def test_a_bot_is_told_of_a_felled_tree_that_its_team_sees(host, peer):
    """One beside its hero, and none far from everybody's sight."""
    told = []
    peer.bot.update = lambda world: told.append(world["entities"].values()) or {"command": "NOOP"}
    backend = host(peer.url)
    hero, record, state = hero_of(backend), backend.patch.record, backend.states[0]
    distances = np.hypot(record.tree_x - hero.x, record.tree_y - hero.y)
    near, far = int(distances.argmin()), int(distances.argmax())
    state.felled_tree[:2], state.felled_tick[:2] = (near, far), state.tables.tick
    state.num_felled = 2
    play(backend, 5)
    trees = [entity["origin"][:2] for entity in told[-1] if entity["type"] == "Tree"]
    assert trees == [[record.tree_x[near], record.tree_y[near]]]
