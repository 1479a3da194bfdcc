"""Derivatives: against sympy, against central differences, and as compiled code."""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from descent_lab.formulas.code import PRELUDE, code
from descent_lab.formulas.expressions import parse
from descent_lab.formulas.tree import Binary, Call, Choice, Negative, Node, Number, Variable
from descent_lab.machine.lanes import curve, evaluate
from descent_lab.surfaces.typed import typed_surface

BEALE = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"
ACKLEY = "-20*exp(-0.2*sqrt(0.5*(x^2+y^2))) - exp(0.5*(cos(2pi x)+cos(2pi y))) + e + 20"

FORMULAS = [
    BEALE, ACKLEY,
    "5", "x", "-x - y", "x - 2y - 3x + 4y", "2x*3y*(x/2)", "x - -2y", "-(x - y)*-(x + 2)", "0*x + y*0 + 1*x",
    "(1 - x)^2 + 100*(y - x^2)^2", "x^3 - 3x y^2", "x^16 y^3", "(x + 1)^20", "(x + y)^-3", "x^0 + x^1",
    "x^1.5", "(x^2 + y^2)^2.5", "(x^2 + 1)^0.5", "(x y)^-0.3", "(x^2 + 1)^y", "x^x^y", "2^(x y)", "e^(x y)",
    "x/y", "x/(y^2 + 1)/3", "3/(x y + 9)", "x y/(x + y)", "0.5^x - 2/x", "(2x + 2y)^3/(3x + 3y)", "-x/-y",
    "sin(x y)", "cos(x y)", "tan(x/3)", "asin(x y/9)", "acos(x y/9)", "atan(x y)",
    "sinh(x y)", "cosh(x y)", "tanh(x + y^2)", "exp(x - y^2)", "log(x^2 + y)", "log2(x + y)", "log10(x y)",
    "sqrt(x^2 + 2y^2)", "hypot(x, y)", "sigmoid(x y)", "|x - 2y| x", "sign(y - x) x^2 y",
    "min(x, y) x", "max(x, y^2, x y) y", "x*x*x*x", "(x + y)*(x + y)",
    "asinh(x y)", "acosh(x y + 1)", "atanh(x y/9)", "cbrt(x^2 + y)", "erf(x - y^2)",
    "atan2(y^2, x y)", "atan2(x - 2, y - 1)",
    "x < 1 ? x^2 y : x + y", "where(x < y and y > 1, x y, x^3)", "x < 1 ? y : x < 2 ? x y : x^2", "(x > y)*x^2*y",
    "(x < 1 or y < 1) ? sin(x y) : x", "0.5 < x < 1.5 ? x^3 : y^3", "x != y ? x y : 1",
]  # fmt: skip

POINTS = np.random.default_rng(7).uniform(0.3, 2.5, (2, 40))

SYMPY = {
    "asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan, "abs": sympy.Abs, "log": sympy.log,
    "log2": lambda u: sympy.log(u) / sympy.log(2), "log10": lambda u: sympy.log(u) / sympy.log(10),
    "asinh": sympy.asinh, "acosh": sympy.acosh, "atanh": sympy.atanh, "atan2": sympy.atan2, "cbrt": sympy.cbrt,
    "erf": sympy.erf, "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)), "min": sympy.Min, "max": sympy.Max,
} | {n: getattr(sympy, n) for n in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "sqrt", "sign")}  # fmt: skip


def to_sympy(node: Node, symbols: dict[str, sympy.Symbol]) -> sympy.Expr:
    """The tree in the outside reference's own terms."""
    match node:
        case Number(value, text):
            return {"pi": sympy.pi, "e": sympy.E}.get(text) or sympy.Rational(value)
        case Variable(name):
            return symbols[name]
        case Negative(operand):
            return -to_sympy(operand, symbols)
        case Call(function, arguments):
            return SYMPY[function](*[to_sympy(a, symbols) for a in arguments])
        case Choice(condition, then, otherwise):
            sides = [to_sympy(side, symbols) for side in (then, otherwise)]
            return sympy.Piecewise((sides[0], holds(condition, symbols)), (sides[1], True))
        case Binary(operator, _, _) if operator in RELATIONS:
            return sympy.Piecewise((1, holds(node, symbols)), (0, True))
        case Binary(operator, left, right):
            a, b = to_sympy(left, symbols), to_sympy(right, symbols)
            return {"+": a + b, "-": a - b, "*": a * b, "^": a**b}[operator] if operator != "/" else a / b
    raise TypeError(node)


