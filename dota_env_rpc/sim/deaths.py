"""What a death brings: experience, gold, streaks, and the fall of buildings.

Source: Liquipedia gold@2376164, experience@2404795, denying@2379552; patch notes 7.20 to 7.41.
"""

import math

from dota_env_rpc.match.clock import TICKS_PER_SECOND
from dota_env_rpc.match.enums import (
    FLAGBEARER,
    ILLUSION,
    NUM_SEATS,
    Activity,
    EventKind,
    GoldReason,
    UnitType,
    WinReason,
)
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import MAX_UNITS, NEVER, NO_UNIT, NUM_ABILITY_SLOTS
from dota_env_rpc.match.words import ModifierEvent, Property
from dota_env_rpc.sim.buildings import lose_building
from dota_env_rpc.sim.casting import interrupt
from dota_env_rpc.sim.chance import uniform_between
from dota_env_rpc.sim.couriers import lose_courier
from dota_env_rpc.sim.events import tell
from dota_env_rpc.sim.heroes import give_experience, give_gold, update_net_worth
from dota_env_rpc.sim.inventory import drop_at_death, receive_scroll
from dota_env_rpc.sim.modifiers import ask, clear_modifiers, raise_event
from dota_env_rpc.sim.state import NOT_SWINGING
from dota_env_rpc.sim.units import enemy_of, free_row, is_hero, side_of
from dota_env_rpc.sim.victory import end_match


@rule
def settle_deaths(state, patch):
    """Settles the deaths that were not yet, in the order in which they happened."""
    tables = state.tables
    while state.num_settled < state.num_deaths:
        death = state.deaths[state.num_settled]
        state.num_settled += 1
        row = death.victim % MAX_UNITS
        victim = tables.units[row]
        victim.activity = Activity.DIE
        victim.attack_target = 0
        tell(tables, EventKind.DEATH, victim.handle, death.killer,
             _player_of(state, death.killer), 0, 0.0)
        lost = 0.0
        if victim.traits & ILLUSION:
            _settle_illusion(state, patch, row, death.killer)
        elif is_hero(victim):
            seconds = ask(state, patch, row, Property.REINCARNATION, death.killer, 0.0, True)
            if seconds > 0.0:
                _reincarnate(state, patch, row, death.killer, seconds)
                continue
            lost = _settle_hero(state, patch, row, death.killer)
        elif state.body[row].building >= 0:
            lose_building(state, patch, row, death.killer, _player_of(state, death.killer))
        elif victim.unit_type == UnitType.COURIER:
            lose_courier(state, patch, row, death.killer)
        else:
            _settle_creep(state, patch, row, death.killer)
        _raise_death(state, patch, row, death.killer, lost)


@rule
def _reincarnate(state, patch, row, killer, seconds):
    """Lets a dead hero come back: its death costs nobody anything. Source: Liquipedia."""
    seat = state.tables.units[row].player
    interrupt(state, patch, row)
    _lie_dead(state, seat, seconds)
    state.body[row].reincarnates = 1
    raise_event(state, patch, row, ModifierEvent.OnReincarnate, killer, killer, seconds)


@rule
def _raise_death(state, patch, row, killer, lost):
    """Lets modifiers do what they do at a death. lost: gold that a hero's player lost."""
    tables = state.tables
    victim = tables.units[row]
    interrupt(state, patch, row)
    raise_event(state, patch, row, ModifierEvent.OnDeath, victim.handle, killer, lost)
    if killer != NO_UNIT and tables.units[killer % MAX_UNITS].handle == killer:
        raise_event(
            state, patch, killer % MAX_UNITS, ModifierEvent.OnKill, victim.handle, killer, 0.0)
    if not is_hero(victim) or victim.traits & ILLUSION:
        return
    for seat in range(NUM_SEATS):
        player = tables.players[seat]
        if player.hero != 0 and player.team != victim.team:
            raise_event(state, patch, player.hero % MAX_UNITS, ModifierEvent.OnHeroKilled,
                        victim.handle, killer, 0.0)


