"""Matches that clients of DotaService play on a real server."""

import concurrent.futures
import contextlib
import itertools
import re
import time

from dm_env_rpc.v1 import connection as dm_env_rpc_connection
from dm_env_rpc.v1 import dm_env_rpc_pb2 as rpc
from dm_env_rpc.v1 import tensor_utils
from dotaservice_client import (
    CONTROLLED,
    DEFAULT,
    DIRE,
    IDLE,
    NEVERMORE,
    RADIANT,
    SNIPER,
    Action,
    Client,
    action,
    attack_move,
    hero_of,
    picks,
    walk,
)
from google.protobuf import unknown_fields
import grpc
import pytest

import dota_env_rpc
from dota_env_rpc.bridges.dotaservice import Games
from dota_env_rpc.bridges.game import MAX_PENDING
from dota_env_rpc.match.enums import Rune, RuneStatus
from dota_env_rpc.protocols import DotaService_pb2 as pb
from dota_env_rpc.protocols.dota_gcmessages_common_bot_script_pb2 import CMsgBotWorldState
from dota_env_rpc.replay import Replay
from dota_env_rpc.server.server import Limits, Security
from dota_env_rpc.serving import serve

LINA = 25
# Types of actions of which there is nothing in these matches.
NOT_SIMULATED = (
    "ACTION_USE_SHRINE", "RPC_", "OCEAN_", "SCRIPTING_DEBUG_", *(
        f"DOTA_UNIT_ORDER_{order}" for order in (
            "TAUNT", "CAST_RUNE", "PING_ABILITY", "RADAR",
            "VECTOR_TARGET_POSITION")))
_names = itertools.count()


@pytest.fixture
def name():
    """A game_id of its own."""
    return f"game-{next(_names)}"


def log_of(folder, name):
    return (folder / name / "log.txt").read_text()


def refusal(call, *arguments, **fields):
    """Returns the status and words with which a call is refused."""
    with pytest.raises(grpc.RpcError) as caught:
        call(*arguments, **fields)
    return caught.value.code(), caught.value.details()


def wait_until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.05)


# Reset.

def test_reset_tells_both_teams_and_ten_players(client):
    answer = client.reset(hero_picks=picks(heroes=(NEVERMORE, LINA)))
    assert answer.status == pb.OK
    radiant, dire = answer.world_state_radiant, answer.world_state_dire
    assert (radiant.team_id, dire.team_id) == (2, 3)
    assert radiant.dota_time == dire.dota_time == -30.0
    assert [(player.id, player.team_id, player.is_bot) for player in answer.players] == [
        (seat, 2 if seat < 5 else 3, True) for seat in range(10)]
    assert [player.hero for player in answer.players] == [NEVERMORE] + [SNIPER] * 4 + [
        LINA] + [SNIPER] * 4
    assert hero_of(radiant, 0).name == "npc_dota_hero_nevermore"
    assert hero_of(dire, 5).name == "npc_dota_hero_lina"


def test_a_team_sees_no_more_than_it_sees(client):
    answer = client.reset()
    for state, enemy in ((answer.world_state_radiant, 3), (answer.world_state_dire, 2)):
        heroes = [unit for unit in state.units if unit.unit_type == CMsgBotWorldState.HERO]
        assert enemy not in {hero.team_id for hero in heroes}
    assert hero_of(answer.world_state_dire, 5).unreliable_gold == 600


@pytest.mark.parametrize("places", [(0, 5), (2, 9), (4, 7)])
def test_a_pick_has_the_seat_of_its_place(client, places):
    answer = client.reset(hero_picks=picks(places=places, heroes=(LINA, NEVERMORE)))
    assert hero_of(answer.world_state_radiant, places[0]).name == "npc_dota_hero_lina"
    assert hero_of(answer.world_state_dire, places[1]).name == "npc_dota_hero_nevermore"


def test_picks_may_come_in_any_order(client):
    given = picks(heroes=(LINA, NEVERMORE))
    answer = client.reset(hero_picks=given[5:] + given[:5])
    assert [player.id for player in answer.players] == [5, 6, 7, 8, 9, 0, 1, 2, 3, 4]
    assert hero_of(answer.world_state_radiant, 0).name == "npc_dota_hero_lina"


@pytest.mark.parametrize("modes, plays", [
    ((IDLE, IDLE, IDLE), 0), ((IDLE, DEFAULT, IDLE), 1), ((DEFAULT, DEFAULT, CONTROLLED), 2)])
