"""A graph of arithmetic in which equal nodes are one node, and the straight-line code that computes it.

`Graph` simplifies as it builds: constants are folded, 0 + and 1 * vanish, signs and constant factors move
outwards so that products share what is left, and integer powers are multiplied out from shared smaller ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MULTIPLIED_OUT = 16
"""Integer powers up to this one become products."""

INLINE = 48
"""An operation used once is written inside the one that uses it, while that stays below so many characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A node of a graph. Nodes are interned: the same operation on the same nodes is the same object."""

    operator: str  # "number", "variable", + - * / "neg", "call", or the comparison of a choice
    arguments: tuple[Term, ...] = ()
    value: float = 0.0  # of a number
    name: str = ""  # of a variable or a called function

    @property
    def constant(self) -> bool:
        return self.operator == "number"

    def has(self, value: float) -> bool:
        """Whether this is the number `value`."""
        return self.constant and self.value == value


class Graph:
    """Builds terms."""

    def __init__(self) -> None:
        self._terms: dict[tuple[object, ...], Term] = {}
        self.zero = self.number(0.0)
        self.one = self.number(1.0)

    def _term(self, operator: str, *arguments: Term, value: float = 0.0, name: str = "") -> Term:
        # The sign of a zero is part of its identity.
        key = (operator, *map(id, arguments), value, math.copysign(1, value), name)
        return self._terms.setdefault(key, Term(operator, arguments, value, name))

    def number(self, value: float) -> Term:
        return self._term("number", value=value)

    def variable(self, name: str) -> Term:
        return self._term("variable", name=name)

    def call(self, function: str, *arguments: Term) -> Term:
        """A function of module math. Not folded: the compiler folds it with the function's own rounding."""
        return self._term("call", *arguments, name=function)

    def choose(self, comparison: str, a: Term, b: Term, then: Term, otherwise: Term) -> Term:
        """`then` where a compares so with b, else `otherwise`."""
        return then if then is otherwise else self._term(comparison, a, b, then, otherwise)

    def _folded(self, value: float) -> Term | None:
        """A number, unless the fold would overflow: then the program may find out when it runs."""
        return self.number(value) if math.isfinite(value) else None

    def _split(self, a: Term) -> tuple[float, Term]:
        """a = factor * rest."""
        if a.operator == "neg":
            return -1.0, a.arguments[0]
        if a.operator == "*" and a.arguments[0].constant:
            return a.arguments[0].value, a.arguments[1]
        return 1.0, a

    def _scaled(self, factor: float, a: Term) -> Term:
        if factor == 1:
            return a
        return self._term("neg", a) if factor == -1 else self._term("*", self.number(factor), a)

    def neg(self, a: Term) -> Term:
        return self.mul(self.number(-1.0), a)

    def add(self, a: Term, b: Term) -> Term:
        if a.constant and b.constant and (folded := self._folded(a.value + b.value)):
            return folded
        if a.has(0):
            return b
        if b.has(0):
            return a
        factor, p = self._split(a)
        other, q = self._split(b)
        if factor == other != 1:  # 2 p + 2 q is 2 (p + q)
            return self._scaled(factor, self.add(p, q))
        if factor == -other and abs(factor) != 1:
            return self._scaled(factor, self.sub(p, q))
        if other < 0:
            return self._term("-", a, self._scaled(-other, q))
        if factor == -1:
            return self._term("-", b, p)
        if a.constant:  # numbers last: y - 1, not -1 + y
            a, b = b, a
        if b.constant and b.value < 0:
            return self._term("-", a, self.number(-b.value))
        return self._term("+", a, b)

    def sub(self, a: Term, b: Term) -> Term:
        if b.constant or b.operator == "neg":
            return self.add(a, self.neg(b))
        if a.has(0):
            return self.neg(b)
        factor, p = self._split(a)
        other, q = self._split(b)
        if factor == other != 1:
            return self._scaled(factor, self.sub(p, q))
        if factor == -other and abs(factor) != 1:
            return self._scaled(factor, self.add(p, q))
        if factor == -1:  # -p - b
            return self._scaled(-1.0, self.add(p, b))
        if other < 0:
            return self._term("+", a, self._scaled(-other, q))
        return self._term("-", a, b)

    def mul(self, a: Term, b: Term) -> Term:
        if a.constant and b.constant and (folded := self._folded(a.value * b.value)):
            return folded
        if a.has(0) or b.has(0):
            return self.zero
        factor, p = (a.value, self.one) if a.constant else self._split(a)
        other, q = (b.value, self.one) if b.constant else self._split(b)
        product = factor * other
        if math.isfinite(product) and product != 0:
            if p is self.one:
                return self._scaled(product, q)
            if q is self.one:
                return self._scaled(product, p)
            return self._scaled(product, self._product(p, q))
        return self._term("*", a, b)

    def _product(self, a: Term, b: Term) -> Term:
        # Commutative: x*y and y*x are one node. Prefer the order in which it was met first.
        key = ("*", id(b), id(a), 0.0, 1.0, "")
        return self._terms.get(key) or self._term("*", a, b)

    def div(self, a: Term, b: Term) -> Term:
        if a.constant and b.constant and b.value != 0 and (folded := self._folded(a.value / b.value)):
            return folded
        if a.has(0):
            return self.zero
        if b.has(1):
            return a
        if b.operator == "neg":
            return self.div(self.neg(a), b.arguments[0])
        if a.operator == "neg":
            return self.neg(self._term("/", a.arguments[0], b))
        return self._term("/", a, b)

    def power(self, a: Term, n: int) -> Term:
        """a to the n >= 0, by products."""
        if n == 0:
            return self.one
        if n == 1:
            return a
        return self.mul(self.power(a, n - n // 2), self.power(a, n // 2))


# ---------------------------------------------------------------- code


def _written(term: Term, parts: Sequence[str]) -> str:
    """A call or a choice; a choice becomes a select, so that loops vectorise."""
    if term.operator == "call":
        return f"{term.name}({', '.join(parts)})"
    return f"({parts[2]} if {parts[0]} {term.operator} {parts[1]} else {parts[3]})"


_LEVELS: Mapping[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3}
_ATOM = 9


def straight_line(results: Sequence[Term]) -> tuple[list[str], tuple[str, ...]]:
    """Statements `t0 = ...` that compute the terms, and the expressions of the terms in them."""
    order, uses = schedule(results)
    statements: list[str] = []
    texts: dict[Term, tuple[str, int]] = {}  # how a term is written, and how tightly that holds together

    def part(term: Term, floor: int) -> str:
        text, level = texts[term]
        return text if level >= floor else f"({text})"

    for term in order:
        level = _LEVELS.get(term.operator, _ATOM)
        if term.operator in ("+", "-", "*", "/"):
            left, right = term.arguments
            text = f"{part(left, level)} {term.operator} {part(right, level + 1)}"
        elif term.operator == "neg":
            text = f"-{part(term.arguments[0], level)}"
        elif term.operator == "number":
            text, level = repr(term.value), (_ATOM if term.value >= 0 else _LEVELS["neg"])
        elif term.operator == "variable":
            text = term.name
        else:
            text = _written(term, [part(argument, _LEVELS["+"]) for argument in term.arguments])
        leaf = term.operator in ("number", "variable")
        if not leaf and (uses[term] > 1 or len(text) > INLINE):
            statements.append(f"t{len(statements)} = {text}")
            text, level = f"t{len(statements) - 1}", _ATOM
        texts[term] = text, level
    return statements, tuple(texts[term][0] for term in results)


def schedule(results: Sequence[Term]) -> tuple[list[Term], dict[Term, int]]:
    """Every term after those it needs, and how often each is used."""
    order: list[Term] = []
    uses: dict[Term, int] = {}
    stack: list[tuple[Term, bool]] = [(term, False) for term in reversed(results)]
    while stack:
        term, ready = stack.pop()
        if ready:
            order.append(term)
            continue
        uses[term] = uses.get(term, 0) + 1
        if uses[term] == 1:
            stack.append((term, True))
            stack.extend((argument, False) for argument in reversed(term.arguments))
    return order, uses