@rule
def bury_dead(state, patch):
    """Takes the modifiers off who died this tick, and rows from the table that are done with."""
    tables = state.tables
    for i in range(state.num_deaths):
        row = state.deaths[i].victim % MAX_UNITS
        unit = tables.units[row]
        if unit.alive or (unit.handle != 0 and unit.handle != state.deaths[i].victim):
            continue
        own_hero = unit.handle != 0 and is_hero(unit) and not unit.traits & ILLUSION
        clear_modifiers(state, patch, row, not own_hero)
        if own_hero:
            for slot in range(NUM_ABILITY_SLOTS):
                tables.abilities[unit.player, slot].toggled = 0
        if not own_hero:
            free_row(state, row)
    state.num_deaths = 0
    state.num_settled = 0


@rule
def _player_of(state, handle):
    """Returns the player whom a unit belongs to, -1 for none or for a unit that is gone."""
    if handle == NO_UNIT:
        return -1
    unit = state.tables.units[handle % MAX_UNITS]
    if unit.handle != handle:
        return -1
    return unit.player


@rule
def _striker_team(tables, victim, killer):
    """Returns the team that struck the last blow.

    A striker that is gone was a creep whose shot flew on, and creeps strike enemies alone.
    """
    if killer == NO_UNIT:
        return enemy_of(victim.team)
    return tables.units[killer % MAX_UNITS].team


@rule
def _settle_creep(state, patch, row, killer):
    tables = state.tables
    victim = tables.units[row]
    seat = _player_of(state, killer)
    denied = _striker_team(tables, victim, killer) == victim.team
    part = 1.0
    if denied:
        # Nothing for what players own. Source: Liquipedia denying@2379552.
        part = 0.0 if victim.player >= 0 else patch.rules.xp_deny_share
    _share_experience(state, patch, victim, victim.bounty_xp * part)
    if seat < 0:
        return
    if denied:
        tables.players[seat].denies += 1
        tell(tables, EventKind.DENY, victim.handle, killer, seat, 0, 0.0)
        return
    gold = uniform_between(state, victim.bounty_gold_min, victim.bounty_gold_max)
    tables.players[seat].last_hits += 1
    tell(tables, EventKind.LAST_HIT, victim.handle, killer, seat, 0, gold)
    give_gold(tables, seat, gold, False, GoldReason.CREEP)
    if victim.traits & FLAGBEARER:
        _share_flag_bounty(state, patch, victim, seat)


@rule
def _settle_illusion(state, patch, row, killer):
    """Pays an illusion's bounty to the enemy player that strikes it down, and to nobody else.

    Source: Liquipedia illusions@2376496.
    """
    victim = state.tables.units[row]
    seat = _player_of(state, killer)
    if seat < 0 or state.tables.players[seat].team == victim.team:
        return
    give_gold(state.tables, seat, victim.bounty_gold_min, False, GoldReason.CREEP)
    give_experience(state, patch, seat, victim.bounty_xp)


@rule
def _share_flag_bounty(state, patch, victim, seat):
    """Gives the killer and its allies nearby a melee creep's bounty and a little more."""
    tables = state.tables
    team = tables.players[seat].team
    for other in range(NUM_SEATS):
        player = tables.players[other]
        if player.hero == 0 or player.team != team:
            continue
        hero = tables.units[player.hero % MAX_UNITS]
        if other == seat or (hero.alive and _within(
                hero, victim, patch.rules.creep_flagbearer_bounty_radius)):
            gold = uniform_between(state, victim.bounty_gold_min, victim.bounty_gold_max)
            give_gold(tables, other, gold + patch.rules.creep_flagbearer_bonus_gold, False,
                      GoldReason.FLAGBEARER)


@rule
def _within(unit, other, radius):
    dx = unit.x - other.x
    dy = unit.y - other.y
    return dx * dx + dy * dy <= radius * radius


@rule
def _share_experience(state, patch, victim, amount):
    """Splits a unit's experience among the enemy heroes that live within its radius."""
    tables = state.tables
    radius = patch.rules.xp_radius
    receivers = 0
    for seat in range(NUM_SEATS):
        receivers += _receives(tables, seat, victim, radius)
    for seat in range(NUM_SEATS):
        if _receives(tables, seat, victim, radius):
            give_experience(state, patch, seat, math.floor(amount) / receivers)