def test_the_first_of_the_most_wanted_picks_plays(client, modes, plays):
    given = picks()
    for pick, mode in zip(given, modes):
        pick.control_mode = mode
    state = client.reset(hero_picks=given).world_state_radiant
    assert {unit.player_id for unit in state.units if unit.unit_type == 1} == {plays}


@pytest.mark.parametrize("fields, code, said", [
    ({"hero_picks": picks()[:9]}, grpc.StatusCode.INVALID_ARGUMENT, "9 entries"),
    ({"hero_picks": []}, grpc.StatusCode.INVALID_ARGUMENT, "must have 10"),
    ({"hero_picks": picks()[:5] * 2}, grpc.StatusCode.INVALID_ARGUMENT, "five heroes of each"),
    ({"hero_picks": [*picks(), *picks()]}, grpc.StatusCode.INVALID_ARGUMENT, "20 entries"),
    ({"hero_picks": picks()[:1] * 5 + picks()[5:]}, grpc.StatusCode.INVALID_ARGUMENT,
     "5 controlled"),
    ({"ticks_per_observation": 0}, grpc.StatusCode.INVALID_ARGUMENT, "ticks_per_observation"),
    ({"ticks_per_observation": 901}, grpc.StatusCode.INVALID_ARGUMENT, "1 to 900"),
    ({"game_mode": 1}, grpc.StatusCode.UNIMPLEMENTED, "DOTA_GAMEMODE_AP"),
    *[({"game_id": game_id}, grpc.StatusCode.INVALID_ARGUMENT, "game_id") for game_id in (
        "../evil", "/etc/passwd", "a/b", ".", "..", ".hidden", "a\\b", "a\0b", "a b", "x" * 65,
        "ä", "a\n")],
])
def test_a_wrong_config_is_refused(client, folder, fields, code, said):
    before = sorted(path.name for path in folder.parent.iterdir())
    assert refusal(client.reset, **fields)[0] == code
    assert said in refusal(client.reset, **fields)[1]
    assert sorted(path.name for path in folder.parent.iterdir()) == before


@pytest.mark.parametrize("bot, code, said", [
    ("nobody", grpc.StatusCode.INVALID_ARGUMENT, "'bots'"),
    ("http://", grpc.StatusCode.INVALID_ARGUMENT, "'bots'"),
    ("http://bots.example.org/", grpc.StatusCode.PERMISSION_DENIED, "bots.example.org")])
def test_a_bot_that_may_not_play_is_refused(connect, folder, name, bot, code, said):
    """As in the worlds of dm_env_rpc, and nothing is left of the game."""
    client = connect(metadata=(("bot", bot),))
    asked = {"game_id": name, "hero_picks": picks(CONTROLLED, DEFAULT)}
    assert refusal(client.reset, **asked)[0] == code
    assert said in refusal(client.reset, **asked)[1]
    assert not (folder / name).exists()
    connect().reset(**asked)


@pytest.mark.parametrize("metadata, moves", [((), False), ((("bot", "laner"),), True)])
def test_the_server_says_who_plays_default_picks_unless_the_reset_does(metadata, moves):
    with serve(port=0, games=Games(deadline=1.0, default_bot="idle")) as serving:
        client = Client(serving.address, metadata=metadata)
        first = client.reset(hero_picks=picks(CONTROLLED, DEFAULT), ticks_per_observation=300)
        client.act()
        then = client.state(DIRE)
        assert (hero_of(first.world_state_dire, 5).location != hero_of(then, 5).location) == moves
        client.close()


def test_a_pick_without_a_control_mode_is_refused(client):
    """As the message requires one, clients cannot leave it out by chance."""
    asked = pb.GameConfig(ticks_per_observation=15, hero_picks=picks())
    asked.hero_picks[3].ClearField("control_mode")
    call = client.channel.unary_unary("/DotaService/reset")
    code, said = refusal(call, asked.SerializePartialToString(), timeout=10.0)
    assert code == grpc.StatusCode.INVALID_ARGUMENT and "control_mode" in said


@pytest.mark.parametrize("bot", ["nobody", "", "http://", "http://user@127.0.0.1/"])
def test_a_default_bot_that_is_none_is_refused(bot):
    with pytest.raises(ValueError, match="there is no bot|is no URL of a bot"):
        serve(port=0, games=Games(default_bot=bot))


# Observe and act.

