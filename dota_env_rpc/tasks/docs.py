"""Writes docs/observations.md and docs/settings.md from the tables that the code runs on.

    python -m dota_env_rpc.tasks.docs [FOLDER]
"""

import argparse
from collections.abc import Iterable, Sequence
import pathlib

import numpy as np

from dota_env_rpc.match.enums import UnitOrder
from dota_env_rpc.tasks.actions import ORDERS
from dota_env_rpc.tasks.columns import Tensor, describe
from dota_env_rpc.tasks.discrete import ACTIONS, DISCRETE
from dota_env_rpc.tasks.masks import (
    MASK_ACTION_SHAPE,
    MASK_BUY_SHAPE,
    MASK_CAST_SHAPE,
    MASK_ORDER_SHAPE,
)
from dota_env_rpc.tasks.observations import ALWAYS, EVENTS
from dota_env_rpc.tasks.rewards import REWARD_TERMS, TERMS
from dota_env_rpc.tasks.seat import MINIMAP_SIZE
from dota_env_rpc.tasks.settings import MOST_LISTED, Setting
from dota_env_rpc.tasks.task import load_task, task_names
from dota_env_rpc.tasks.unit_masks import MASK_UNIT_SHAPE

GENERATED = "Written by `python -m dota_env_rpc.tasks.docs`; changes belong in the tables it reads."


def observations_page() -> str:
    """Returns the page about observations and actions."""
    parts = [
        "# Observations and actions",
        GENERATED,
        "Shapes are those of one seat in one match. A world with `num_matches` above 1, or a "
        "client with several `seats`, puts an axis of N = num_matches x seats rows in front of "
        "every tensor (row = match x seats + place in `seats`), and has two observations more: "
        "`discount` FLOAT [N] and `step_type` UINT8 [N] (0 FIRST, 1 MID, 2 LAST).",
        "A seat is shown what its team sees and no more. Values outside a column's range are "
        "shown as the nearest that is inside; nothing is ever NaN or infinite. The property "
        "`columns` holds this page as data, with a digest that a stored policy can compare. The "
        f"digest of what is always there is `{describe([REWARD_TERMS, *ALWAYS])['digest']}`.",
        "## Observations",
        _table(
            ("name", "type", "shape", "what"),
            [("`reward`", "FLOAT", "[]", "Weighted sum of the reward terms since the last step.")]
            + [_tensor_row(tensor) for tensor in (REWARD_TERMS, *ALWAYS)]
            + [
                ("`mask.order`", "UINT8", _shape(MASK_ORDER_SHAPE),
                 "With `action_space` \"orders\": which orders the rules accept now. See below."),
                ("`mask.cast`", "UINT8", _shape(MASK_CAST_SHAPE),
                 "Likewise: which rows of `units` each ability and item may be cast on; all 0 "
                 "while nothing can be cast."),
                ("`mask.buy`", "UINT8", _shape(MASK_BUY_SHAPE),
                 "Likewise: which rows of the patch's items may be bought, as `item_to_buy` names "
                 "them."),
                ("`mask.unit`", "UINT8", _shape(MASK_UNIT_SHAPE),
                 "Likewise: which orders the units in the rows of `units` take from this seat. "
                 "See below."),
                ("`mask.action`", "UINT8", _shape(MASK_ACTION_SHAPE),
                 "With `action_space` \"discrete\", in place of the other four: which actions the "
                 "rules accept now."),
            ]),
        "Only when the join setting `observations` names them:",
        _table(
            ("name", "type", "shape", "what"),
            [
                ("`rgb`", "UINT8", "[rgb_size, rgb_size, 3]",
                 "The map around the own hero from above, north up, under fog."),
                ("`minimap`", "UINT8", f"[{MINIMAP_SIZE}, {MINIMAP_SIZE}, 3]",
                 "The whole map, north up, under fog."),
                _tensor_row(EVENTS),
                ("`world_state`", "PROTO", "[]",
                 "A `CMsgBotWorldState`: what the game tells its bots, field by field as "
                 "[world_state.md](world_state.md) says."),
            ]),
        "### rgb and minimap",
        "Radiant is green, Dire red. Heroes and creeps are discs whose nose points where they "
        "face, and the own hero wears a white ring; towers are discs with a ring inside; other "
        "buildings are squares that stand on a corner, barracks and Ancients with a pale middle. "
        "Projectiles are pale dots with a trail. In `rgb` bars above units tell their health, "
        "green for the own side and red for others, and a hero's mana in blue. What the team does "
        "not see is left out, ground that it does not see is darker, and nights are dim.",
        "### mask.order",
        "Row by UnitOrder; column 0 says whether the order is allowed at all, columns 1 to 48 "
        "which rows of `units` may be its `target`, 49 to 72 which `ability`, 73 to 89 which "
        "`item`, also one that is cast, whose `ability` is 24 plus its row. An order of the own "
        "hero that is not queued is accepted if and only if the columns of all that it reads are "
        "1; what it does not read may be anything. A place inside the map is always allowed. "
        "`NONE` always is. For MOVE_ITEM the targets are slots, for SET_ITEM_COMBINE_LOCK, "
        "PICKUP_ITEM and PICKUP_RUNE any. Two orders take one more mask: CAST_TARGET needs 1 in "
        "`mask.cast` for its ability or item and its target, and PURCHASE_ITEM 1 in `mask.buy` "
        "for `item_to_buy`: gold, stock, shop and room decide.",
        "### mask.unit",
        "Row by row of `units`; columns 0 to 40 say which UnitOrders the unit takes, if it is one "
        "of the seat's own beside the hero and the order is not queued. Column 41 says whether own "
        "units may follow the unit (MOVE_TO_TARGET), 42 whether they may attack it "
        "(ATTACK_TARGET), no unit itself; from 43 on which of its abilities it may use "
        "(CAST_NO_TARGET): of the courier 0 takes what lies in the stash, 1 goes to the secret "
        "shop, 2 brings its load back to the stash, 3 is the burst of speed, 4 brings its load to "
        "the hero, 5 is the shield, 7 does 0 and then 4, and 9 goes to the enemy's secret shop. "
        "An order of such a unit is accepted if and only if these columns are 1. Without an order, "
        "or when it is done or stopped, summons and illusions follow the hero and fight.",
    ]
    for tensor in (*ALWAYS, EVENTS):
        parts += _columns(tensor)
    parts += [
        "## Actions",
        "All actions are optional. `action_space` \"orders\":",
        _table(
            ("name", "type", "range", "default", "what"),
            [_field_row(field) for field in ORDERS]),
        "`order` is one of:",
        _table(("number", "order"), [(str(int(order)), order.name) for order in UnitOrder]),
        "An order that the rules refuse is a no-op: `state.order_refused` and `events` tell it, "
        "with the reasons of [events.md](events.md). A value outside its range is an error, and "
        "the match does not move.",
        "`action_space` \"discrete\", which neither buys nor sends the courier: with the join "
        "setting `item_build` \"auto\" a script does both.",
        _table(
            ("name", "type", "range", "default", "what"),
            [_field_row(field) for field in DISCRETE]),
        _table(
            ("number", "name", "what"),
            [(str(number), name, meaning) for number, (name, meaning) in enumerate(ACTIONS)]),
        "## Rewards",
        "`reward` is the sum of each term of `reward_terms` times its weight, the world setting "
        "`reward.<term>`. Terms compare the match with what it was at the seat's last step.",
        _table(
            ("term", "default weight", "what", "source of the weight"),
            [(f"`{term.name}`", f"{term.weight:g}", term.formula, term.source)
             for term in TERMS]),
        "`reward.zero_sum` takes the mean of the enemies' rewards off. Both sides count once in "
        + ", ".join(f"`{term.name}`" for term in TERMS if term.two_sided)
        + " already, so these are not taken off again. It tells a seat what its enemies earn.",
    ]
    return "\n\n".join(parts) + "\n"