@rule
def _receives(tables, seat, victim, radius):
    player = tables.players[seat]
    if player.hero == 0 or player.team == victim.team:
        return 0
    hero = tables.units[player.hero % MAX_UNITS]
    if not hero.alive or not _within(hero, victim, radius):
        return 0
    return 1


@rule
def _settle_hero(state, patch, row, killer):
    """Settles the death of a hero; returns the gold that its player loses."""
    tables = state.tables
    rules = patch.rules
    victim = tables.units[row]
    seat = victim.player
    player = tables.players[seat]
    team = enemy_of(player.team)
    player.deaths += 1
    if _striker_team(tables, victim, killer) != player.team:
        tables.team_kills[side_of(team)] += 1
        _reward_hero_kill(state, patch, row, _player_of(state, killer))
        receive_scroll(state, patch, seat, tables.tick)
    else:
        player.streak = 0
    lost = _lose_gold(tables, rules, seat)
    drop_at_death(state, patch, seat)
    wait = rules.respawn_seconds[min(player.level, 30) - 1]
    if player.bought_back:
        wait += rules.gold_buyback_respawn_penalty
        player.bought_back = 0
    _lie_dead(state, seat, wait)
    deaths = 0
    for other in range(NUM_SEATS):
        if tables.players[other].team == player.team:
            deaths += tables.players[other].deaths
    if state.kills_to_win > 0 and deaths >= state.kills_to_win:
        end_match(state, team, WinReason.KILLS)
    return lost


@rule
def _lie_dead(state, seat, seconds):
    """Lets a dead hero do nothing until it comes back."""
    player = state.tables.players[seat]
    player.respawn_tick = state.tables.tick + int(seconds * TICKS_PER_SECOND)
    body = state.body[player.hero % MAX_UNITS]
    body.order = 0
    body.attack_phase = NOT_SWINGING
    state.num_queued[seat] = 0
    body.fountain_stacks = 0
    for other in range(NUM_SEATS):
        body.hurt_by_player_tick[other] = NEVER


@rule
def _hurt_lately(state, patch, row, seat):
    """Returns 1 if the player of `seat`, an enemy, hurt the hero in `row` lately, else 0."""
    tables = state.tables
    since = tables.tick - int(patch.rules.gold_assist_seconds * TICKS_PER_SECOND)
    if tables.players[seat].hero == 0 or tables.players[seat].team == tables.units[row].team:
        return 0
    return 1 if state.body[row].hurt_by_player_tick[seat] >= since else 0


@rule
def _reward_hero_kill(state, patch, row, credited):
    """Pays a hero's death out to the other team: kill, streak, first blood, assists.

    credited: the seat whose hero struck, -1 where creeps or buildings did. The only hero that
    hurt the victim lately then takes the kill; several share its gold; where none did, all
    enemies share it and the streak goes on.
    """
    tables = state.tables
    rules = patch.rules
    victim = tables.units[row]
    player = tables.players[victim.player]
    team = enemy_of(player.team)
    num_assailants = 0
    assailant = -1
    for seat in range(NUM_SEATS):
        if _hurt_lately(state, patch, row, seat):
            num_assailants += 1
            assailant = seat
    if credited < 0 and num_assailants == 1:
        credited = assailant
    comeback = _comeback_factor(tables, team)
    pot = rules.gold_kill_base + rules.gold_kill_per_victim_level * player.level
    streak_xp = 0.0
    if credited >= 0 or num_assailants > 0:
        streak = min(player.streak, int(rules.gold_streak_max))
        if streak >= rules.gold_streak_min:
            poly = rules.gold_kill_streak_poly
            pot += poly[0] * streak * streak + poly[1] * streak + poly[2]
            poly = rules.xp_kill_streak_poly_per_level
            streak_xp = (poly[0] * streak * streak + poly[1] * streak + poly[2]) * player.level
        player.streak = 0
        if not state.first_blood:
            state.first_blood = 1
            pot += rules.gold_first_blood
    if credited >= 0:
        killer = tables.players[credited]
        killer.kills += 1
        killer.streak += 1
        tell(tables, EventKind.HERO_KILL, victim.handle, killer.hero, credited, 0, pot)
        give_gold(tables, credited, pot, False, GoldReason.HERO)
    else:
        num_sharing = 0
        for seat in range(NUM_SEATS):
            num_sharing += _shares_kill(state, patch, row, seat, num_assailants)
        for seat in range(NUM_SEATS):
            if _shares_kill(state, patch, row, seat, num_assailants):
                give_gold(tables, seat, pot / num_sharing, False, GoldReason.HERO)
    _pay_assists(state, patch, row, credited, comeback)
    total = min(float(player.xp), rules.xp_hero_kill_max_total)
    amount = rules.xp_hero_kill_base + rules.xp_hero_kill_share * total
    receivers = 0
    for seat in range(NUM_SEATS):
        if _receives(tables, seat, victim, rules.xp_radius) or seat == credited:
            receivers += 1
    for seat in range(NUM_SEATS):
        if _receives(tables, seat, victim, rules.xp_radius) or seat == credited:
            give_experience(state, patch, seat, amount / receivers + streak_xp)


