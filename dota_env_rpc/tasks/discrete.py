"""The small action space: one number that stands for a ready-made order."""

import math

import numpy as np

from dota_env_rpc.match.coordinates import WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import Lane, UnitOrder, UnitType
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT, SCROLL_SLOT, row_of
from dota_env_rpc.match.targeting import BEHAVIOR, TARGET_TYPE
from dota_env_rpc.match.words import NUM_TALENTS
from dota_env_rpc.sim.casting import behavior_of, bits_of
from dota_env_rpc.sim.state import ITEM_SLOT
from dota_env_rpc.tasks.actions import Field, fields_record
from dota_env_rpc.tasks.memory import NO_BUILDING

NUM_DIRECTIONS = 8
STEPS = (100.0, 600.0)  # map units
NUM_TARGETS = 24
NUM_CAST_SLOTS = 6  # of abilities, and of items

_COMPASS = (
    "east", "northeast", "north", "northwest", "west", "southwest", "south", "southeast")

_SINGLE = (
    ("continue", "Goes on with what it does."),
    ("stop", "Stops and stands; attacks what comes into reach."),
    ("hold", "Holds its position."),
    ("attack_forward", "Attack-moves along the middle lane toward the enemy's base."),
    ("attack_back", "Attack-moves along the middle lane toward the own base."),
    ("retreat", "Walks back to the own fountain."),
    ("level_attributes", "Spends an ability point on attributes."),
    ("glyph", "Uses the glyph of fortification."),
    ("buyback", "Buys the dead hero back."),
)
# What abilities and items are aimed at.
_AIMS = (
    ("self", "at the own hero, where it stands, or at nothing; switches what can be switched"),
    ("hero", "at the enemy hero, or where it is"),
    ("creep", "at the nearest enemy lane creep, or where it is"),
)
# Name and meaning of each action, by its number.
ACTIONS = (
    _SINGLE
    + tuple(
        (f"move_{name}_{step:.0f}", f"Walks {step:.0f} map units {name}.")
        for step in STEPS for name in _COMPASS)
    + tuple(
        (f"attack_{row}", f"Attacks the unit in row {row} of `units`.")
        for row in range(1, NUM_TARGETS + 1))
    + tuple(
        (f"learn_{slot}", f"Spends an ability point on row {slot} of `abilities`.")
        for slot in range(NUM_CAST_SLOTS))
    + tuple(
        (f"learn_talent_{place}", f"Takes talent {place} of the first tier that has none yet.")
        for place in range(2))
    + tuple(
        (f"{word}_{slot}_{aim}", f"{text} row {slot} of `{rows}` {where}.")
        for word, text, rows in (("cast", "Casts", "abilities"), ("use", "Uses", "items"))
        for slot in range(NUM_CAST_SLOTS) for aim, where in _AIMS)
    + (("teleport_home", "Uses a town portal scroll toward the own fountain."),
       ("teleport_lane", "Uses a town portal scroll toward the own outermost mid tower."))
)
NUM_ACTIONS = len(ACTIONS)

FIELD = Field(
    "action", (), np.int32, 0, NUM_ACTIONS - 1, 0, "Number of the action in the table of actions.")
DISCRETE = (FIELD,)
CHOSEN_ACTION = fields_record(DISCRETE)

_FIRST_MOVE = len(_SINGLE)
_FIRST_ATTACK = _FIRST_MOVE + NUM_DIRECTIONS * len(STEPS)
_FIRST_LEARN = _FIRST_ATTACK + NUM_TARGETS
_FIRST_TALENT = _FIRST_LEARN + NUM_CAST_SLOTS
_FIRST_CAST = _FIRST_TALENT + 2
_FIRST_TELEPORT = _FIRST_CAST + 2 * NUM_CAST_SLOTS * len(_AIMS)
_AIM_SELF, _AIM_HERO = 0, 1
_NUM_AIMS = len(_AIMS)
_MID = int(Lane.MID) - 1
_LANE_CREEP = int(UnitType.LANE_CREEP)

_NONE = int(UnitOrder.NONE)
_MOVE = int(UnitOrder.MOVE_TO_POSITION)
_ATTACK_MOVE = int(UnitOrder.ATTACK_MOVE)
_ATTACK = int(UnitOrder.ATTACK_TARGET)
_TRAIN = int(UnitOrder.TRAIN_ABILITY)
_CAST_POSITION = int(UnitOrder.CAST_POSITION)
_CAST_TARGET = int(UnitOrder.CAST_TARGET)
_CAST_TREE = int(UnitOrder.CAST_TARGET_TREE)
_CAST_NO_TARGET = int(UnitOrder.CAST_NO_TARGET)
_CAST_TOGGLE = int(UnitOrder.CAST_TOGGLE)
_CAST_TOGGLE_AUTO = int(UnitOrder.CAST_TOGGLE_AUTO)
_TAKES_UNIT = BEHAVIOR["unit_target"] | BEHAVIOR["optional_unit_target"]
_TAKES_POINT = BEHAVIOR["point"] | BEHAVIOR["optional_point"]
_TAKES_NOTHING = BEHAVIOR["no_target"] | BEHAVIOR["optional_no_target"]
_TOGGLE = BEHAVIOR["toggle"]
_AUTOCAST = BEHAVIOR["autocast"]
_TREE = TARGET_TYPE["tree"]
# Orders of the actions of _SINGLE.
_ORDERS = (
    _NONE, int(UnitOrder.STOP), int(UnitOrder.HOLD_POSITION), _ATTACK_MOVE, _ATTACK_MOVE, _MOVE,
    int(UnitOrder.TRAIN_ABILITY), int(UnitOrder.GLYPH), int(UnitOrder.BUYBACK))
