"""The small action space: one number that stands for a ready-made order."""

import math

import numpy as np

from dota_env_rpc.match.coordinates import WORLD_MAX, WORLD_MIN
from dota_env_rpc.match.enums import Lane, UnitOrder
from dota_env_rpc.match.rule import rule
from dota_env_rpc.match.tables import ATTRIBUTE_SLOT, row_of
from dota_env_rpc.tasks.actions import Field, fields_record

NUM_DIRECTIONS = 8
STEPS = (100.0, 600.0)  # map units
NUM_TARGETS = 24

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
# Name and meaning of each action, by its number.
ACTIONS = (
    _SINGLE
    + tuple(
        (f"move_{name}_{step:.0f}", f"Walks {step:.0f} map units {name}.")
        for step in STEPS for name in _COMPASS)
    + tuple(
        (f"attack_{row}", f"Attacks the unit in row {row} of `units`.")
        for row in range(1, NUM_TARGETS + 1))
)
NUM_ACTIONS = len(ACTIONS)

FIELD = Field(
    "action", (), np.int32, 0, NUM_ACTIONS - 1, 0, "Number of the action in the table of actions.")
DISCRETE = (FIELD,)
CHOSEN_ACTION = fields_record(DISCRETE)

_FIRST_MOVE = len(_SINGLE)
_FIRST_ATTACK = _FIRST_MOVE + NUM_DIRECTIONS * len(STEPS)
_MID = int(Lane.MID) - 1

_NONE = int(UnitOrder.NONE)
_MOVE = int(UnitOrder.MOVE_TO_POSITION)
_ATTACK_MOVE = int(UnitOrder.ATTACK_MOVE)
_ATTACK = int(UnitOrder.ATTACK_TARGET)
# Orders of the actions of _SINGLE.
_ORDERS = (
    _NONE, int(UnitOrder.STOP), int(UnitOrder.HOLD_POSITION), _ATTACK_MOVE, _ATTACK_MOVE, _MOVE,
    int(UnitOrder.TRAIN_ABILITY), int(UnitOrder.GLYPH), int(UnitOrder.BUYBACK))
_FORWARD, _BACK, _RETREAT, _LEVEL = 3, 4, 5, 6


@rule
def write_discrete(out, action, tables, patch, memory, seat):
    """Writes the order that `action` stands for. out: ORDER record."""
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
    if action >= _FIRST_ATTACK:
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
