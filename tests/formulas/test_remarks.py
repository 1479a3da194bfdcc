"""What is odd about a formula that is in order."""

import pytest

from descent_lab.formulas.expressions import parse
from descent_lab.formulas.remarks import remark


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("x^(1/3) + y", "cbrt(x)"),
        ("2(x*y)^(1/3)", "cbrt(x * y)"),
        ("sin(x)^(2/3)", "abs(sin(x))^(2/3)"),
        ("x^0.2", "sign(x)*abs(x)^(1/5)"),
    ],
)
def test_an_odd_root_has_a_value_for_negative_numbers_written_otherwise(text: str, root: str) -> None:
    odd = remark(parse(text))
    assert odd is not None
    assert f"{root} has one" in odd.message
    again = parse(root)
    assert again.value(-8.0, 1.0) == again.value(-8.0, 1.0)  # a number


@pytest.mark.parametrize(
    "text",
    [
        "x^0.5",
        "x^2",
        "x^1.5",
        "x^-1",
        "abs(x)^(1/3)",
        "(x^2 + y^2)^(1/3)",
        "x^y",
        "8^(1/3) + x",
        "exp(x)^(1/3)",
    ],
)
def test_nothing_else_is_remarked_on(text: str) -> None:
    assert remark(parse(text)) is None
