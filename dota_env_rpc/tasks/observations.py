"""What a seat sees: the columns of every tensor.

Positions are map units divided by 8192 where they are places and by 2048 where they are measured
from the own hero; x is east and y is north for both sides.
"""

import numpy as np

from dota_env_rpc.match.tables import NUM_ABILITY_SLOTS, NUM_ITEM_PLACES
from dota_env_rpc.tasks.columns import Tensor, columns

NUM_SHOWN_UNITS = 48
NUM_SHOWN_EFFECTS = 24
NUM_SHOWN_GROUND_ITEMS = 8
NUM_SHOWN_EVENTS = 64

PLACE = 8192.0
OFFSET = 2048.0

# Values of unit_ids' `side`, and of effects' `kind`.
SIDE_OWN, SIDE_ENEMY, SIDE_NEUTRAL = 1, 2, 3
EFFECT_MODIFIER, EFFECT_ATTACK, EFFECT_MISSILE, EFFECT_STRAIGHT = 1, 2, 3, 4

STATE = Tensor(
    name="state",
    meaning="The match, the own player, the own hero, and what is known of the other side.",
    dtype=np.float32, rows=0, row_meaning="",
    columns=columns("""
        clock | 600 s | -0.2 .. 20 | Game clock; 0 is the horn.
        is_day | 0 or 1 | 0 .. 1 | Whether it is day.
        day_phase | share | 0 .. 1 | How much of this day or night has passed.
        wave_phase | share | 0 .. 1 | How much of the time between two waves has passed.
        in_progress | 0 or 1 | 0 .. 1 | Whether the horn has sounded.
        is_radiant | 0 or 1 | 0 .. 1 | 1 for a seat of Radiant, 0 for one of Dire.
        match_over | 0 or 1 | 0 .. 1 | Whether the match has a result.
        result | win 1, loss -1 | -1 .. 1 | 0 while it goes on and for a draw.
        over_by_kills | 0 or 1 | 0 .. 1 | The match ended by kills.
        over_by_tower | 0 or 1 | 0 .. 1 | The match ended by a tower.
        over_by_ancient | 0 or 1 | 0 .. 1 | The match ended by an Ancient.
        over_by_time | 0 or 1 | 0 .. 1 | The match ended by time: kills, last hits or a draw.
        own_team_kills | 10 kills | 0 .. 20 | Kills of the own team.
        enemy_team_kills | 10 kills | 0 .. 20 | Kills of the other team.
        glyph_wait | 300 s | 0 .. 2 | Time until the own team's glyph is ready.
        level | 30 levels | 0 .. 1 | Level of the own hero.
        level_progress | share | 0 .. 1 | Experience gathered from this level to the next.
        experience | 10000 | 0 .. 10 | All experience gathered.
        reliable_gold | 1000 gold | 0 .. 100 | Gold that a death leaves.
        unreliable_gold | 1000 gold | 0 .. 100 | Gold that a death can take.
        net_worth | 10000 gold | 0 .. 20 | Gold and what the items cost.
        gold_earned | 10000 gold | 0 .. 20 | All gold earned so far.
        kills | 10 kills | 0 .. 20 | Own kills.
        deaths | 10 deaths | 0 .. 20 | Own deaths.
        assists | 10 assists | 0 .. 20 | Own assists.
        last_hits | 100 creeps | 0 .. 20 | Own last hits.
        denies | 100 creeps | 0 .. 20 | Own denies.
        streak | 10 kills | 0 .. 20 | Kills since the last death.
        hero_damage | 10000 hp | 0 .. 50 | Damage done to heroes.
        tower_damage | 10000 hp | 0 .. 50 | Damage done to towers.
        ability_points | points | 0 .. 30 | Points to spend on abilities, but not on talents.
        attribute_points | 7 points | 0 .. 1 | Points already spent on attributes.
        respawn_wait | 100 s | 0 .. 2 | Time until a dead hero lives again.
        buyback_wait | 480 s | 0 .. 2 | Time until buyback can be used again.
        buyback_cost | 1000 gold | 0 .. 100 | What buyback costs now.
        order_refused | 0 or 1 | 0 .. 1 | Whether an order was refused since the last step.
        alive | 0 or 1 | 0 .. 1 | Whether the own hero lives.
        x | 8192 units | -2 .. 2 | Where the hero is, or died.
        y | 8192 units | -2 .. 2 | Where the hero is, or died.
        elevation | 128 units | -1 .. 12 | Height of the ground there.
        facing_cos | cosine | -1 .. 1 | Facing, east positive.
        facing_sin | sine | -1 .. 1 | Facing, north positive.
        health | 1000 hp | 0 .. 50 | Health.
        max_health | 1000 hp | 0 .. 50 | Greatest health.
        health_regen | 10 hp/s | -50 .. 50 | Health regained a second.
        mana | 1000 mana | 0 .. 50 | Mana.
        max_mana | 1000 mana | 0 .. 50 | Greatest mana.
        mana_regen | 10 mana/s | -50 .. 50 | Mana regained a second.
        armor | 20 armor | -5 .. 10 | Armor.
        magic_resistance | share | -5 .. 1 | Magic damage that does not arrive.
        strength | 100 points | 0 .. 10 | Strength.
        agility | 100 points | 0 .. 10 | Agility.
        intelligence | 100 points | 0 .. 10 | Intelligence.
        damage_min | 100 damage | 0 .. 50 | Least damage of an attack, bonus included.
        damage_max | 100 damage | 0 .. 50 | Greatest damage of an attack, bonus included.
        attack_range | 1000 units | 0 .. 5 | Attack range, hulls not counted.
        attack_interval | s | 0 .. 10 | Time from one attack to the next.
        attack_point | s | 0 .. 10 | Time from the start of a swing to its hit or launch.
        attack_wait | s | 0 .. 10 | Time until the next attack can begin.
        projectile_speed | 1000 units/s | 0 .. 10 | Speed of its attack projectile; melee 0.
        move_speed | 500 units/s | 0 .. 5 | Move speed.
        attackers | 10 units | 0 .. 5 | Visible enemy units that attack the hero now.
        enemy_visible | 0 or 1 | 0 .. 1 | Whether the enemy hero is seen now.
        enemy_alive | 0 or 1 | 0 .. 1 | Whether the enemy hero lives.
        enemy_respawn_wait | 100 s | 0 .. 2 | Time until the dead enemy hero lives again.
        enemy_unseen | 60 s | 0 .. 5 | Time since the enemy hero was last seen.
        enemy_seen_dx | 2048 units | -11 .. 11 | Where it was last seen, from the own hero.
        enemy_seen_dy | 2048 units | -11 .. 11 | Where it was last seen, from the own hero.
        enemy_seen_health | share | 0 .. 1 | Its share of health when last seen.
        enemy_seen_level | 30 levels | 0 .. 1 | Its level when last seen.
        courier_row | row + 1 | 0 .. 48 | Row in `units` of the own courier, 0 while it is dead.
        courier_state | CourierState | 0 .. 7 | What it does: 0 idle, 1 at base, 2 moving, \
3 delivering items, 4 returning to base, 5 dead, 6 going to a secret shop, 7 at one.
        courier_respawn_wait | 100 s | 0 .. 3 | Time until the dead courier lives again.
        courier_burst_wait | 100 s | 0 .. 3 | Time until its burst of speed can be used again.
        courier_shield_wait | 100 s | 0 .. 3 | Time until its shield can be used again.
        own_tower_health | share | 0 .. 1 | Health of the own outermost mid tower; 0 once lost.
        enemy_tower_health | share | 0 .. 1 | Health of the enemy's, as last seen; 0 once lost.
    """))

