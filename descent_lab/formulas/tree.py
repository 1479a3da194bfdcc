"""The syntax tree of formulas: its nodes, the functions it knows, its value, and its plain text.

Formulas that a person typed and update rules written in Python become the same tree, so that one printer
and one evaluation serve both.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number or a named constant; `text` is how it was written."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """operator: one of + - * / ^, a comparison, `and`, `or`: 1 is true, 0 is false."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`then` where the condition holds, else `otherwise`."""

    condition: Node
    then: Node
    otherwise: Node


Node = Number | Variable | Negative | Binary | Call | Choice


# ---------------------------------------------------------------- values: nothing here ever raises


def _divide(a: float, b: float) -> float:
    if b != 0:
        return a / b
    return math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1, b)


def _power(a: float, b: float) -> float:
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.inf if a == 0 else math.nan


def _safe(function: Callable[[float], float]) -> Callable[[float], float]:
    def value(a: float) -> float:
        try:
            return function(a)
        except OverflowError:
            return math.copysign(math.inf, a) if function is math.sinh else math.inf
        except ValueError:
            return math.nan

    return value


def _logarithm(function: Callable[[float], float]) -> Callable[[float], float]:
    return _safe(lambda a: -math.inf if a == 0 else function(a))


_exp = _safe(math.exp)


def _sign(a: float) -> float:
    return 1.0 if a > 0 else -1.0 if a < 0 else a


def _whole(function: Callable[[float], int]) -> Callable[[float], float]:
    return lambda a: math.copysign(function(a), a) if math.isfinite(a) else a


def _inverse_tanh(a: float) -> float:
    return math.copysign(math.inf, a) if abs(a) == 1 else _safe(math.atanh)(a)


def _sigmoid(a: float) -> float:
    return 1 / (1 + _exp(-a))


def _least(*values: float) -> float:
    return math.nan if any(v != v for v in values) else min(values)


def _greatest(*values: float) -> float:
    return math.nan if any(v != v for v in values) else max(values)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of `fewest` to `most` arguments."""

    value: Callable[..., float]
    fewest: int = 1
    most: int = 1


MANY = 16

FUNCTIONS: Mapping[str, Function] = {
    "sin": Function(_safe(math.sin)),
    "cos": Function(_safe(math.cos)),
    "tan": Function(_safe(math.tan)),
    "asin": Function(_safe(math.asin)),
    "acos": Function(_safe(math.acos)),
    "atan": Function(_safe(math.atan)),
    "sinh": Function(_safe(math.sinh)),
    "cosh": Function(_safe(math.cosh)),
    "tanh": Function(_safe(math.tanh)),
    "asinh": Function(_safe(math.asinh)),
    "acosh": Function(_safe(math.acosh)),
    "atanh": Function(_inverse_tanh),
    "atan2": Function(math.atan2, 2, 2),
    "exp": Function(_exp),
    "log": Function(_logarithm(math.log)),
    "log10": Function(_logarithm(math.log10)),
    "log2": Function(_logarithm(math.log2)),
    "sqrt": Function(_safe(math.sqrt)),
    "cbrt": Function(math.cbrt),
    "erf": Function(math.erf),
    "floor": Function(_whole(math.floor)),
    "ceil": Function(_whole(math.ceil)),
    "abs": Function(math.fabs),
    "sign": Function(_sign),
    "sigmoid": Function(_sigmoid),
    "min": Function(_least, 2, MANY),
    "max": Function(_greatest, 2, MANY),
}

OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "^": _power,
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
    "==": lambda a, b: float(a == b),
    "!=": lambda a, b: float(a != b),
    "and": lambda a, b: float(a != 0 and b != 0),
    "or": lambda a, b: float(a != 0 or b != 0),
}


def evaluate(node: Node, values: Mapping[str, float], functions: Mapping[str, Function] = FUNCTIONS) -> float:
    """Value of a tree by plain float arithmetic; infinities and NaN instead of exceptions."""
    match node:
        case Number(value, _):
            return value
        case Variable(name):
            return values[name]
        case Binary(operator, left, right):
            return OPERATIONS[operator](evaluate(left, values, functions), evaluate(right, values, functions))
        case Negative(operand):
            return -evaluate(operand, values, functions)
        case Call(function, arguments):
            return functions[function].value(*[evaluate(a, values, functions) for a in arguments])
        case Choice(condition, then, otherwise):
            chosen = then if evaluate(condition, values, functions) != 0 else otherwise
            return evaluate(chosen, values, functions)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node, in reading order."""
    match node:
        case Number() | Variable():
            return ()
        case Negative(operand):
            return (operand,)
        case Binary(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
        case Choice(condition, then, otherwise):
            return condition, then, otherwise


def variables(node: Node) -> Iterator[str]:
    """Names of the variables, as often as they stand there."""
    if isinstance(node, Variable):
        yield node.name
    for child in children(node):
        yield from variables(child)


# ---------------------------------------------------------------- plain text

LEVELS: Mapping[str, int] = {
    "or": 1, "and": 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "==": 3, "!=": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "^": 7,
}  # fmt: skip
NEGATIVE, ATOM = 6, 9


def level(node: Node) -> int:
    """How tightly a node holds together: brackets are needed where a tighter one is expected."""
    match node:
        case Number(value, _):
            return NEGATIVE if value < 0 else ATOM
        case Variable() | Call():
            return ATOM
        case Negative():
            return NEGATIVE
        case Binary(operator, _, _):
            return LEVELS[operator]
        case Choice():
            return 0


def floors(operator: str) -> tuple[int, int]:
    """How tightly what stands before and behind an operator must hold together to need no brackets. `x < y < z` is said
    of three: a comparison that is compared needs them on both sides."""
    own = LEVELS[operator]
    return (own + 1 if own == LEVELS["<"] else own), own + 1


def plain(node: Node) -> str:
    """The tree as text that parses to the same value."""

    def bracketed(part: Node, floor: int) -> str:
        return plain(part) if level(part) >= floor else f"({plain(part)})"

    match node:
        case Number(_, text):
            return text
        case Variable(name):
            return name
        case Negative(operand):
            return "-" + bracketed(operand, NEGATIVE)
        case Binary("^", left, right):
            return f"{bracketed(left, ATOM)}^{bracketed(right, NEGATIVE)}"
        case Binary(operator, left, right):
            first, second = floors(operator)
            return f"{bracketed(left, first)} {operator} {bracketed(right, second)}"
        case Call(function, arguments):
            return f"{function}({', '.join(plain(a) for a in arguments)})"
        case Choice(condition, then, otherwise):
            return f"{bracketed(condition, 1)} ? {plain(then)} : {plain(otherwise)}"