def settings_page() -> str:
    """Returns the page about settings."""
    parts = [
        "# Settings",
        GENERATED,
        "Settings are given by name: to CreateWorld and ResetWorld those of a world, to JoinWorld "
        "those of joining, and all of them to `make`. Numbers may come in any type that holds the "
        "same value. An unknown name or a value that is not allowed is refused with a sentence "
        "that says what is.",
    ]
    for name in task_names():
        task = load_task(name)
        parts += [f"## {name}", task.meaning]
        if task.base:
            base = load_task(task.base)
            parts += ["These defaults differ:", _settings_table(
                setting for setting in task.world_settings.values()
                if setting != base.world_settings[setting.name])]
            continue
        parts += [
            "### World settings", _settings_table(task.world_settings.values()),
            "### Join settings", _settings_table(task.join_settings.values()),
        ]
    return "\n\n".join(parts) + "\n"


def write(folder: pathlib.Path) -> None:
    """Writes both pages."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "observations.md").write_text(observations_page(), encoding="utf-8")
    (folder / "settings.md").write_text(settings_page(), encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _shape(shape: Sequence[int]) -> str:
    return f"[{', '.join(map(str, shape))}]"


def _tensor_row(tensor: Tensor) -> tuple[str, ...]:
    kind = "UINT8" if tensor.dtype is np.uint8 else "FLOAT"
    return f"`{tensor.name}`", kind, _shape(tensor.shape), tensor.meaning


def _columns(tensor: Tensor) -> list[str]:
    parts = [f"### {tensor.name}"]
    if tensor.row_meaning:
        parts.append(f"Rows: {tensor.row_meaning}.")
    parts.append(_table(
        ("column", "name", "1.0 means", "range", "what"),
        [(str(place), f"`{column.name}`", column.unit,
          f"{_number(column.minimum)} to {_number(column.maximum)}", column.meaning)
         for place, column in enumerate(tensor.columns)]))
    return parts


def _field_row(field) -> tuple[str, ...]:
    kind = "INT32" if field.dtype is np.int32 else "FLOAT"
    return (
        f"`{field.name}`", f"{kind} {_shape(field.shape)}",
        f"{_number(field.minimum)} to {_number(field.maximum)}", _number(field.default),
        field.meaning)


def _settings_table(settings: Iterable[Setting]) -> str:
    return _table(
        ("name", "kind", "default", "allowed", "what"),
        [(f"`{setting.name}`", setting.kind.upper(), _default(setting), _allowed(setting),
          setting.meaning) for setting in settings])


def _default(setting: Setting) -> str:
    if isinstance(setting.default, tuple):
        return ", ".join(map(str, setting.default)) or "none"
    if isinstance(setting.default, float):
        return _number(setting.default)
    return str(setting.default) or "(empty)"


def _allowed(setting: Setting) -> str:
    if len(setting.choices) > MOST_LISTED:
        return "a known name"
    if setting.choices:
        others = [f"{setting.prefix}..."] if setting.prefix else []
        return ", ".join([choice or "(empty)" for choice in setting.choices] + others)
    low, high = setting.minimum, setting.maximum
    if low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    if low is not None:
        return f"at least {_number(low)}"
    return "any"


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value == value // 1 and abs(value) < 1e18 else f"{value:g}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        "python -m dota_env_rpc.tasks.docs", description="Writes the generated pages of tasks.")
    parser.add_argument("folder", nargs="?", default="docs", type=pathlib.Path,
                        help="where they go; docs without it")
    write(parser.parse_args().folder)