UNITS = Tensor(
    name="units",
    meaning=(
        "The units that the seat's team sees and that live. Unused rows are 0. `unit` and "
        "`target` of an action name these rows."),
    dtype=np.float32, rows=NUM_SHOWN_UNITS,
    row_meaning=(
        "Row 0 is the own hero, dead or alive; row 1 the enemy hero, 0 while it is unseen or dead; "
        "then other heroes and what the seat's player has summoned, couriers, lane creeps, other "
        "creeps, towers, barracks, Ancients, the rest, each kind nearest first"),
    columns=columns("""
        handle | whole number | 0 .. 16777215 | Names the unit for as long as it lives.
        dx | 2048 units | -11 .. 11 | Offset from the own hero.
        dy | 2048 units | -11 .. 11 | Offset from the own hero.
        distance | 2048 units | 0 .. 15 | Distance from the own hero, center to center.
        reach | 1000 units | -5 .. 30 | Distance left until the own hero can attack it.
        x | 8192 units | -2 .. 2 | Where it is.
        y | 8192 units | -2 .. 2 | Where it is.
        climb | 128 units | -15 .. 15 | Ground height above the own hero's.
        facing_cos | cosine | -1 .. 1 | Facing, east positive.
        facing_sin | sine | -1 .. 1 | Facing, north positive.
        health | 1000 hp | 0 .. 50 | Health.
        max_health | 1000 hp | 0 .. 50 | Greatest health.
        health_share | share | 0 .. 1 | Health as a share of the greatest.
        mana_share | share | 0 .. 1 | Mana as a share of the greatest; 0 without mana.
        armor | 20 armor | -5 .. 10 | Armor.
        damage | 100 damage | 0 .. 50 | Mean damage of its attack, bonus included.
        attack_range | 1000 units | 0 .. 5 | Attack range, hulls not counted.
        attack_interval | s | 0 .. 20 | Time from one attack to the next.
        attack_point | s | 0 .. 10 | Time from the start of a swing to its hit or launch.
        attack_age | s | 0 .. 5 | Time since its last attack landed or flew off; 5 if longer.
        projectile_speed | 1000 units/s | 0 .. 10 | Speed of its attack projectile; melee 0.
        move_speed | 500 units/s | 0 .. 5 | Move speed.
        level | 30 levels | 0 .. 2 | Level.
        attacks_me | 0 or 1 | 0 .. 1 | Whether it attacks the own hero.
        attackers | 10 units | 0 .. 5 | Visible units that attack it.
        incoming | 100 damage | 0 .. 50 | Damage, before armor, of visible attacks in flight at it.
        own_hit | 1000 hp | 0 .. 50 | What a mean attack of the own hero takes from it.
        target_row | row + 1 | 0 .. 48 | Row of the unit that it attacks, 0 for none shown.
    """))