def test_each_observation_is_the_next(client):
    client.reset()
    for number in range(1, 5):
        states = client.step()
        assert [state.dota_time for state in states] == [-30.0 + number * 0.5] * 2


def test_a_client_may_act_before_it_observes(client):
    first = client.reset()
    start = hero_of(first.world_state_radiant, 0).location
    client.act(walk(0.0, 0.0))
    client.act(team=DIRE)
    state = client.state()
    assert state.dota_time == -29.5
    moved = hero_of(state, 0).location
    assert (moved.x, moved.y) != (start.x, start.y)
    assert client.state(DIRE).dota_time == -29.5


def test_a_match_waits_until_all_that_play_have_acted(connect, name):
    radiant, dire = connect(), connect().named(name)
    radiant.reset(game_id=name)
    radiant.state()
    dire.state(DIRE)
    radiant.act()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(radiant.state)
        time.sleep(0.2)
        assert not waiting.done()
        dire.act(team=DIRE)
        assert waiting.result(5.0).dota_time == -29.0


def test_delays_are_ticks(client):
    ways = []
    for delay in (0, 5, 10):
        first = client.reset()
        client.act(walk(0.0, 0.0, delay=delay))
        client.act(team=DIRE)
        start, hero = hero_of(first.world_state_radiant, 0), hero_of(client.state(), 0)
        ways.append(abs(hero.location.x - start.location.x)
                    + abs(hero.location.y - start.location.y))
    assert ways[0] > ways[1] > ways[2] >= 0.0
    # All of them turn first; what is left is five ticks on the same straight way.
    assert ways[0] - ways[1] == pytest.approx(ways[1] - ways[2], rel=0.5)


def test_a_delay_may_be_longer_than_a_step(client):
    first = client.reset()
    start = hero_of(first.world_state_radiant, 0).location
    client.step(walk(0.0, 0.0, delay=40))
    states = [client.step()[0] for _ in range(4)]
    moved = [hero_of(state, 0).location != start for state in states]
    assert moved == [False, False, True, True]


def test_many_actions_of_one_player_are_all_carried_out(client):
    client.reset()
    items = ("item_tango", "item_branches", "item_clarity")
    state = client.play(2, *(buy(item) for item in items), train("nevermore_shadowraze1"))[0]
    hero = hero_of(state, 0)
    assert len(hero.items) >= len(items)
    assert hero.unreliable_gold < 600
    assert [ability.level for ability in hero.abilities][0] == 1


def buy(item, player=0):
    return action(Action.DOTA_UNIT_ORDER_PURCHASE_ITEM, player,
                  purchaseItem=Action.PurchaseItem(item_name=item))


def train(ability, player=0):
    return action(Action.DOTA_UNIT_ORDER_TRAIN_ABILITY, player,
                  trainAbility=Action.TrainAbility(ability=ability))


def test_items_are_swapped_and_sold(client):
    client.reset()
    hero = hero_of(client.play(2, buy("item_branches"))[0], 0)
    bought = next(item for item in hero.items if item.slot < 6)
    gold = hero.unreliable_gold
    swap = action(Action.ACTION_SWAP_ITEMS,
                  swapItems=Action.SwapItems(slot_a=bought.slot, slot_b=7))
    hero = hero_of(client.play(2, swap)[0], 0)
    assert 7 in {item.slot for item in hero.items}
    sale = action(Action.DOTA_UNIT_ORDER_SELL_ITEM, sellItem=Action.SellItem(slot=7))
    hero = hero_of(client.play(2, sale)[0], 0)
    assert hero.unreliable_gold > gold
    assert 7 not in {item.slot for item in hero.items}


def test_a_hero_attacks_on_its_way(client):
    client.reset(ticks_per_observation=30)
    state = client.play(75, attack_move(0.0, 0.0), attack_move(0.0, 0.0, player=5))[0]
    assert any(event.attacker_player_id == 0 for event in state.damage_events) or (
        hero_of(state, 0).last_attack_time > 0)


def test_a_target_of_nobody_and_an_empty_list_let_a_hero_go_on(client):
    client.reset()
    at = [hero_of(client.step(one)[0], 0).location for one in (
        walk(0.0, 0.0), walk(0.0, 0.0), action(
            Action.DOTA_UNIT_ORDER_ATTACK_TARGET, attackTarget=Action.AttackTarget(target=-1)))]
    at += [hero_of(client.step()[0], 0).location for _ in range(2)]
    assert len({(place.x, place.y) for place in at}) == len(at)


