"""Turns the expressions of content into instructions that the rules carry out.

`%name` is a value of the ability that the expression stands in, `%ability.name` one of another
ability of the same hero, `%name@2` what an item's is at level 2. Names without a percent sign are
those of Field (`target.health`), of NAMES and of FUNCTIONS; numbers, arithmetic, comparisons and
`and`, `or`, `not` are as in Python.
"""

import ast
from collections.abc import Callable
import re

from dota_env_rpc.match import enums
from dota_env_rpc.match.words import Field, Instruction, Selector

UNITS = {
    "caster": Selector.CASTER, "target": Selector.TARGET, "attacker": Selector.ATTACKER,
    "parent": Selector.PARENT,
}
# What an expression may name, and the instruction that gives it.
NAMES = {
    "amount": (Instruction.AMOUNT, 0), "stacks": (Instruction.STACKS, 0),
    "elapsed": (Instruction.ELAPSED, 0), "remaining": (Instruction.REMAINING, 0),
    "r0": (Instruction.REGISTER, 0), "r1": (Instruction.REGISTER, 1),
    "r2": (Instruction.REGISTER, 2), "r3": (Instruction.REGISTER, 3),
    "level": (Instruction.ABILITY_LEVEL, 0), "is_day": (Instruction.IS_DAY, 0),
    "seconds": (Instruction.SECONDS, 0), "back_angle": (Instruction.BACK_ANGLE, 0),
    "charges": (Instruction.CHARGES, 0), "travelled": (Instruction.TRAVELLED, 0),
    "raw": (Instruction.RAW, 0), "mark": (Instruction.ATTACK_MARK, 0),
    "is_ready": (Instruction.IS_READY, 0), "toggled": (Instruction.TOGGLED, 0),
    "damage_type": (Instruction.DAMAGE_TYPE, 0), "is_planted": (Instruction.IS_PLANTED, 0),
    "front_angle": (Instruction.FRONT_ANGLE, 0),
    "alternative": (Instruction.ALTERNATIVE, 0), "vector_length": (Instruction.VECTOR_LENGTH, 0),
    "has_scepter": (Instruction.HAS_SCEPTER, 0), "has_shard": (Instruction.HAS_SHARD, 0),
    "rune": (Instruction.STORED_RUNE, 0),
}
OPERATORS = {
    ast.Add: Instruction.ADD, ast.Sub: Instruction.SUBTRACT, ast.Mult: Instruction.MULTIPLY,
    ast.Div: Instruction.DIVIDE, ast.Mod: Instruction.REMAINDER,
}
COMPARISONS = {ast.Lt: Instruction.LESS, ast.LtE: Instruction.LESS_EQUAL, ast.Eq: Instruction.EQUAL}
# Functions of numbers: the instruction, and how many numbers it takes.
FUNCTIONS = {
    "min": (Instruction.MINIMUM, 2), "max": (Instruction.MAXIMUM, 2),
    "floor": (Instruction.FLOOR, 1), "sqrt": (Instruction.SQUARE_ROOT, 1),
    "chance": (Instruction.CHANCE, 1), "random": (Instruction.RANDOM, 2),
}
# Percent signs of values, made into what Python can read.
VALUE_PATTERN = re.compile(
    r"%([A-Za-z_][A-Za-z0-9_]*)(?:\.([A-Za-z_][A-Za-z0-9_]*)|(@[0-9]+))?")


def value_named(found: re.Match) -> tuple[str, str]:
    """Returns the ability ("" for the own) and the name that a match of VALUE_PATTERN says.

    The name keeps the level that is asked for, as in `cooldown_duration@2`.
    """
    first, second, level = found.groups()
    return (first, second) if second else ("", first + (level or ""))


class ContentError(ValueError):
    """Content that cannot be: the message names the file's ability, the word, what is allowed."""


