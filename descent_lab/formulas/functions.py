"""The functions that a formula may call: value, first and second derivative as terms."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from descent_lab.formulas.shared_terms import Graph, Term

Partials = tuple[Callable[[], Term], Callable[[], Term]]
"""First and second derivative of a function of one argument, made when asked for."""


def function_of(g: Graph, name: str, a: Term) -> tuple[Term, Partials]:
    """The function of one argument at a term, and its derivatives there. See `derivatives` for where there are none."""
    number, mul = g.number, g.mul

    @cache
    def f(function: str = name) -> Term:
        return g.call(function, a)

    def squared(term: Term) -> Term:
        return mul(term, term)

    def over(p: float, q: Term) -> Term:
        return g.div(number(p), q)

    def none() -> Term:
        return g.zero

    match name:
        case "sin":
            return f(), (lambda: f("cos"), lambda: g.neg(f()))
        case "cos":
            return f(), (lambda: g.neg(f("sin")), lambda: g.neg(f()))
        case "tan" | "tanh":
            side = 1.0 if name == "tan" else -1.0
            slope = g.add(g.one, mul(number(side), squared(f())))
            return f(), (lambda: slope, lambda: mul(number(2 * side), mul(f(), slope)))
        case "asin" | "acos":
            side = 1.0 if name == "asin" else -1.0
            rest = mul(g.sub(g.one, a), g.add(g.one, a))  # 1 - a^2 without cancellation
            slope = over(side, g.call("sqrt", rest))
            return f(), (lambda: slope, lambda: g.div(mul(a, slope), rest))
        case "atan":
            slope = over(1.0, g.add(squared(a), g.one))
            return f(), (lambda: slope, lambda: mul(number(-2.0), mul(a, squared(slope))))
        case "asinh":
            rest = g.add(squared(a), g.one)
            slope = over(1.0, g.call("sqrt", rest))
            return f(), (lambda: slope, lambda: g.neg(g.div(mul(a, slope), rest)))
        case "acosh":
            rest = mul(g.sub(a, g.one), g.add(a, g.one))  # a^2 - 1 without cancellation
            slope = over(1.0, g.call("sqrt", rest))
            return f(), (lambda: slope, lambda: g.neg(g.div(mul(a, slope), rest)))
        case "atanh":
            slope = over(1.0, mul(g.sub(g.one, a), g.add(g.one, a)))
            return f(), (lambda: slope, lambda: mul(number(2.0), mul(a, squared(slope))))
        case "erf":
            slope = mul(number(2 / math.sqrt(math.pi)), g.call("exp", g.neg(squared(a))))
            return f(), (lambda: slope, lambda: mul(number(-2.0), mul(a, slope)))
        case "sinh" | "cosh":
            other = "cosh" if name == "sinh" else "sinh"
            return f(), (lambda: f(other), f)
        case "exp":
            return f(), (f, f)
        case "log" | "log2" | "log10":
            factor = {"log": 1.0, "log2": 1 / math.log(2), "log10": 1 / math.log(10)}[name]
            slope = over(1.0, a)
            value = mul(number(factor), f("log"))
            return value, (lambda: mul(number(factor), slope), lambda: mul(number(-factor), squared(slope)))
        case "sqrt":
            slope = g.choose("==", f(), g.zero, g.zero, over(0.5, f()))
            cubed = mul(squared(slope), slope)
            return f(), (lambda: slope, lambda: mul(number(-2.0), cubed))
        case "cbrt":
            slope = g.choose("==", f(), g.zero, g.zero, over(1 / 3, squared(f())))
            bend = g.choose("==", f(), g.zero, g.zero, g.div(slope, a))
            return f(), (lambda: slope, lambda: mul(number(-2 / 3), bend))
        case "abs":
            return f("fabs"), (lambda: sign(g, a), none)
        case "floor" | "ceil":
            return f(), (none, none)
        case "sign":
            return sign(g, a), (none, none)
        case "sigmoid":
            value = over(1.0, g.add(g.call("exp", g.neg(a)), g.one))
            slope = mul(value, g.sub(g.one, value))
            return value, (lambda: slope, lambda: mul(slope, g.sub(g.one, mul(number(2.0), value))))
        case _:
            raise TypeError(f"no derivative is known for {name}")


def sign(g: Graph, a: Term) -> Term:
    """1, -1, or what a is where it is neither: 0 or NaN."""
    return g.choose(">", a, g.zero, g.one, g.choose("<", a, g.zero, g.number(-1.0), a))