@pytest.mark.parametrize("kind", Action.Type.keys())
def test_no_type_of_action_hurts(client, folder, name, kind):
    """Each without its values, then each with those of every other."""
    client.reset(game_id=name)
    bare = action(Action.Type.Value(kind))
    parts = [Action.DESCRIPTOR.fields_by_name[part]
             for part in ("cast", "castTarget", "dropItem", "swapItems", "courier", "pickupRune")]
    filled = []
    for part in parts:
        one = action(Action.Type.Value(kind))
        getattr(one, part.name).SetInParent()
        for field in part.message_type.fields:
            if field.type == field.TYPE_INT32 and field.default_value == 0:
                setattr(getattr(one, part.name), field.name, 3)
        filled.append(one)
    states = client.step(bare, *filled)
    assert client.step()[0].dota_time > states[0].dota_time
    if kind.startswith(NOT_SIMULATED):
        told = kind.removeprefix("DOTA_UNIT_ORDER_")  # those are orders, which the rules refuse
        assert re.search(f"seat 0: (DOTA_UNIT_ORDER_)?{told} refused: UNSUPPORTED_ORDER",
                         log_of(folder, name))


def test_what_the_rules_refuse_is_told_by_its_name(client, folder, name):
    client.reset(game_id=name)
    client.play(3, train("nevermore_requiem"), action(
        Action.DOTA_UNIT_ORDER_PICKUP_RUNE, pickupRune=Action.PickupRune(rune=0)), walk(1e5, 0.0))
    log = log_of(folder, name)
    assert "seat 0: TRAIN_ABILITY refused: LEVEL_TOO_LOW" in log
    assert "seat 0: DOTA_UNIT_ORDER_PICKUP_RUNE refused: NO_TARGET" in log
    assert "seat 0: MOVE_TO_POSITION refused: OUT_OF_MAP" in log


def test_runes_come_in_games_of_a_server_that_says_so(connect):
    """A client reads where runes lie, walks there and takes one."""
    with serve(port=0, games=Games(runes=True)) as server:
        client = connect(server.address)
        state = client.reset(ticks_per_observation=30).world_state_radiant
        assert [(rune.status, rune.type) for rune in state.rune_infos] == [
            (RuneStatus.UNKNOWN, -1)] * 4
        place = state.rune_infos[0].location
        state = client.play(45, walk(place.x - 400.0, place.y - 100.0))[0]
        [seen] = [number for number, rune in enumerate(state.rune_infos)
                  if rune.status == RuneStatus.AVAILABLE]
        assert (seen, state.rune_infos[0].type) == (0, Rune.BOUNTY)
        gold = hero_of(state, 0).reliable_gold
        state = client.play(4, action(
            Action.DOTA_UNIT_ORDER_PICKUP_RUNE, pickupRune=Action.PickupRune(rune=0)))[0]
        assert state.rune_infos[0].status == RuneStatus.MISSING
        assert hero_of(state, 0).reliable_gold - gold >= 40


def courier_of(state):
    """Returns the only courier that a CMsgBotWorldState tells of, and its unit."""
    [courier] = state.couriers
    [unit] = [unit for unit in state.units if unit.handle == courier.handle]
    return courier, unit


def send_courier(number, courier=0, player=0):
    return action(Action.ACTION_COURIER, player,
                  courier=Action.Courier(unit=0, courier=courier, action=number))


TAKE_STASH, TRANSFER, BURST, TAKE_AND_TRANSFER = 3, 4, 5, 6


def test_a_courier_brings_what_its_hero_bought_on_its_way(client):
    """Source: COURIER_ACTION_TAKE_AND_TRANSFER_ITEMS."""
    client.reset(ticks_per_observation=30)
    client.play(12, walk(-4500.0, -4200.0))  # out of the base, and far from the enemy
    bought = client.play(2, buy("item_branches"))[0]
    assert {item.slot for item in hero_of(bought, 0).items} & set(range(9, 15))
    assert courier_of(bought)[0].state == CMsgBotWorldState.COURIER_STATE_AT_BASE
    handle = courier_of(bought)[0].handle
    sent = client.play(2, send_courier(TAKE_AND_TRANSFER, handle))[0]
    courier, unit = courier_of(sent)
    assert courier.state == CMsgBotWorldState.COURIER_STATE_DELIVERING_ITEMS
    assert not unit.flying_courier  # before level 4 it walks
    for _ in range(60):
        state = client.step()[0]
        if {item.slot for item in hero_of(state, 0).items} & set(range(6)):
            break
    assert {item.slot for item in hero_of(state, 0).items} & set(range(6))
    assert courier_of(state)[0].state == CMsgBotWorldState.COURIER_STATE_RETURNING_TO_BASE


