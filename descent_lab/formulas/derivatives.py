"""Exact value, gradient and Hessian of an expression as straight-line code, by forward-mode differentiation.

The cost is bounded by the formula's length: nothing is expanded or solved. Where a formula has no derivative
we say what is used instead: d|u| is sign(u), 0 at 0; min and max take the branch chosen, the first on ties;
the derivatives of sqrt(u), cbrt(u) and of u^c with a broken c > 0 are 0 at u = 0 where they would be infinite,
so that the tip of a cone is a place to rest. Where a choice turns to its other side the slope is that of the side
that is chosen, and where floor jumps it is 0. u^v with a variable v has derivatives for u > 0 alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.functions import Partials, function_of
from descent_lab.formulas.shared_terms import MULTIPLIED_OUT, Graph, Term
from descent_lab.formulas.tree import OPERATIONS, Binary, Call, Choice, Negative, Node, Number, Variable


def terms(expression: Expression, order: int) -> list[Term]:
    """f, its gradient and the upper triangle of its Hessian, row by row, up to `order`."""
    derivation = _Derivation(expression.names, expression.parameters, order)
    jet = derivation.of(expression.root)
    return [jet.value, *jet.first, *jet.second]


@dataclass(frozen=True, slots=True)
class _Jet:
    """A value, its first derivatives, and the upper triangle of its second derivatives, row by row."""

    value: Term
    first: tuple[Term, ...]
    second: tuple[Term, ...]


class _Derivation:
    def __init__(self, names: tuple[str, ...], parameters: Mapping[str, float], order: int) -> None:
        self.graph = Graph()
        self.names = names
        self.parameters = parameters
        self.order = order
        size = len(names)
        self.axes = range(size if order >= 1 else 0)
        self.pairs = [(i, j) for i in range(size) for j in range(i, size)] if order >= 2 else []

    def constant(self, value: float) -> _Jet:
        zero = self.graph.zero
        return _Jet(self.graph.number(value), (zero,) * len(self.axes), (zero,) * len(self.pairs))

    def of(self, node: Node) -> _Jet:
        g = self.graph
        match node:
            case Number(value, _):
                return self.constant(value)
            case Variable(name) if name in self.parameters:
                return self.constant(self.parameters[name])
            case Variable(name):
                first = tuple(g.one if self.names[i] == name else g.zero for i in self.axes)
                return _Jet(g.variable(name), first, (g.zero,) * len(self.pairs))
            case Negative(operand):
                return self.linear(g.neg, self.of(operand))
            case Binary("+", left, right):
                return self.linear(g.add, self.of(left), self.of(right))
            case Binary("-", left, right):
                return self.linear(g.sub, self.of(left), self.of(right))
            case Binary("*", left, right):
                u, v = self.of(left), self.of(right)
                if u is v or u.value is v.value:
                    return self.power(u, 2)
                return self.product(u, v)
            case Binary("/", left, right):
                return self.quotient(self.of(left), self.of(right))
            case Binary("^", left, right):
                return self.general_power(self.of(left), self.of(right))
            case Binary(operator, _, _) if operator in OPERATIONS:  # a comparison, as a number: 1 or 0
                zero = self.constant(0.0)
                return _Jet(self.where(node)(g.one, g.zero), zero.first, zero.second)
            case Choice(condition, then, otherwise):
                return self.linear(self.where(condition), self.of(then), self.of(otherwise))
            case Call("atan2", (above, beside)):
                return self.angle(self.of(above), self.of(beside))
            case Call("min" | "max" as name, arguments):
                jets = [self.of(argument) for argument in arguments]
                chosen = jets[0]
                for jet in jets[1:]:
                    chosen = self.extreme("<=" if name == "min" else ">=", chosen, jet)
                return chosen
            case Call(name, arguments):
                return self.call(name, self.of(arguments[0]))
            case Binary():
                raise TypeError(f"no derivative is known for {node.operator}")

    # ------------------------------------------------------------ rules of the calculus

    def linear(self, combine: Callable[..., Term], *jets: _Jet) -> _Jet:
        return _Jet(
            combine(*[jet.value for jet in jets]),
            tuple(combine(*parts) for parts in zip(*[jet.first for jet in jets], strict=True)),
            tuple(combine(*parts) for parts in zip(*[jet.second for jet in jets], strict=True)),
        )

    def chain(self, value: Term, u: _Jet, partials: Partials) -> _Jet:
        """A function of one argument: first f' u', second f'' u' u' + f' u''."""
        g = self.graph
        if all(part is g.zero for part in u.first):
            return _Jet(value, u.first, u.second)
        first, second = partials
        slope = first()
        return _Jet(
            value,
            tuple(g.mul(slope, ui) for ui in u.first),
            tuple(
                g.add(g.mul(second(), g.mul(u.first[i], u.first[j])), g.mul(slope, uij))
                if u.first[i] is not g.zero and u.first[j] is not g.zero
                else g.mul(slope, uij)
                for (i, j), uij in zip(self.pairs, u.second, strict=True)
            ),
        )

    def product(self, u: _Jet, v: _Jet) -> _Jet:
        g = self.graph
        second: list[Term] = []
        for (i, j), uij, vij in zip(self.pairs, u.second, v.second, strict=True):
            if i == j:
                cross = g.mul(g.number(2.0), g.mul(u.first[i], v.first[i]))
            else:
                cross = g.add(g.mul(u.first[i], v.first[j]), g.mul(u.first[j], v.first[i]))
            second.append(g.add(cross, g.add(g.mul(uij, v.value), g.mul(u.value, vij))))
        first = tuple(
            g.add(g.mul(ui, v.value), g.mul(u.value, vi)) for ui, vi in zip(u.first, v.first, strict=True)
        )
        return _Jet(g.mul(u.value, v.value), first, tuple(second))

    def quotient(self, u: _Jet, v: _Jet) -> _Jet:
        """f = u / v, so f v = u: f' = (u' - f v') / v and f'' = (u'' - 2 f' v' - f v'') / v."""
        g = self.graph
        f = g.div(u.value, v.value)
        inverse = g.div(g.one, v.value)
        first = tuple(
            g.mul(g.sub(ui, g.mul(f, vi)), inverse) for ui, vi in zip(u.first, v.first, strict=True)
        )
        second: list[Term] = []
        for (i, j), uij, vij in zip(self.pairs, u.second, v.second, strict=True):
            if i == j:
                cross = g.mul(g.number(2.0), g.mul(first[i], v.first[i]))
            else:
                cross = g.add(g.mul(first[i], v.first[j]), g.mul(first[j], v.first[i]))
            second.append(g.mul(g.sub(g.sub(uij, cross), g.mul(f, vij)), inverse))
        return _Jet(f, first, tuple(second))

    def extreme(self, comparison: str, u: _Jet, v: _Jet) -> _Jet:
        g = self.graph
        a, b = u.value, v.value
        # Neither a <= b nor b < a means that one is NaN, and then so is the result.
        value = g.choose(comparison, a, b, a, g.choose(comparison, b, a, b, g.add(a, b)))

        def choose(p: Term, q: Term) -> Term:
            return g.choose(comparison, a, b, p, q)

        return _Jet(
            value,
            tuple(map(choose, u.first, v.first)),
            tuple(map(choose, u.second, v.second)),
        )

    def where(self, condition: Node) -> Callable[[Term, Term], Term]:
        """What chooses the first of two terms where the condition holds, else the second."""
        g = self.graph
        match condition:
            case Binary("and", left, right):
                first, second = self.where(left), self.where(right)
                return lambda p, q: first(second(p, q), q)
            case Binary("or", left, right):
                first, second = self.where(left), self.where(right)
                return lambda p, q: first(p, second(p, q))
            case Binary("!=", left, right):
                a, b = self.of(left).value, self.of(right).value
                return lambda p, q: g.choose("==", a, b, q, p)
            case Binary("<" | "<=" | ">" | ">=" | "==" as comparison, left, right):
                a, b = self.of(left).value, self.of(right).value
                return lambda p, q: g.choose(comparison, a, b, p, q)
            case _:  # a number holds unless it is 0
                a = self.of(condition).value
                return lambda p, q: g.choose("==", a, g.zero, q, p)

    def angle(self, v: _Jet, u: _Jet) -> _Jet:
        """f = atan2(v, u): with q = u^2 + v^2, f' = (u v' - v u') / q, and the quotient's own derivative after that."""
        g = self.graph
        f = g.call("atan2", v.value, u.value)
        q = g.add(g.mul(u.value, u.value), g.mul(v.value, v.value))

        def turned(du: Term, dv: Term) -> Term:
            return g.sub(g.mul(u.value, dv), g.mul(v.value, du))

        first = tuple(g.div(turned(ui, vi), q) for ui, vi in zip(u.first, v.first, strict=True))
        second: list[Term] = []
        for (i, j), uij, vij in zip(self.pairs, u.second, v.second, strict=True):
            cross = g.sub(g.mul(u.first[j], v.first[i]), g.mul(v.first[j], u.first[i]))
            slope = g.mul(g.number(2.0), g.add(g.mul(u.value, u.first[j]), g.mul(v.value, v.first[j])))  # q'
            second.append(g.div(g.sub(g.add(turned(uij, vij), cross), g.mul(first[i], slope)), q))
        return _Jet(f, first, tuple(second))

    # ------------------------------------------------------------ powers

    def general_power(self, u: _Jet, v: _Jet) -> _Jet:
        if v.value.constant:
            return self.power(u, v.value.value)
        g = self.graph
        if u.value.has(math.e):
            return self.call("exp", v)
        f = g.call("pow", u.value, v.value)
        if u.value.constant:  # c^v
            rate = g.number(math.log(u.value.value)) if u.value.value > 0 else g.call("log", u.value)
            return self.chain(f, v, (lambda: g.mul(rate, f), lambda: g.mul(g.mul(rate, rate), f)))
        # u^v = exp(v log u): with p = v' log u + v u' / u, f' = f p and f'' = f (p p + p').
        logarithm = self.call("log", u)
        return self.rewrite(f, self.product(v, logarithm))

    def rewrite(self, value: Term, exponent: _Jet) -> _Jet:
        """exp(exponent), whose value is known to be `value`."""
        return self.chain(value, exponent, (lambda: value, lambda: value))

    def power(self, u: _Jet, c: float) -> _Jet:
        """u^c for a number c."""
        g = self.graph
        if c == 0:
            return self.constant(1.0)
        if c == 1:
            return u
        if c == 0.5:
            return self.call("sqrt", u)
        if c == int(c) and abs(c) <= MULTIPLIED_OUT:
            n = abs(int(c))
            if c > 0:

                def falling(k: int) -> Term:
                    factor = n if k == 1 else n * (n - 1)
                    return g.mul(g.number(float(factor)), g.power(u.value, n - k))

                return self.chain(g.power(u.value, n), u, (lambda: falling(1), lambda: falling(2)))
            value = g.div(g.one, g.power(u.value, n))
        else:
            value = g.call("pow", u.value, g.number(c))

        def divided(a: Term) -> Term:
            """a / u, and 0 at u = 0 for positive powers: right where c is large, our word where it is not."""
            quotient = g.div(a, u.value)
            return g.choose("==", u.value, g.zero, g.zero, quotient) if c > 0 else quotient

        slope = divided(value)
        return self.chain(
            value,
            u,
            (lambda: g.mul(g.number(c), slope), lambda: g.mul(g.number(c * (c - 1)), divided(slope))),
        )

    # ------------------------------------------------------------ functions

    def call(self, name: str, u: _Jet) -> _Jet:
        value, partials = function_of(self.graph, name, u.value)
        return self.chain(value, u, partials)
