"""Derivatives: against sympy, against central differences, and as compiled code."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from descent_lab.formulas.code import code, numpy_function
from descent_lab.formulas.expressions import parse
from descent_lab.formulas.tree import Binary, Call, Negative, Node, Number, Variable

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
]  # fmt: skip

POINTS = np.random.default_rng(7).uniform(0.3, 2.5, (2, 40))

SYMPY = {
    "asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan, "abs": sympy.Abs, "log": sympy.log,
    "log2": lambda u: sympy.log(u) / sympy.log(2), "log10": lambda u: sympy.log(u) / sympy.log(10),
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)), "min": sympy.Min, "max": sympy.Max,
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
        case Binary(operator, left, right):
            a, b = to_sympy(left, symbols), to_sympy(right, symbols)
            return {"+": a + b, "-": a - b, "*": a * b, "^": a**b}[operator] if operator != "/" else a / b
    raise TypeError(node)


@pytest.mark.parametrize("text", FORMULAS)
def test_derivatives_match_sympy(text: str) -> None:
    expression = parse(text)
    x, y = sympy.symbols("x y", positive=True)
    f = to_sympy(expression.root, {"x": x, "y": y})
    references = [f, *(f.diff(v) for v in (x, y)), *(f.diff(u, v) for u, v in ((x, x), (x, y), (y, y)))]
    ours = numpy_function(expression, 2)(*POINTS)
    functions = {
        "DiracDelta": lambda u, order=0: 0 * u,
        "Heaviside": lambda u, half=0.5: np.heaviside(u, half),
    }
    for mine, reference in zip(ours, references, strict=True):
        theirs = sympy.lambdify((x, y), reference, [functions, "numpy"])(*POINTS)
        np.testing.assert_allclose(mine, np.broadcast_to(theirs, mine.shape), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("text", FORMULAS)
def test_derivatives_match_central_differences(text: str) -> None:
    h = 1e-6
    x, y = POINTS
    first = numpy_function(parse(text), 1)
    _, gx, gy, hxx, hxy, hyy = numpy_function(parse(text), 2)(x, y)
    right, left, up, down = first(x + h, y), first(x - h, y), first(x, y + h), first(x, y - h)
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
    expression = parse(text)
    value = numpy_function(expression)(*POINTS)
    first, second = (numpy_function(expression, order)(*POINTS) for order in (1, 2))
    np.testing.assert_array_equal(value, first[0])
    np.testing.assert_array_equal(first, second[:3])
    np.testing.assert_allclose(value, [expression.value(*p) for p in POINTS.T], rtol=1e-12)


def compiled(text: str, order: int) -> Callable[[float, float], tuple[float, ...]]:
    statements, results = code(parse(text), order)
    body = "".join(f"\n    {line}" for line in (*statements, f"return {', '.join(results)},"))
    namespace = dict(vars(math))
    exec(f"def compute(x, y):{body}", namespace)
    return njit(error_model="numpy")(namespace["compute"])


def test_the_code_compiles_with_numba() -> None:
    every_function = (
        "sin(x)cos(y)tan(x/3) + asin(x/9)acos(y/9)atan(x) + sinh(x)cosh(y)tanh(x) + exp(-x)log(y)sqrt(x)"
        "+ log2(x)log10(y) + |x - y| + sign(x - y) + sigmoid(x) + min(x, y, x y) + max(x, y) + x^y + y^2.5"
    )
    compute = compiled(every_function, 2)
    for x, y in POINTS.T[:5]:
        ours = numpy_function(parse(every_function), 2)(x, y)
        np.testing.assert_allclose(compute(x, y), ours, rtol=1e-12, atol=1e-12)
    nowhere = compiled("log(x)/y + sqrt(x)", 1)
    assert math.isnan(nowhere(-1.0, 0.0)[0])


def test_conventions_where_there_is_no_derivative() -> None:
    def at(text: str, x: float = 0.0, y: float = 0.0) -> list[float]:
        return [float(v) for v in numpy_function(parse(text), 2)(x, y)]

    assert at("|x|")[1:3] == [0, 0]
    assert at("sign(x)") == [0, 0, 0, 0, 0, 0]
    assert at("min(x, y)", 1, 1)[1:3] == [1, 0]  # a tie: the first
    assert at("max(x, y)", 1, 1)[1:3] == [1, 0]
    assert at("min(x, y)", 2, 1)[1:3] == [0, 1]
    assert at("hypot(x, y)") == [0, 0, 0, 0, 0, 0]
    assert at("(x^2 + y^2)^0.25") == [0, 0, 0, 0, 0, 0]
    assert at("x^1.5")[1:4] == [0, 0, 0]
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
    ours = numpy_function(expression, 1)(1.3, 0.7)
    for mine, reference in zip(ours, (f, f.diff(x), f.diff(y)), strict=True):
        exact = reference.subs(point).evalf(30)
        if exact.is_finite and abs(exact) < 1e6:
            assert float(mine) == pytest.approx(float(exact), rel=1e-6, abs=1e-6)