def test_a_courier_goes_to_the_secret_shop_and_comes_home(client):
    """Source: COURIER_ACTION_SECRET_SHOP, COURIER_ACTION_RETURN."""
    client.reset()
    state = client.play(2, send_courier(1))[0]
    assert courier_of(state)[0].state == CMsgBotWorldState.COURIER_STATE_GOING_TO_SECRET_SHOP
    state = client.play(2, send_courier(0))[0]
    assert courier_of(state)[0].state == CMsgBotWorldState.COURIER_STATE_RETURNING_TO_BASE


@pytest.mark.parametrize("number, courier, said", [
    (BURST, 0, "CAST_NO_TARGET refused: LEVEL_TOO_LOW"),
    (TRANSFER, 0, "CAST_NO_TARGET refused: NOTHING_TO_DELIVER"),
    (TAKE_STASH, 0, "CAST_NO_TARGET refused: NOTHING_TO_DELIVER"),
    (0, 99_999, "CAST_NO_TARGET refused: NOT_YOUR_UNIT"),
    (8, 0, "ACTION_COURIER refused: NO_ABILITY"),
    (-1, 0, "ACTION_COURIER refused: NO_ABILITY")])
def test_what_a_courier_cannot_do_is_told(client, folder, name, number, courier, said):
    client.reset(game_id=name)
    client.play(2, send_courier(number, courier))
    assert f"seat 0: {said}" in log_of(folder, name)


def test_a_courier_of_the_enemy_is_not_sent(client, folder, name):
    first = client.reset(game_id=name)
    handle = courier_of(first.world_state_dire)[0].handle
    states = client.play(2, send_courier(1, handle))
    assert courier_of(states[1])[0].state == CMsgBotWorldState.COURIER_STATE_AT_BASE
    assert "seat 0: CAST_NO_TARGET refused: NOT_YOUR_UNIT" in log_of(folder, name)


def test_a_team_has_no_say_about_others(client, folder, name):
    first = client.reset(game_id=name)
    client.act(walk(0.0, 0.0, player=5), walk(0.0, 0.0, player=3), walk(0.0, 0.0, player=77))
    client.act(team=DIRE)
    hero = hero_of(client.state(DIRE), 5)
    assert hero.location == hero_of(first.world_state_dire, 5).location
    for player in (5, 3, 77):
        assert f"seat {player}: DOTA_UNIT_ORDER_MOVE_TO_POSITION refused: NOT_YOUR_UNIT" in (
            log_of(folder, name))


def test_chat_is_one_line_of_the_log(client, folder, name):
    client.reset(game_id=name)
    client.step(action(Action.ACTION_CHAT, chat=Action.Chat(
        message="well\n9:99 seat 5 says: played", to_allchat=True)))
    assert "-0:29 seat 0 says: well 9:99 seat 5 says: played\n" in log_of(folder, name)


def test_a_chat_to_the_team_is_told_as_one_and_one_without_words_is_refused(client, folder, name):
    client.reset(game_id=name)
    client.step(action(Action.ACTION_CHAT, chat=Action.Chat(message="gg", to_allchat=False)),
                action(Action.ACTION_CHAT))
    assert "seat 0 says to its team: gg\n" in log_of(folder, name)
    assert "seat 0: ACTION_CHAT refused: WRONG_ORDER" in log_of(folder, name)


def test_orders_without_end_are_refused(client, folder, name):
    client.reset(game_id=name)
    client.step(*[walk(1.0, 1.0, delay=9999)] * (MAX_PENDING + 5))
    assert f"{MAX_PENDING + 5} actions at once" in log_of(folder, name)
    client.step(walk(1.0, 1.0, delay=9999))
    assert "refused: QUEUE_FULL" in log_of(folder, name)
    assert client.step()[0].dota_time == -28.5


# How a match ends.

def play_out(client, *actions, steps=1000):
    """Plays until a team is told the end; returns what both are told."""
    for _ in range(steps):
        for team in (RADIANT, DIRE):
            if client.observe(team).status != pb.OK:
                return [client.observe(team) for team in (RADIANT, DIRE)]
            client.act(*(one for one in actions if (one.player < 5) == (team == RADIANT)),
                       team=team)
    raise AssertionError("the match never ended")