_FORWARD, _BACK, _RETREAT, _LEVEL = 3, 4, 5, 6


@rule
def write_discrete(out, action, state, patch, memory, seat):
    """Writes the order that `action` stands for. out: ORDER record. state: STATE record."""
    tables = state.tables
    side = 0 if seat < 5 else 1
    out.order = _NONE
    out.unit = memory.handles[0]
    out.target = 0
    out.ability_slot = ATTRIBUTE_SLOT if action == _LEVEL else -1
    out.item_slot = -1
    out.item_to_buy = -1
    out.queue = 0
    out.x = 0.0
    out.y = 0.0
    out.x_end = 0.0
    out.y_end = 0.0
    if action >= _FIRST_TELEPORT:
        out.order = _CAST_POSITION
        out.item_slot = SCROLL_SLOT
        out.x = patch.hero_spawn_x[side, seat % 5]
        out.y = patch.hero_spawn_y[side, seat % 5]
        if action > _FIRST_TELEPORT and memory.own_tower != NO_BUILDING:
            tower = tables.units[row_of(memory.buildings[memory.own_tower].handle)]
            out.x = tower.x
            out.y = tower.y
    elif action >= _FIRST_CAST:
        place = (action - _FIRST_CAST) // _NUM_AIMS
        aim = (action - _FIRST_CAST) % _NUM_AIMS
        if place < NUM_CAST_SLOTS:
            out.ability_slot = place
            empty = tables.abilities[seat, place].definition < 0
        else:
            out.item_slot = place - NUM_CAST_SLOTS
            empty = tables.items[seat, out.item_slot].definition < 0
            place += ITEM_SLOT - NUM_CAST_SLOTS
        out.order = _CAST_NO_TARGET
        if not empty:
            _write_cast(out, state, patch, memory, seat, place, aim)
    elif action >= _FIRST_LEARN:
        out.order = _TRAIN
        out.ability_slot = action - _FIRST_LEARN
        if action >= _FIRST_TALENT:
            out.ability_slot = _next_talent(tables, patch, seat, action - _FIRST_TALENT)
    elif action >= _FIRST_ATTACK:
        out.order = _ATTACK
        out.target = memory.handles[1 + action - _FIRST_ATTACK]
    elif action >= _FIRST_MOVE:
        move = action - _FIRST_MOVE
        angle = (move % NUM_DIRECTIONS) * (2.0 * math.pi / NUM_DIRECTIONS)
        length = STEPS[move // NUM_DIRECTIONS]
        x = memory.hero_x
        y = memory.hero_y
        if memory.handles[0] != 0:
            hero = tables.units[row_of(memory.handles[0])]
            x = hero.x
            y = hero.y
        out.order = _MOVE
        out.x = min(max(x + length * math.cos(angle), WORLD_MIN), WORLD_MAX)
        out.y = min(max(y + length * math.sin(angle), WORLD_MIN), WORLD_MAX)
    else:
        out.order = _ORDERS[action]
        lane = patch.lanes[side, _MID]
        if action == _FORWARD:
            out.x = lane.x[lane.num_points - 1]
            out.y = lane.y[lane.num_points - 1]
        elif action == _BACK:
            out.x = lane.spawn_x
            out.y = lane.spawn_y
        elif action == _RETREAT:
            out.x = patch.hero_spawn_x[side, seat % 5]
            out.y = patch.hero_spawn_y[side, seat % 5]


@rule
def _write_cast(out, state, patch, memory, seat, slot, aim):
    """Writes the order to cast what lies in a slot, items from ITEM_SLOT on, at an aim.

    What cannot be aimed so becomes an order that the rules refuse.
    """
    tables = state.tables
    bits = bits_of(state, patch, seat, slot)
    target = memory.handles[0]
    if aim == _AIM_HERO:
        target = memory.handles[1]
    elif aim != _AIM_SELF:
        target = _nearest_creep(tables, memory, seat)
    out.target = target
    unit = tables.units[row_of(target)]
    out.x = unit.x
    out.y = unit.y
    out.order = _CAST_TARGET
    if aim == _AIM_SELF:
        if bits & _TOGGLE:
            out.order = _CAST_TOGGLE
        elif bits & _AUTOCAST:
            out.order = _CAST_TOGGLE_AUTO
        elif bits & _TAKES_NOTHING:
            out.order = _CAST_NO_TARGET
        elif behavior_of(tables, patch, seat, slot).target_kind & _TREE:
            out.order = _CAST_TREE
        elif bits & _TAKES_POINT and not bits & _TAKES_UNIT:
            out.order = _CAST_POSITION
    elif target != 0 and bits & _TAKES_POINT and not bits & _TAKES_UNIT:
        out.order = _CAST_POSITION


@rule
def _nearest_creep(tables, memory, seat):
    """Returns the handle of the first enemy lane creep that is shown, 0 for none."""
    for row in range(2, memory.num_shown):
        handle = memory.handles[row]
        unit = tables.units[row_of(handle)]
        if (handle != 0 and unit.unit_type == _LANE_CREEP
                and unit.team != tables.players[seat].team):
            return handle
    return 0


@rule
def _next_talent(tables, patch, seat, side):
    """Returns the slot of a talent of the first tier that has none yet, -1 for none."""
    slots = patch.definitions[tables.players[seat].definition].talent_slots
    for i in range(0, NUM_TALENTS, 2):
        if (slots[i] >= 0 and slots[i + 1] >= 0 and tables.abilities[seat, slots[i]].level == 0
                and tables.abilities[seat, slots[i + 1]].level == 0):
            return slots[i + side]
    return -1
