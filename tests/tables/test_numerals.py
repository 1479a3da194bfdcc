"""Numbers as people write them in cells."""

import pytest

from descent_lab.tables.numerals import EITHER, Numerals, numerals


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("０．０５", 0.05),
        ("0,05", 0.05),
        ("－３", -3),
        ("−3", -3),
        ("＋１ｅ－３", 1e-3),
        ("1\u202f000,5", 1000.5),
    ],
)
def test_a_number_is_read_however_wide_its_signs_are(cell: str, value: float) -> None:
    assert EITHER.is_number(cell)
    assert EITHER.value(cell) == value


def test_full_width_commas_prove_the_decimal_comma_as_narrow_ones_do() -> None:
    for column in (["0,05", "1,5"], ["０，０５", "１，５"]):
        assert numerals([column], ";")[0] == Numerals(",")
    assert EITHER.is_doubtful("１，５００")