@pytest.mark.parametrize("modes, status, winner", [
    ((CONTROLLED, DEFAULT), pb.DIRE_WIN, "BADGUYS"),
    ((DEFAULT, CONTROLLED), pb.RADIANT_WIN, "GOODGUYS")])
def test_a_match_is_won(client, folder, name, modes, status, winner):
    client.reset(game_id=name, ticks_per_observation=60, hero_picks=picks(*modes))
    for answer in play_out(client, walk(0.0, 0.0), walk(0.0, 0.0, player=5)):
        assert answer.status == status and not answer.HasField("world_state")
    assert f"the match is over: {winner} wins by KILLS" in log_of(folder, name)


def test_a_replay_gives_the_same_match(client, folder, name):
    client.reset(game_id=name, ticks_per_observation=60, hero_picks=picks(CONTROLLED, DEFAULT))
    play_out(client, attack_move(0.0, 0.0))
    replay = Replay.load(folder / name / "replay.npz")
    assert replay.controlled.tolist() == [[1] + [0] * 9]
    assert replay.settings.heroes[5] == "npc_dota_hero_nevermore"
    assert len(replay.orders) > 3
    tables = replay.play().tables[0]
    assert tables.winner == DIRE


def test_two_default_bots_need_nobody_who_acts(client):
    client.reset(ticks_per_observation=300, hero_picks=picks(DEFAULT, DEFAULT))
    times = [client.state(team).dota_time for _ in range(3) for team in (RADIANT, DIRE)]
    assert times == [-20.0, -20.0, -10.0, -10.0, 0.0, 0.0]
    answers = [client.observe() for _ in range(200)]
    ends = {answer.status for answer in answers if answer.status != pb.OK}
    assert len(ends) == 1 and ends < {pb.RADIANT_WIN, pb.DIRE_WIN, pb.RESOURCE_EXHAUSTED}


# Teams that are late.

def test_who_does_not_act_is_told_so_and_may_go_on(client):
    client.reset()
    client.state()
    before = time.monotonic()
    answer = client.observe()
    assert 0.8 < time.monotonic() - before < 5.0
    assert (answer.status, answer.HasField("world_state")) == (pb.RESOURCE_EXHAUSTED, False)
    client.act()
    client.act(team=DIRE)
    assert client.state().dota_time == -29.0


def test_a_team_that_never_asks_blocks_nobody_and_loses_nothing(client):
    client.reset()
    client.state()
    client.act()
    before = time.monotonic()
    client.state()  # waits for Dire until its deadline
    assert 0.8 < time.monotonic() - before < 5.0
    before = time.monotonic()
    for _ in range(50):
        client.act()
        last = client.state().dota_time
    assert time.monotonic() - before < 0.9 * 50
    times = [client.state(DIRE).dota_time for _ in range(52)]
    assert times == pytest.approx([-29.5 + 0.5 * number for number in range(52)])
    assert times[-1] == last
    # Back at the match, it is waited for.
    client.act(team=DIRE)
    client.act()
    assert client.state(DIRE).dota_time == last + 0.5


def test_a_call_that_is_given_up_takes_no_state_with_it(client, connect, name):
    client.reset(game_id=name)
    client.state()
    client.state(DIRE)
    hasty = connect(timeout=0.3).named(name)
    assert refusal(hasty.observe)[0] == grpc.StatusCode.DEADLINE_EXCEEDED
    client.act()
    client.act(team=DIRE)
    assert client.state().dota_time == -29.0


def test_of_two_that_wait_for_a_team_the_later_is_told(connect, name):
    first, second = connect(), connect().named(name)
    first.reset(game_id=name)
    first.state()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        one = pool.submit(first.observe)
        time.sleep(0.2)
        other = pool.submit(second.observe)
        time.sleep(0.2)
        first.act()
        first.act(team=DIRE)
        assert other.result(5.0).world_state.dota_time == -29.0
        assert one.result(5.0).status == pb.RESOURCE_EXHAUSTED


def test_a_game_that_people_watch_goes_by_its_clock(client):
    client.reset(host_mode=pb.HOST_MODE_GUI, ticks_per_observation=9)
    client.step()
    before = time.monotonic()
    client.play(5)
    assert time.monotonic() - before >= 5 * 0.3 - 0.3