UNIT_IDS = Tensor(
    name="unit_ids",
    meaning="What the units of `units` are, row by row.",
    dtype=np.uint8, rows=NUM_SHOWN_UNITS, row_meaning="as in `units`",
    columns=columns("""
        kind | UnitType | 0 .. 12 | 0 for an unused row.
        side | 1 own, 2 enemy, 3 neutral | 0 .. 3 | Whose it is.
        hero_id | hero id | 0 .. 255 | The game's number of the hero; 0 for other units.
        definition_low | number | 0 .. 255 | Row of the patch's definitions, modulo 256.
        definition_high | number | 0 .. 255 | Row of the patch's definitions, divided by 256.
        activity | 0 idle, 1 run, 2 attack, 3 die, 4 cast, 5 channel | 0 .. 5 | What its body \
is doing.
        states | bits | 0 .. 255 | 1 stunned, 2 rooted, 4 disarmed, 8 silenced, 16 hexed, \
32 invulnerable or immune to attacks, 64 magic immune, 128 invisible.
        traits | bits | 0 .. 255 | 1 siege, 2 piercing, 4 runty, 8 reinforced, 16 flagbearer, \
32 ranged attack, 64 ancient, 128 structure.
    """))

ABILITIES = Tensor(
    name="abilities",
    meaning="The own hero's abilities. Unused rows are 0.",
    dtype=np.float32, rows=NUM_ABILITY_SLOTS, row_meaning="ability slots, the last for attributes",
    columns=columns("""
        id | row + 1 | 0 .. 4096 | Row of the patch's abilities plus 1; 0 for an empty slot.
        level | levels | 0 .. 30 | Level learned.
        max_level | levels | 0 .. 30 | Greatest level.
        cooldown_wait | 10 s | 0 .. 100 | Time until it is ready.
        cooldown | 10 s | 0 .. 100 | Cooldown at this level.
        charges | charges | 0 .. 100 | Charges left.
        mana_cost | 100 mana | 0 .. 50 | Mana cost at this level.
        cast_range | 1000 units | 0 .. 30 | Cast range at this level.
        castable | 0 or 1 | 0 .. 1 | Whether it can be cast now.
        casting | 1 cast point, 2 channel | 0 .. 2 | What its caster is doing with it.
        toggled | 0 or 1 | 0 .. 1 | Whether it is switched on.
        autocast | 0 or 1 | 0 .. 1 | Whether attacks carry it by themselves.
        hidden | 0 or 1 | 0 .. 1 | Whether it is out of reach now, as before its Scepter.
        passive | 0 or 1 | 0 .. 1 | Whether it works by itself.
        takes_unit | 0 or 1 | 0 .. 1 | Whether it is cast on a unit.
        takes_point | 0 or 1 | 0 .. 1 | Whether it is cast on a place.
    """))

