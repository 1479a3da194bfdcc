"""Tree -> LaTeX, in the form in which it was written: nothing is simplified."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from descent_lab.formulas.tree import (
    ATOM,
    LEVELS,
    NEGATIVE,
    Binary,
    Call,
    Choice,
    Negative,
    Node,
    Number,
    Variable,
    floors,
)

Written = tuple[str, float]
"""LaTeX, and how tightly it holds together (see `tree.level`)."""

FRACTION = 6.5  # needs brackets as the base of a power, and nowhere else
_PRODUCT, _POWER = LEVELS["*"], LEVELS["^"]

_NAMES = {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "log": r"\ln", "log2": r"\log_{2}",
    "asinh": r"\operatorname{arsinh}", "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}",
    "log10": r"\log_{10}", "sigmoid": r"\sigma", "sign": r"\operatorname{sign}",
} | {name: "\\" + name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "min", "max")}  # fmt: skip
_SIGNS = {
    "<=": r"\le", ">=": r"\ge", "==": "=", "!=": r"\ne", "and": r"\text{ and }", "or": r"\text{ or }",
}  # fmt: skip
_NEXT = r" \\ "
_CONSTANTS = {"pi": r"\pi", "e": "e"}


def latex(node: Node, leaf: Callable[[str], Written]) -> str:
    """LaTeX of a tree; `leaf` writes its variables."""
    return _write(node, leaf)[0]


def measured(value: float) -> Written:
    """A number that was computed, to four significant digits."""
    if math.isnan(value):
        return r"\text{undefined}", ATOM
    if math.isinf(value):
        return (r"\infty", ATOM) if value > 0 else (r"-\infty", NEGATIVE)
    whole = 1e4 <= abs(value) < 1e6
    return number(f"{value:.0f}" if whole else f"{value:.4g}")


def number(text: str) -> Written:
    """A number as it is written in programs."""
    if text in _CONSTANTS:
        return _CONSTANTS[text], ATOM
    mantissa, _, exponent = text.lower().partition("e")
    bracketless = NEGATIVE if mantissa.startswith("-") else ATOM
    if not exponent:
        return mantissa, bracketless
    power = f"10^{{{int(exponent)}}}"
    if float(mantissa) == 1:
        return power, _POWER
    return rf"{mantissa} \times {power}", min(bracketless, _PRODUCT)


def name(text: str, symbols: Mapping[str, str]) -> Written:
    """A variable: its symbol, else a letter with its index (`m1`), else the word."""
    if text in symbols:
        symbol = symbols[text]
        return symbol, (ATOM if "^" not in symbol and "'" not in symbol else _POWER)
    letter, index = text[:1], text[1:]
    if not index:
        return letter, ATOM
    if index.isdecimal():
        return f"{letter}_{{{index}}}", ATOM
    return rf"\text{{{text.replace('_', ' ')}}}", ATOM


def _bracketed(written: str) -> str:
    return rf"\left({written}\right)"


def _write(node: Node, leaf: Callable[[str], Written]) -> Written:
    def part(child: Node, floor: float) -> str:
        written, level = _write(child, leaf)
        return written if level >= floor else _bracketed(written)

    def term(child: Node, floor: float) -> str:
        """What follows a sign: it must not begin with another."""
        written = part(child, floor)
        return _bracketed(written) if written.startswith("-") else written

    match node:
        case Number(_, text):
            return number(text)
        case Variable(variable):
            return leaf(variable)
        case Negative(operand):
            return f"-{term(operand, _PRODUCT)}", NEGATIVE
        case Binary("*", left, right):
            return _juxtaposed(part(left, _PRODUCT), part(right, FRACTION)), _PRODUCT
        case Binary("/", left, right):
            return rf"\frac{{{part(left, 0)}}}{{{part(right, 0)}}}", FRACTION
        case Binary("^", left, right):
            return f"{part(left, ATOM)}^{{{part(right, 0)}}}", _POWER
        case Binary(operator, left, right):
            first, second = floors(operator)
            sign = _SIGNS.get(operator, operator)
            return f"{part(left, first)} {sign} {term(right, second)}", LEVELS[operator]
        case Call("sqrt", (argument,)):
            return rf"\sqrt{{{part(argument, 0)}}}", ATOM
        case Call("cbrt", (argument,)):
            return rf"\sqrt[3]{{{part(argument, 0)}}}", ATOM
        case Call("floor" | "ceil" as side, (argument,)):
            return rf"\left\l{side} {part(argument, 0)} \right\r{side}", ATOM
        case Call("abs", (argument,)):
            return rf"\left|{part(argument, 0)}\right|", ATOM
        case Call(function, arguments):
            called = _NAMES.get(function, rf"\operatorname{{{function}}}")
            return called + _bracketed(", ".join(part(a, 0) for a in arguments)), ATOM
        case Choice():
            return _cases(node, part), 0


def _cases(node: Node, part: Callable[[Node, float], str]) -> str:
    rows: list[str] = []
    while isinstance(node, Choice):
        rows.append(rf"{part(node.then, 0)} & \text{{if }} {part(node.condition, 0)}")
        node = node.otherwise
    rows.append(rf"{part(node, 0)} & \text{{otherwise}}")
    return rf"\begin{{cases}} {_NEXT.join(rows)} \end{{cases}}"


def _juxtaposed(left: str, right: str) -> str:
    """A product: without a sign, but a dot where two numbers would run together or look mixed."""
    after_number = left[-1].isdigit() or left[-1] == "."
    mixed = after_number and right.startswith((r"\frac", r"\left(-", r"\infty"))
    if mixed or right[0].isdigit() or right[0] == ".":
        return rf"{left} \cdot {right}"
    if after_number or right.startswith(r"\left"):
        return f"{left} {right}"
    return rf"{left} \, {right}"