@pytest.mark.parametrize("mode, seconds", [
    (pb.HOST_MODE_DEDICATED, 10.0), (pb.HOST_MODE_GUI, 3600.0), (pb.HOST_MODE_GUI_MENU, 3600.0)])
def test_by_default_a_match_waits_as_long_as_in_the_original(name, mode, seconds):
    """Source: TimZaman/dotaservice: 10 s, and an hour in the GUI modes."""
    with serve(port=0) as serving:
        client = Client(serving.address)
        client.reset(game_id=name, host_mode=mode, hero_picks=picks(CONTROLLED, DEFAULT))
        with contextlib.closing(dota_env_rpc.connect(
                serving.address, world=name, join={"seat": 5})) as agent:
            assert agent.read_property("world.step_timeout") == seconds
        client.close()


# Several games.

def test_connections_play_games_of_their_own(connect):
    clients = [connect() for _ in range(3)]
    for client, hero in zip(clients, (NEVERMORE, LINA, SNIPER)):
        client.reset(hero_picks=picks(heroes=(hero, hero)))
    for steps, client in enumerate(clients, start=1):
        client.play(steps)
    for steps, (client, name) in enumerate(zip(clients, ("nevermore", "lina", "sniper")), start=2):
        state = client.state()
        assert state.dota_time == -30.0 + 0.5 * steps
        assert hero_of(state, 0).name == f"npc_dota_hero_{name}"


def test_one_connection_plays_several_games_by_name(client, connect, name):
    other = connect()
    other.channel.close()
    for suffix in ("a", "b"):
        client.reset(game_id=name + suffix)
    for suffix, steps in (("a", 3), ("b", 1)):
        client.named(name + suffix).play(steps)
    assert client.named(name + "a").state().dota_time == -28.0
    assert client.named(name + "b").state().dota_time == -29.0


def test_a_game_that_is_not_there_is_told(client, connect, name):
    client.reset(game_id=name)
    assert refusal(connect().named("nowhere").observe) == (
        grpc.StatusCode.NOT_FOUND, "there is no game 'nowhere'; reset starts one")


def test_who_has_reset_nothing_must_name_a_game(client, connect, name):
    for suffix in ("a", "b"):
        client.reset(game_id=name + suffix)
    code, words = refusal(connect().observe)
    assert code == grpc.StatusCode.FAILED_PRECONDITION and "game_id" in words


def test_a_game_in_play_is_not_taken_over(connect, name):
    owner, stranger = connect(), connect()
    owner.reset(game_id=name)
    code, words = refusal(stranger.reset, game_id=name)
    assert code == grpc.StatusCode.ALREADY_EXISTS and name in words
    assert owner.state().dota_time == -29.5
    assert owner.reset(game_id=name).world_state_radiant.dota_time == -30.0
    time.sleep(1.1)  # silent for longer than the deadline
    assert stranger.reset(game_id=name).world_state_radiant.dota_time == -30.0


def test_the_same_game_id_and_orders_give_the_same_match(connect, name):
    states = []
    for _ in range(2):
        client = connect()
        client.reset(game_id=name)
        states.append(client.play(60, attack_move(0.0, 0.0), attack_move(0.0, 0.0, player=5)))
        time.sleep(1.1)
    assert states[0] == states[1]


def test_too_many_games_are_refused_and_ended_ones_make_room():
    with serve(port=0, limits=Limits(max_worlds=2), games=Games(deadline=0.5)) as small:
        clients = [Client(small.address) for _ in range(3)]
        for client in clients[:2]:
            client.reset(hero_picks=picks(DEFAULT, DEFAULT), ticks_per_observation=900)
        assert refusal(clients[2].reset)[0] == grpc.StatusCode.RESOURCE_EXHAUSTED
        while clients[0].observe().status == pb.OK:
            pass
        assert clients[2].reset().status == pb.OK
        assert small.num_worlds == 2
        for client in clients:
            client.close()


def test_a_new_game_takes_the_place_of_the_connections_unnamed_one(server, client):
    client.reset()
    before = server.num_worlds
    for _ in range(3):
        client.reset()
    assert server.num_worlds == before


def test_games_that_nobody_asks_for_are_freed(tmp_path):
    games = Games(folder=str(tmp_path), grace_seconds=0.6, deadline=0.2)
    with serve(port=0, games=games) as brief:
        client = Client(brief.address)
        client.reset(game_id="lost")
        client.step(walk(0.0, 0.0))
        assert brief.num_worlds == 1
        wait_until(lambda: brief.num_worlds == 0)
        Replay.load(tmp_path / "lost" / "replay.npz").play()
        assert refusal(client.observe)[0] == grpc.StatusCode.FAILED_PRECONDITION
        client.close()


