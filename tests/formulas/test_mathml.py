"""Formulas for the eye: the typed form is kept, and an update rule's numbers are the rule's own."""

import inspect
import math
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from descent_lab.formulas.expressions import parse
from descent_lab.formulas.latex import latex, measured, name
from descent_lab.formulas.mathml import SYMBOLS, expression_mathml, latex_to_mathml, rule_lines

HALF = 0.5


def sqrt(a: float) -> float:
    return math.sqrt(a)


def sign(a: float) -> float:
    return (a > 0) - (a < 0)


def adam(w, g, m, v, m1, v1, lr, beta1, beta2, eps):
    """Adam, as the catalogue writes it."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m1 = beta1 * m1 + (1 - beta1)
    v1 = beta2 * v1 + (1 - beta2)
    return w - lr * (m / m1) / (sqrt(v / v1) + eps), m, v, m1, v1


def choosing(w, g, p, d, lr):
    d = min(max((1.2 if p * g > 0 else (HALF if p * g < 0 else 1.0)) * d, 1e-6), 50.0)
    p = 0.0 if p * g < 0 and not_small(g) else g
    return w - math.copysign(d, p) * abs(g) ** 2, p, d


def not_small(g: float) -> bool:
    return abs(g) > 1


def branching(w, g, p, d, lr):
    d = min(max((1.2 if p * g > 0 else (HALF if p * g < 0 else 1.0)) * d, 1e-6), 50.0)
    p = 0.0 if 0 < d <= 9 and p * g < 0 else g
    return w - math.copysign(d, g) * abs(g) ** 2 + pow(d, 2) - lr * sign(p), p, d


def swapping(w, g, old, lr):
    return w + lr * (w - old) - lr * g, w


def following(w, g, b, lr, beta):
    return w - lr * g, beta * b + g


def text_of(mathml: str) -> str:
    """What a reader sees, without the layout."""
    return "".join(ElementTree.fromstring(mathml).itertext())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("(1 - x)^2 + 100*(y - x^2)^2", r"\left(1 - x\right)^{2} + 100 \left(y - x^{2}\right)^{2}"),
        ("1/2x", r"\frac{1}{2} \, x"),
        ("x**2/(y+1)", r"\frac{x^{2}}{y + 1}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
        ("-x^2*3", r"-x^{2} \cdot 3"),
        ("2*3*x", r"2 \cdot 3 x"),
        ("2(1/2)", r"2 \cdot \frac{1}{2}"),
        ("2*-x", r"2 \cdot \left(-x\right)"),
        ("x--y", r"x - \left(-y\right)"),
        ("x-(y-1)", r"x - \left(y - 1\right)"),
        ("|x|y", r"\left|x\right| \, y"),
        ("sqrt(x) + hypot(x, y)", r"\sqrt{x} + \sqrt{x^{2} + y^{2}}"),
        ("2pi x", r"2 \pi \, x"),
        ("2.5e10 + 1e-6", r"2.5 \times 10^{10} + 10^{-6}"),
        ("ln(x)log10(y)", r"\ln\left(x\right) \, \log_{10}\left(y\right)"),
        ("e^-x", r"e^{-x}"),
        ("x^y^2", r"x^{y^{2}}"),
        ("min(x, -y)", r"\min\left(x, -y\right)"),
    ],
)
def test_a_typed_formula_keeps_its_form(typed: str, expected: str) -> None:
    expression = parse(typed)
    assert latex(expression.root, lambda text: name(text, {})) == expected
    mathml = expression_mathml(expression)
    root = ElementTree.fromstring(mathml)
    assert root.get("display") == "block"
    assert root.get("alttext")
    assert "style=" not in mathml


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.1, "0.1"), (-0.123456, "-0.1235"), (0.999, "0.999"), (1234.56, "1235"), (123456.7, "123457"),
        (1e-8, "10^{-8}"), (1.2345e-5, r"1.234 \times 10^{-5}"), (-3e12, r"-3 \times 10^{12}"), (0, "0"),
        (math.nan, r"\text{undefined}"), (math.inf, r"\infty"), (-math.inf, r"-\infty"),
    ],
)  # fmt: skip
def test_numbers_have_four_digits(value: float, written: str) -> None:
    assert measured(value)[0] == written


def values_for(rule: Callable[..., Any], **given: float) -> dict[str, float]:
    parameters = inspect.signature(rule).parameters
    return {p: 0.3 + 0.05 * i for i, p in enumerate(parameters)} | given


def test_the_lines_of_adam() -> None:
    lines = rule_lines(adam, {"m1": r"\hat{m}"})
    assert [line.target for line in lines] == ["m", "v", "m1", "v1", "w"]
    assert text_of(lines[0].formula) == "m←β1m+(1−β1)g"
    assert text_of(lines[1].formula) == "v←β2v+(1−β2)g2"
    assert "<msup><mi>g</mi>" in lines[1].formula
    assert text_of(lines[2].formula).startswith("m^←")
    assert {"mfrac", "msqrt"} <= set(re.findall(r"<(\w+)", lines[4].formula))


@pytest.mark.parametrize("rule", [adam, branching, swapping, following], ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("given", [{}, {"g": -0.7}, {"g": 0.0}, {"w": -3.0, "g": 25.0}], ids=str)
def test_lines_work_out_what_the_rule_does(rule: Callable[..., Any], given: dict[str, float]) -> None:
    values = values_for(rule, **given)
    returned = rule(**values)
    worked_out = {line.target: line.value(values) for line in rule_lines(rule)}
    new, *states = returned
    assert worked_out["w"] == pytest.approx(new, rel=1e-14)
    for target, value in zip(list(inspect.signature(rule).parameters)[2:], states, strict=False):
        assert worked_out[target] == pytest.approx(value, rel=1e-14)


def test_numbers_are_put_in_and_come_to_the_result() -> None:
    values = {"w": 1.0, "g": -0.5, "m": 0.2, "v": 0.04, "m1": 0.0, "v1": 0.0}
    values |= {"lr": 0.1, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
    first, second, *_, last = [text_of(line.numbers(values)) for line in rule_lines(adam)]
    assert first == "0.9·0.2+(1−0.9)(−0.5)=0.13"
    assert second == "0.999·0.04+(1−0.999)(−0.5)2=0.04021"
    assert last.startswith("1−0.1·0.13")  # the m of the line above, not the one before the step
    assert last.endswith("=0.9795")


def test_of_a_choice_the_branch_taken_is_shown() -> None:
    lines = rule_lines(branching)
    assert "mtable" in lines[0].formula
    values = values_for(branching, p=1.0, g=-2.0, d=4.0)
    assert text_of(lines[0].numbers(values)) == "min(max(0.5·4,10−6),50)=2"
    assert text_of(lines[1].numbers(values)) == "0"


def test_a_returned_state_gets_its_line_and_w_its_old_values() -> None:
    assert [line.target for line in rule_lines(following)] == ["b", "w"]
    assert [line.target for line in rule_lines(swapping)] == ["w", "old"]


def test_python_that_is_no_formula_is_not_accepted() -> None:
    with pytest.raises(TypeError, match="not_small"):
        rule_lines(choosing)


def test_what_is_undefined_is_said() -> None:
    values = values_for(adam, v=-5.0, beta2=0.9)
    assert "undefined" in text_of(rule_lines(adam)[-1].numbers(values))
    assert "nan" not in rule_lines(adam)[-1].numbers(values).lower()


def test_every_symbol_is_mathematics() -> None:
    for symbol in SYMBOLS.values():
        assert "\\" not in text_of(latex_to_mathml(symbol))


def test_the_alternative_text_is_escaped() -> None:
    assert 'alttext="a &lt; &quot;b&quot;"' in latex_to_mathml("a", 'a < "b"')


def test_a_sign_stands_close_to_its_number_and_a_difference_apart() -> None:
    text = latex_to_mathml(r"\left(-2\right) - \left(1 - 3\right) = -4, \; -5")
    sign, minus = '<mo form="prefix" lspace="0em" rspace="0em">&#x02212;</mo>', "<mo>&#x02212;</mo>"
    assert [text.count(f"{sign}<mn>{number}</mn>") for number in (2, 4, 5)] == [1, 1, 1]
    assert f"{minus}<mn>3</mn>" in text
    assert text.count(sign) == 3
    assert text.count(minus) == 2


def test_a_prime_is_a_mark_and_no_power() -> None:
    text = latex_to_mathml(r"f'\left(z\right) = x^{2}")
    assert "<msup><mi>f</mi>" not in text
    assert '<mi>f</mi><mo form="postfix" lspace="0em" rspace="0em">&#x02032;</mo>' in text
    assert "<msup><mi>x</mi>" in text