RELATIONS = {
    "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne,
    "and": sympy.And, "or": sympy.Or,
}  # fmt: skip


def holds(node: Node, symbols: dict[str, sympy.Symbol]) -> Any:
    """A condition, likewise."""
    assert isinstance(node, Binary)
    side = holds if node.operator in ("and", "or") else to_sympy
    return RELATIONS[node.operator](side(node.left, symbols), side(node.right, symbols))


def computed(text: str, x: Any, y: Any) -> list[np.ndarray]:
    """f, gx, gy, hxx, hxy, hyy at points, each (points,)."""
    typed = typed_surface(text)
    w = np.array(np.broadcast_arrays(x, y), dtype=float).reshape(2, -1)
    loss, gradient = evaluate(typed, w)
    return [loss, *gradient, *curve(typed, w)]


@pytest.mark.parametrize("text", FORMULAS)
def test_derivatives_match_sympy(text: str) -> None:
    expression = parse(text)
    x, y = sympy.symbols("x y", positive=True)
    f = to_sympy(expression.root, {"x": x, "y": y})
    references = [f, *(f.diff(v) for v in (x, y)), *(f.diff(u, v) for u, v in ((x, x), (x, y), (y, y)))]
    ours = computed(text, *POINTS)
    functions = {
        "DiracDelta": lambda u, order=0: 0 * u,
        "Heaviside": lambda u, half=0.5: np.heaviside(u, half),
    }
    for mine, reference in zip(ours, references, strict=True):
        theirs = sympy.lambdify((x, y), reference, [functions, "scipy", "numpy"])(*POINTS)
        np.testing.assert_allclose(mine, np.broadcast_to(theirs, mine.shape), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("text", FORMULAS)
def test_derivatives_match_central_differences(text: str) -> None:
    h = 1e-6
    x, y = POINTS
    _, gx, gy, hxx, hxy, hyy = computed(text, x, y)
    right, left = computed(text, x + h, y), computed(text, x - h, y)
    up, down = computed(text, x, y + h), computed(text, x, y - h)
    for exact, plus, minus in (
        (gx, right[0], left[0]),
        (gy, up[0], down[0]),
        (hxx, right[1], left[1]),
        (hxy, up[1], down[1]),
        (hyy, up[2], down[2]),
    ):
        size = 1 + np.abs(exact) + np.abs(plus)
        np.testing.assert_array_less(np.abs(exact - (plus - minus) / (2 * h)) / size, 1e-6)


@pytest.mark.parametrize("text", FORMULAS)
def test_every_order_gives_the_same_bits(text: str) -> None:
    value, first, second = (function(text, order) for order in (0, 1, 2))
    for x, y in POINTS.T[:10].tolist():
        assert value(x, y) == first(x, y)[:1]
        assert first(x, y) == second(x, y)[:3]
        assert value(x, y)[0] == pytest.approx(parse(text).value(x, y), rel=1e-12)


def function(text: str, order: int) -> Callable[[float, float], tuple[float, ...]]:
    statements, results = code(parse(text), order)
    body = "".join(f"\n    {line}" for line in (*statements, f"return {', '.join(results)},"))
    namespace: dict[str, Any] = {}
    exec(f"{PRELUDE}def compute(x, y):{body}", namespace)
    return namespace["compute"]


def test_the_code_compiles_with_numba() -> None:
    every_function = (
        "sin(x)cos(y)tan(x/3) + asin(x/9)acos(y/9)atan(x) + sinh(x)cosh(y)tanh(x) + exp(-x)log(y)sqrt(x)"
        "+ log2(x)log10(y) + |x - y| + sign(x - y) + sigmoid(x) + min(x, y, x y) + max(x, y) + x^y + y^2.5"
        "+ asinh(x) + acosh(x + 1) + atanh(y/9) + cbrt(x)erf(y) + floor(3x)ceil(3y) + atan2(y, x)"
    )
    compute = njit(error_model="numpy")(function(every_function, 2))
    for x, y in POINTS.T[:5]:
        assert list(compute(x, y)) == [each[0] for each in computed(every_function, x, y)]
    nowhere = njit(error_model="numpy")(function("log(x)/y + sqrt(x)", 1))
    assert math.isnan(nowhere(-1.0, 0.0)[0])


def test_conventions_where_there_is_no_derivative() -> None:
    def at(text: str, x: float = 0.0, y: float = 0.0) -> list[float]:
        return [float(v[0]) for v in computed(text, x, y)]

    assert at("|x|")[1:3] == [0, 0]
    assert at("sign(x)") == [0, 0, 0, 0, 0, 0]
    assert at("min(x, y)", 1, 1)[1:3] == [1, 0]  # a tie: the first
    assert at("max(x, y)", 1, 1)[1:3] == [1, 0]
    assert at("min(x, y)", 2, 1)[1:3] == [0, 1]
    assert at("hypot(x, y)") == [0, 0, 0, 0, 0, 0]
    assert at("(x^2 + y^2)^0.25") == [0, 0, 0, 0, 0, 0]
    assert at("x^1.5")[1:4] == [0, 0, 0]
    assert at("cbrt(x)") == [0, 0, 0, 0, 0, 0]
    assert at("floor(x) + ceil(y)", 1.5, -1.5) == [0, 0, 0, 0, 0, 0]
    assert at("x < 0 ? -x : 2x") == [0, 2, 0, 0, 0, 0]
    assert math.isnan(at("cbrt(x) + sqrt(y)", -8, -1)[0])
    assert at("cbrt(x)", -8)[0] == -2
    assert at(ACKLEY)[1:3] == [0, 0]
    assert abs(at(ACKLEY)[0]) < 1e-14
    assert math.isnan(at("min(log(x), 1)", -1)[0])
    assert math.isnan(at("min(1, log(x))", -1)[0])


def operations(text: str, order: int) -> int:
    """Arithmetic signs in the code."""
    statements, results = code(parse(text), order)
    return sum(len(re.findall(r" [-+*/] |(?<![\w)] )-[a-z(]", line)) for line in (*statements, *results))


def test_code_is_as_short_as_by_hand() -> None:
    assert operations(BEALE, 1) <= 36
    assert operations("(1 - x)^2 + 100*(y - x^2)^2", 1) <= 12
    assert operations("x^16", 0) == 4
    assert code(parse("3x + 2"), 2)[1] == ("3.0 * x + 2.0", "3.0", "0.0", "0.0", "0.0", "0.0")


def test_nothing_explodes() -> None:
    """The longest formulas stay within a few operations for each of their parts."""
    for text in (
        "*".join(f"(x+{i}y)" for i in range(1, 60)),
        "(" * 59 + "x" + ")^x" * 59,
        "x" + "/(x+y)" * 90,
    ):
        statements, _ = code(parse(text), 2)
        assert len(statements) < 40 * 60
        assert max(map(len, statements)) < 250


@settings(max_examples=100, deadline=None)
@given(st.recursive(
    st.sampled_from(["x", "y", "2", "0.5", "3"]),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*"), part).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
        st.tuples(part, st.sampled_from(["2", "3", "-1"])).map(lambda p: f"({p[0]})^{p[1]}"),
        part.map(lambda p: f"-({p})"),
        part.map(lambda p: f"sin({p})"),
    ),
    max_leaves=8,
))  # fmt: skip
def test_simplification_keeps_value_and_gradient(text: str) -> None:
    try:
        expression = parse(text)
    except ValueError:
        return
    x, y = sympy.symbols("x y", positive=True)
    f = to_sympy(expression.root, {"x": x, "y": y})
    point = {x: sympy.Rational(13, 10), y: sympy.Rational(7, 10)}
    ours = [float(each[0]) for each in computed(text, 1.3, 0.7)[:3]]
    for mine, reference in zip(ours, (f, f.diff(x), f.diff(y)), strict=True):
        exact = reference.subs(point).evalf(30)
        if exact.is_finite and abs(exact) < 1e6:
            assert mine == pytest.approx(float(exact), rel=1e-6, abs=1e-6)