def test_a_server_that_closes_lets_nobody_wait(tmp_path):
    closing = serve(port=0, games=Games(deadline=60.0))
    client = Client(closing.address)
    client.reset()
    client.state()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(refusal, client.observe)
        time.sleep(0.3)
        before = time.monotonic()
        closing.close()
        assert waiting.result(5.0)[0] in (
            grpc.StatusCode.CANCELLED, grpc.StatusCode.UNAVAILABLE)
        assert time.monotonic() - before < 5.0
    client.close()


def test_a_token_is_asked_for():
    with serve(port=0, security=Security(token="secret")) as guarded:
        client = Client(guarded.address)
        assert refusal(client.reset)[0] == grpc.StatusCode.UNAUTHENTICATED
        client.close()


# Clients that misbehave.

@pytest.mark.parametrize("method", ["reset", "observe", "act"])
@pytest.mark.parametrize("data", [
    b"", b"\xff", b"\x0a\xff\xff\xff\xff\x0f", b"\x08\x63", bytes(range(256)), b"\x10\x02" * 500])
def test_nonsense_is_refused_and_hurts_nobody(client, connect, method, data):
    client.reset()
    channel = connect().channel
    call = channel.unary_unary(f"/DotaService/{method}")
    assert refusal(call, data, timeout=10.0)[0] == grpc.StatusCode.INVALID_ARGUMENT
    assert client.step()[0].dota_time == -29.5


def test_clients_that_vanish_leave_a_server_that_serves(server, connect, client):
    for _ in range(8):
        lost = connect()
        lost.reset()
        lost.state()
        waiting = lost.channel.unary_unary("/DotaService/observe").future(
            pb.ObserveConfig(team_id=RADIANT).SerializeToString())
        time.sleep(0.02)
        waiting.cancel()
        lost.close()
    client.reset()
    before = time.monotonic()
    assert client.play(5)[0].dota_time == -27.5
    assert time.monotonic() - before < 2.0


def test_many_clients_play_at_once(connect):
    def play(client):
        client.reset()
        return client.play(20, attack_move(0.0, 0.0))[0].dota_time

    clients = [connect() for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        assert list(pool.map(play, clients)) == [-20.0] * 6


# Others at the same match.

def test_an_agent_of_dm_env_rpc_joins_a_game(server, client, name):
    client.reset(game_id=name, hero_picks=picks(CONTROLLED, DEFAULT))
    channel = grpc.insecure_channel(server.address)
    with dm_env_rpc_connection.Connection(channel) as agent:
        specs = agent.send(rpc.JoinWorldRequest(
            world_name=name, settings={"seat": tensor_utils.pack_tensor(5)})).specs
        uid = next(uid for uid, spec in specs.observations.items() if spec.name == "state")
        order = next(uid for uid, spec in specs.actions.items() if spec.name == "order")

        def step(**actions):
            return agent.send(rpc.StepRequest(requested_observations=[uid], **actions))

        step()  # begins its sequence
        stop = {order: tensor_utils.pack_tensor(21, rpc.INT32)}
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for number in range(1, 4):
                waiting = pool.submit(step, actions=stop)
                time.sleep(0.1)
                assert not waiting.done()
                if number == 1:
                    assert client.state().dota_time == -29.5
                else:
                    client.act()
                    assert client.state().dota_time == -30.0 + 0.5 * number
                assert waiting.result(5.0).state == rpc.RUNNING
        agent.send(rpc.LeaveWorldRequest())
    channel.close()


def test_a_clients_seat_is_taken(server, client, name):
    client.reset(game_id=name)
    with pytest.raises(Exception, match="taken"):
        dota_env_rpc.connect(server.address, world=name, join={"seat": 0})


# What older clients read.

@pytest.mark.parametrize("team", [RADIANT, DIRE])
def test_a_client_of_2019_reads_the_enemys_glyph(client, team):
    """Source: glyph_cooldown_enemy was a uint32 in TimZaman/dotaservice 733db26."""
    client.reset()
    state = client.state(team)
    [old] = [field.data for field in unknown_fields.UnknownFieldSet(state)
             if (field.field_number, field.wire_type) == (8, 0)]
    assert old == int(state.glyph_cooldown_enemy)