@rule
def _shares_kill(state, patch, row, seat, num_assailants):
    """Returns 1 for each enemy who shares a kill that nobody is credited with, else 0."""
    tables = state.tables
    if num_assailants > 0:
        return _hurt_lately(state, patch, row, seat)
    player = tables.players[seat]
    return 1 if player.hero != 0 and player.team != tables.units[row].team else 0


@rule
def _pay_assists(state, patch, row, credited, comeback):
    """Pays every enemy hero that was near the death or hurt the victim, the killer included.

    comeback: what the share is multiplied with.
    """
    tables = state.tables
    rules = patch.rules
    victim = tables.units[row]
    player = tables.players[victim.player]
    receivers = 0
    for seat in range(NUM_SEATS):
        if _assists(state, patch, row, seat) or seat == credited:
            receivers += 1
    if receivers == 0:
        return
    share = rules.gold_assist_base + (
        rules.gold_assist_shared_base
        + rules.gold_assist_shared_networth * player.net_worth) / receivers
    share *= comeback
    for seat in range(NUM_SEATS):
        if _assists(state, patch, row, seat) or seat == credited:
            if seat != credited:
                tables.players[seat].assists += 1
            give_gold(tables, seat, share, False, GoldReason.ASSIST)


@rule
def _assists(state, patch, row, seat):
    tables = state.tables
    player = tables.players[seat]
    victim = tables.units[row]
    if player.hero == 0 or player.team == victim.team:
        return False
    if _hurt_lately(state, patch, row, seat):
        return True
    hero = tables.units[player.hero % MAX_UNITS]
    return hero.alive and _within(hero, victim, patch.rules.gold_assist_radius)


@rule
def _comeback_factor(tables, team):
    """Returns what a team that is behind in net worth gets more, at least 1.

    Source: patch notes 7.29: 1 + (enemy - own) / enemy.
    """
    own = 0.0
    enemy = 0.0
    for seat in range(NUM_SEATS):
        if tables.players[seat].hero != 0:
            if tables.players[seat].team == team:
                own += tables.players[seat].net_worth
            else:
                enemy += tables.players[seat].net_worth
    if enemy <= own or enemy <= 0.0:
        return 1.0
    return 1.0 + (enemy - own) / enemy


@rule
def _lose_gold(tables, rules, seat):
    """Takes a part of the net worth from unreliable gold; returns how much."""
    player = tables.players[seat]
    lost = min(int(player.net_worth / rules.gold_death_networth_divisor), player.unreliable_gold)
    if lost <= 0:
        return 0.0
    player.unreliable_gold -= lost
    update_net_worth(player)
    tell(tables, EventKind.GOLD, player.hero, 0, seat, GoldReason.DEATH, -float(lost))
    return float(lost)