ITEMS = Tensor(
    name="items",
    meaning="The own player's items. Unused rows are 0.",
    dtype=np.float32, rows=NUM_ITEM_PLACES,
    row_meaning=(
        "item slots: 0 to 5 the inventory, 6 to 8 the backpack, 9 to 14 the stash, 15 town portal "
        "scrolls, 16 the neutral item, 17 to 25 what the courier carries"),
    columns=columns("""
        id | row + 1 | 0 .. 1024 | Row of the patch's items plus 1; 0 for an empty slot.
        level | levels | 0 .. 30 | Level.
        charges | charges | 0 .. 1000 | Charges left.
        cooldown_wait | 10 s | 0 .. 100 | Time until it is ready, out of the backpack too.
        cooldown | 10 s | 0 .. 100 | Cooldown.
        mana_cost | 100 mana | 0 .. 50 | Mana cost.
        cast_range | 1000 units | 0 .. 30 | Cast range.
        castable | 0 or 1 | 0 .. 1 | Whether it can be used now.
        toggled | 0 or 1 | 0 .. 1 | Whether it is switched on.
        rune | Rune + 1 | 0 .. 10 | The rune that a Bottle keeps, numbered as in `ground`; 0 for \
none.
    """))

EFFECTS = Tensor(
    name="effects",
    meaning=(
        "Modifiers on shown units, visible projectiles in flight at shown units, and those that "
        "fly straight. Unused rows are 0."),
    dtype=np.float32, rows=NUM_SHOWN_EFFECTS,
    row_meaning="on or at the own hero first, then the others",
    columns=columns("""
        kind | 1 modifier, 2 attack, 3 missile, 4 straight missile | 0 .. 4 | What it is.
        id | number | 0 .. 4096 | Modifier: its definition plus 1. Projectile: 0.
        on_row | row + 1 | 0 .. 48 | Row in `units` of who bears it or is aimed at.
        by_row | row + 1 | 0 .. 48 | Row in `units` of who made it, 0 if not shown.
        wait | 10 s | 0 .. 100 | Time until it ends or, where it flies to now, hits.
        amount | stacks or 100 damage | -50 .. 1000 | Stacks of a modifier, damage of a projectile.
        harmful | 0 or 1 | 0 .. 1 | A debuff, or a projectile of the other side.
        distance | 2048 units | 0 .. 15 | Projectile: distance from the own hero.
        dx | 2048 units | -11 .. 11 | Projectile: offset from the own hero.
        dy | 2048 units | -11 .. 11 | Projectile: offset from the own hero.
        radius | 1000 units | 0 .. 5 | Straight missile: how near it must come to hit.
    """))

GROUND = Tensor(
    name="ground",
    meaning=(
        "Items and runes that lie on the ground where the seat's team sees them. Unused rows are "
        "0. To take one is PICKUP_ITEM, or PICKUP_RUNE, with `position` at it."),
    dtype=np.float32, rows=NUM_SHOWN_GROUND_ITEMS, row_meaning="nearest first",
    columns=columns("""
        id | row + 1 | 0 .. 1024 | Row of the patch's items plus 1; 0 for a rune or unused row.
        rune | Rune + 1 | 0 .. 10 | 0 for an item, 1 amplify damage, 2 haste, 3 illusion, \
4 invisibility, 5 regeneration, 6 bounty, 7 arcane, 8 water, 10 shield.
        charges | charges | 0 .. 1000 | Charges left.
        x | 8192 units | -2 .. 2 | Where it lies.
        y | 8192 units | -2 .. 2 | Where it lies.
        dx | 2048 units | -11 .. 11 | Offset from the own hero.
        dy | 2048 units | -11 .. 11 | Offset from the own hero.
        distance | 2048 units | 0 .. 15 | Distance from the own hero.
        takeable | 0 or 1 | 0 .. 1 | Whether the own side may take it.
    """))

EVENTS = Tensor(
    name="events",
    meaning=(
        "What this seat may know of what happened since its last step, oldest first: its own "
        "gold, experience, items and refused orders, deaths of heroes and buildings, and what "
        "befell units that it sees. Of more than 64 the newest are shown. Unused rows are 0."),
    dtype=np.float32, rows=NUM_SHOWN_EVENTS, row_meaning="events",
    columns=columns("""
        kind | EventKind | 0 .. 63 | What happened; 1 is a refused order.
        clock | s | -90 .. 100000 | Game clock when it happened.
        subject | handle | 0 .. 16777215 | The unit that it happened to, 0 if unknown.
        object | handle | 0 .. 16777215 | The unit that did it, 0 if unknown.
        player | seat + 1 | 0 .. 10 | The player that it is credited to, 0 for none.
        reason | number | 0 .. 1023 | OrderResult, GoldReason, WinReason, Rune or row of the \
items, as the kind says.
        value | number | -100000 .. 100000 | Gold, experience, damage, level, charges or UnitOrder.
    """))

# What every seat sees, in the order of the observations.
ALWAYS = (STATE, UNITS, UNIT_IDS, ABILITIES, ITEMS, EFFECTS, GROUND)