class Expression:
    """One expression of content, as instructions.

    Attributes:
        instructions: (Instruction, operand) in order; the end is not among them.
    """

    def __init__(
            self, text: str | float, place_of_value: Callable[[str, str], int],
            row_of: Callable[[str, str], int]):
        """Reads an expression.

        Args:
            text: What content says: a number, or an expression.
            place_of_value: Returns the place of a value from its ability ("" for the own) and
                its name.
            row_of: Returns the row of a "modifier" or an "ability" of a name.

        Raises:
            ContentError: it names something unknown or is no expression.
        """
        self.instructions: list[tuple[int, float]] = []
        self._text = str(text)
        self._values: list[tuple[str, str]] = []
        self._place_of_value = place_of_value
        self._row_of = row_of
        readable = VALUE_PATTERN.sub(self._keep_value, self._text)
        try:
            tree = ast.parse(readable, mode="eval").body
        except SyntaxError as error:
            raise ContentError(f"{self._text!r} is no expression: {error.msg}") from error
        self._read(tree)

    def _keep_value(self, found: re.Match) -> str:
        self._values.append(value_named(found))
        return f"_value{len(self._values) - 1}"

    def _add(self, instruction: int, operand: float = 0.0) -> None:
        self.instructions.append((int(instruction), float(operand)))

    def _read(self, node: ast.expr) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            self._add(Instruction.CONSTANT, node.value)
        elif isinstance(node, ast.Name):
            self._read_name(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr not in Field.__members__:
                raise ContentError(
                    f"{self._text!r}: units have no {node.attr!r}, but "
                    f"{', '.join(Field.__members__)}")
            self._add(Instruction.FIELD, self._unit(node.value) * 64 + Field[node.attr])
        elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            self._read(node.left)
            self._read(node.right)
            self._add(OPERATORS[type(node.op)])
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
            self._read(node.operand)
            self._add(Instruction.NEGATE if isinstance(node.op, ast.USub) else Instruction.NOT)
        elif isinstance(node, ast.BoolOp):
            word = Instruction.AND if isinstance(node.op, ast.And) else Instruction.OR
            self._read(node.values[0])
            for value in node.values[1:]:
                self._read(value)
                self._add(word)
        elif isinstance(node, ast.IfExp):
            for part in (node.test, node.body, node.orelse):
                self._read(part)
            self._add(Instruction.WHEN)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            self._compare(node.left, node.ops[0], node.comparators[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            self._call(node.func.id, node.args)
        else:
            raise ContentError(f"{self._text!r}: {ast.unparse(node)!r} cannot be read")

    def _read_name(self, name: str) -> None:
        if name.startswith("_value"):
            ability, value = self._values[int(name.removeprefix("_value"))]
            self._add(Instruction.VALUE, self._place_of_value(ability, value))
        elif name in NAMES:
            self._add(*NAMES[name])
        else:
            raise ContentError(
                f"{self._text!r}: nothing is named {name!r}; there are {', '.join(NAMES)}, units "
                f"({', '.join(UNITS)}) with a dot, and values with a percent sign")

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> None:
        if isinstance(operator, (ast.Gt, ast.GtE)):
            left, right = right, left
            operator = ast.Lt() if isinstance(operator, ast.Gt) else ast.LtE()
        self._read(left)
        self._read(right)
        if isinstance(operator, ast.NotEq):
            self._add(Instruction.EQUAL)
            self._add(Instruction.NOT)
        elif type(operator) in COMPARISONS:
            self._add(COMPARISONS[type(operator)])
        else:
            raise ContentError(f"{self._text!r}: a comparison that cannot be read")

    def _call(self, name: str, arguments: list[ast.expr]) -> None:
        if name in FUNCTIONS:
            instruction, count = FUNCTIONS[name]
            self._count(name, arguments, count)
            for argument in arguments:
                self._read(argument)
            self._add(instruction)
        elif name == "distance":
            self._count(name, arguments, 2)
            first = self._unit(arguments[0])
            if isinstance(arguments[1], ast.Name) and arguments[1].id == "point":
                self._add(Instruction.POINT_DISTANCE, first * 8)
            else:
                self._add(Instruction.DISTANCE, first * 8 + self._unit(arguments[1]))
        elif name in ("stacks_of", "has"):
            self._count(name, arguments, 2)
            row = self._row_of("modifier", self._string(arguments[1]))
            self._add(Instruction.STACKS_OF, self._unit(arguments[0]) * 4096 + row)
        elif name == "state":
            self._count(name, arguments, 2)
            word = self._string(arguments[1]).removeprefix("MODIFIER_STATE_")
            if not isinstance(getattr(enums, word, None), int):
                raise ContentError(f"{self._text!r}: there is no state {word!r}")
            self._add(Instruction.CONSTANT, getattr(enums, word))
            self._add(Instruction.STATE, self._unit(arguments[0]))
        elif name == "learned":
            self._count(name, arguments, 1)
            self._add(Instruction.LEARNED, self._row_of("ability", self._string(arguments[0])))
        else:
            raise ContentError(
                f"{self._text!r}: there is no function {name!r}, but {', '.join(FUNCTIONS)}, "
                "distance, stacks_of, has, state, learned")

    def _count(self, name: str, arguments: list, count: int) -> None:
        if len(arguments) != count:
            raise ContentError(f"{self._text!r}: {name} takes {count} arguments")

    def _unit(self, node: ast.expr) -> int:
        if not isinstance(node, ast.Name) or node.id not in UNITS:
            raise ContentError(
                f"{self._text!r}: {ast.unparse(node)!r} is no unit; there are {', '.join(UNITS)}")
        return int(UNITS[node.id])

    def _string(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            raise ContentError(f"{self._text!r}: {ast.unparse(node)!r} is to be a name in quotes")
        return node.value
