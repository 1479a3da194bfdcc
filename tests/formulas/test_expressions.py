"""Typed formulas: what is read, what it means, and that everything else gets a plain answer at once."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from descent_lab.formulas.expressions import MAX_LENGTH, parse
from descent_lab.formulas.grammar import MAX_DEPTH, MAX_NODES
from descent_lab.formulas.tree import plain
from descent_lab.refusals import Refusal

X, Y = 1.5, -0.5

MEANINGS = {
    "sin(3*x) + 0.1*(x**2 + y**2)": math.sin(4.5) + 0.1 * (X**2 + Y**2),
    "2x": 3.0,
    "2(x+1)": 5.0,
    "x y": X * Y,
    "(x+1)(y-2)": (X + 1) * (Y - 2),
    "2pi x": 2 * math.pi * X,
    "1/2x": X / 2,
    "-x^2": -(X**2),
    "2^-1": 0.5,
    "2^-x*y": 2**-X * Y,
    "x^2^3": X**8,
    "x^-2^2": X**-4,
    "2**3": 8.0,
    "--x": X,
    "+x": X,
    "x--y": X + Y,
    "|x|": X,
    "|y|": 0.5,
    "||y|-1|": 0.5,
    "|x||y|": X * 0.5,
    "2|y|x": X,
    "|(|y|)|": 0.5,
    ".5x": X / 2,
    "2.": 2.0,
    "1e-3": 1e-3,
    "2e": 2 * math.e,
    "2e3x": 2000 * X,
    "x² + y³": X**2 + Y**3,
    "x⁻¹⁰": X**-10,
    "2π·x × y − 1 ÷ 2": 2 * math.pi * X * Y - 0.5,
    "√(x)": math.sqrt(X),
    "ln(x) + log(x)": 2 * math.log(X),
    "log10(x) + log2(x)": math.log10(X) + math.log2(X),
    "min(x, y, 0)": Y,
    "max(x, y)": X,
    "pow(x, 2)": X**2,
    "hypot(x, y)": math.hypot(X, Y),
    "sign(y) + sign(0)": -1.0,
    "sigmoid(x)": 1 / (1 + math.exp(-X)),
    "asin(y) + acos(y) + atan(x)": math.pi / 2 + math.atan(X),
    "sinh(x) + cosh(x) - tanh(x) + tan(x)": math.exp(X) - math.tanh(X) + math.tan(X),
    "exp(x) - e^x": 0.0,
    "x\n + \t y": X + Y,
    "5": 5.0,
    "xsin(y)": X * math.sin(Y),
    "2xcos(y)": 2 * X * math.cos(Y),
    "xyexp(-x)": X * Y * math.exp(-X),
    "pisin(x)": math.pi * math.sin(X),
    "xy": X * Y,
    "x³y": X**3 * Y,
    "xe^y": X * math.exp(Y),
    "xasin(y)": X * math.asin(Y),
    "3xmax(x, y)": 3 * X * X,
    "2√(x)y": 2 * math.sqrt(X) * Y,
    "x²^3": X**8,
    "2^x²": 2 ** (X**2),
    "x²³": X**23,
    "cbrt(-8x/x) + ∛(8)": 0.0,
    "asinh(x) + acosh(x) + atanh(y)": math.asinh(X) + math.acosh(X) + math.atanh(Y),
    "arctan(x) + arsinh(y)": math.atan(X) + math.asinh(Y),
    "floor(x) + 10floor(y) + 100ceil(x)": 1 - 10 + 200,
    "atan2(y, x)": math.atan2(Y, X),
    "erf(x)": math.erf(X),
    "x < 0 ? 5 : y": Y,
    "y < 0 ? 5 : x": 5.0,
    "x < 0 ? 1 : y < 0 ? 2 : 3": 2.0,
    "(x < 0 ? 1 : 2)x": 2 * X,
    "where(x >= 1.5, 7, 8)": 7.0,
    "where(x != 1.5 or y > 0, 7, 8)": 8.0,
    "where(x > 1 and y < 0, 7, 8)": 7.0,
    "-1 < y < 0 < x ? 3 : 4": 3.0,
    "-1 < y < -0.75 ? 3 : 4": 4.0,
    "(x > 1)x + (x ≤ 1)y": X,
    "y ≥ -0.5": 1.0,
    "x + 1 == 2.5": 1.0,
    "x - 1.5 ? 1 : 2": 2.0,
    "|x| < 2 ? |y| : 9": 0.5,
}


@pytest.mark.parametrize(("text", "value"), MEANINGS.items())
def test_a_formula_means(text: str, value: float) -> None:
    assert parse(text).value(X, Y) == pytest.approx(value, rel=1e-14, abs=1e-15)


REFUSED = {
    "9**9**9**9": ("too-large", (3, 10)),
    "1e999": ("too-large", (0, 5)),
    "1e308*10": ("too-large", (0, 8)),
    "1/0": ("division", (2, 3)),
    "x/(1-1)": ("division", (2, 7)),
    "0^-1": ("division", (2, 4)),
    "sqrt(-1)": ("domain", (0, 8)),
    "log(0)": ("domain", (0, 6)),
    "(-8)^(1/3)": ("domain", (0, 10)),
    "1/(x-x)": ("no-value", (0, 7)),
    "log(-1-x^2)": ("no-value", (0, 11)),
    "": ("empty", (0, 0)),
    "   ": ("empty", (0, 3)),
    ")(": ("operand", (0, 1)),
    "*x": ("operand", (0, 1)),
    "()": ("operand", (1, 2)),
    "x)": ("bracket", (1, 2)),
    "(x": ("bracket", (0, 1)),
    "|x": ("bracket", (0, 1)),
    "(|x)|": ("bracket", (1, 2)),
    "x+": ("end", (1, 2)),
    "sin": ("call", (0, 3)),
    "sin x": ("call", (0, 3)),
    "sin()": ("arguments", (0, 5)),
    "sin(x, y)": ("arguments", (0, 9)),
    "min(x)": ("arguments", (0, 6)),
    "2 3": ("operator", (0, 3)),
    "x 2": ("operator", (0, 3)),
    "1.2.3": ("operator", (0, 5)),
    "3,5": ("comma", (1, 2)),
    "(x, y)": ("comma", (2, 3)),
    "x = 2": ("character", (2, 3)),
    "x < ": ("end", (2, 3)),
    "< x": ("operand", (0, 1)),
    "x ? 1": ("choice", (2, 3)),
    "(x ? 1) : 2": ("choice", (3, 4)),
    "x : 1": ("character", (2, 3)),
    "x ? 1 : ": ("end", (6, 7)),
    "where(x < 1, 2)": ("arguments", (0, 15)),
    "x and": ("end", (2, 5)),
    "or x": ("operand", (0, 2)),
    "sinx": ("call", (0, 4)),
    "xlny": ("call", (0, 4)),
    "2expy": ("call", (1, 5)),
    "sinn(x)": ("unknown", (0, 4)),
    "ab(x)": ("unknown", (0, 2)),
    "rate*x": ("unknown", (0, 4)),
    "Sin x": ("unknown", (0, 3)),
    "2X": ("unknown", (1, 2)),
    "__import__('os')": ("character", (11, 12)),
    "__import__(os)": ("unknown", (0, 10)),
    "x.__class__": ("character", (1, 2)),
    "lambda: x": ("character", (6, 7)),
    'f"{x}"': ("character", (1, 2)),
    "x if x else y": ("unknown", (2, 4)),
    "[x for x in y]": ("character", (0, 1)),
    "\x00": ("character", (0, 1)),
    "\ud800": ("character", (0, 1)),
    "x + foo(y)": ("unknown", (4, 7)),
    "(" * 900: ("too-deep", (MAX_DEPTH, MAX_DEPTH + 1)),
    "(" * 400 + "x" + ")" * 400: ("too-deep", (MAX_DEPTH, MAX_DEPTH + 1)),
    "-" * 900 + "x": ("too-deep", (MAX_DEPTH, MAX_DEPTH + 1)),
    "x" + "^x" * 400: ("too-deep", (2 * MAX_DEPTH + 1, 2 * MAX_DEPTH + 2)),
    "(" * 1000 + "x" + ")" * 1000: ("too-long", (MAX_LENGTH, 2001)),
    "x" * 2**20: ("too-long", (MAX_LENGTH, 2**20)),
}


@pytest.mark.parametrize(("text", "code", "position"), [(t, *rest) for t, rest in REFUSED.items()])
def test_what_is_no_formula_is_refused_at_its_place(text: str, code: str, position: tuple[int, int]) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert (refused.value.code, refused.value.position) == (code, position)
    assert refused.value.field == "expression"
    assert refused.value.message.endswith((".", "?"))
    assert len(refused.value.message) < 160


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("sine(x)", "Did you mean sin?"),
        ("Sqrt(x)", "Did you mean sqrt?"),
        ("X", "Did you mean x?"),
        ("XY", "Did you mean x*y?"),
        ("sinn(x)", "Did you mean sin?"),
        ("lnx", "ln(x)"),
        ("x if x < 0 else y", "condition ? this : otherwise"),
        ("rate*x", "any other letter is a parameter"),
        ("x2", "Did you mean x^2 or 2*x?"),
        ("sin x", "sin(x)"),
        ("wobble", "the variables are x, y"),
    ],
)
def test_a_refusal_says_what_to_type(text: str, hint: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert hint in refused.value.message


def test_the_costliest_formulas_without_a_value_are_refused() -> None:
    nowhere = "1/(x-x)"
    for text in ("+".join([nowhere] * 65), "sin(" * 59 + nowhere + ")" * 59, nowhere + "+x" * 190):
        with pytest.raises(Refusal):
            parse(text)


def test_limits_let_long_formulas_through() -> None:
    assert parse("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH).value(X, Y) == X
    many = "+".join(["x"] * (MAX_NODES // 2))
    assert parse(many).value(X, Y) == X * MAX_NODES // 2
    with pytest.raises(Refusal, match="more than"):
        parse(many + "+x")


def test_other_variables() -> None:
    expression = parse("a*b - c", names=("a", "b", "c"))
    assert expression.value(2, 3, 4) == 2
    with pytest.raises(Refusal, match="variables are a, b, c"):
        parse("hello", names=("a", "b", "c"))


def test_letters_that_are_no_variables_are_parameters() -> None:
    expression = parse("a*x^2 + b*sin(c*y)")
    assert expression.parameters == {"a": 1.0, "b": 1.0, "c": 1.0}
    turned = expression.turned({"a": 3.0, "c": 0.5})
    assert turned.value(X, Y) == 3 * X**2 + math.sin(0.5 * Y)
    assert expression.value(X, Y) == X**2 + math.sin(Y)
    assert turned != expression
    assert list(parse("axy + λ β x + 2alpha").parameters) == ["a", "lambda", "beta", "alpha"]
    assert parse("x + y").parameters == {}
    assert parse("log(a - 2) + x").turned({"a": 3.0}).value(X, Y) == X


def test_formulas_are_equal_by_their_text() -> None:
    assert parse(" x + y ") == parse("x + y")
    assert len({parse("x + y"), parse("x + y"), parse("y + x")}) == 2


# ---------------------------------------------------------------- properties

PIECES = (
    "x", "y", "e", "pi", "π", "2", ".5", "1e3", "9", " ", "(", ")", "|", ",", "+", "-", "*", "/", "^", "**",
    "²", "⁻³", "·", "−", "sin", "log(", "sqrt(", "min(", "pow(", "abs(", "__", ".", "=", "foo", "\ud800",
    "<", "?", ":", " and ", "!=", "a", "xsin", "where(",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    refusal: Refusal | None = None
    try:
        value = parse(text).value(X, Y)
    except Refusal as raised:
        refusal, value = raised, 0.0
    assert isinstance(value, float)
    if refusal is not None:
        assert refusal.field == "expression"
        assert refusal.position is not None
        start, end = refusal.position
        assert 0 <= start <= end <= len(text)


def _formulas() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["x", "y", "2", "0.5", "1e-3", "pi", "e"])

    def larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(part, st.sampled_from("+-*/^ "), part).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
            st.tuples(part, st.sampled_from(["+", "-", "*", "/", "^"]), part).map("".join),
            part.map(lambda p: f"-{p}"),
            part.map(lambda p: f"|{p}|"),
            st.tuples(st.sampled_from(["sin", "exp", "tanh", "sqrt", "sign"]), part).map(
                lambda p: f"{p[0]}({p[1]})"
            ),
            st.tuples(part, part).map(lambda p: f"min({p[0]}, {p[1]})"),
            st.tuples(part, st.sampled_from(["<", ">=", "=="]), part).map(lambda p: f"({' '.join(p)})"),
            st.tuples(part, part, part).map(lambda p: f"({p[0]} ? {p[1]} : {p[2]})"),
        )

    return st.recursive(leaves, larger, max_leaves=12)


@settings(max_examples=200, deadline=None)
@given(_formulas())
@example("-((x < x) < x)")
@example("(x < y) == (y < x)")
def test_printing_then_parsing_keeps_the_value(text: str) -> None:
    try:
        expression = parse(text)
    except Refusal:
        return
    again = parse(plain(expression.root))
    for point in ((X, Y), (0.3, 0.7), (-2.0, 3.0)):
        assert again.value(*point) == pytest.approx(expression.value(*point), rel=0, abs=0, nan_ok=True)
