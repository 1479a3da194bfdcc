"""Numbers as people write them: decimals, thousands, and what stands for no value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.datasets.csv_samples import read_samples
from descent_lab.refusals import Refusal
from descent_lab.tables.numerals import is_missing, numerals
from tests.datasets.pasted import read_points


def values(*columns: list[str], separator: str = ",") -> list[list[float | None]]:
    """What the cells mean; None for those in doubt."""
    written, _ = numerals(columns, separator)
    return [
        [None if written.is_doubtful(cell) else written.value(cell) for cell in column] for column in columns
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["950", "1,500", "2,050"], [950, 1500, 2050]),
        (["1,500", "2,050"], [None, None]),
        (["950", "1500", "2,050"], [950, 1500, None]),
        (["1,5", "1,500"], [1.5, 1.5]),
        (["1.5", "1,500"], [1.5, 1500]),
        (["1.500", "2.250"], [1.5, 2.25]),
        (["1.500", "2,5"], [1500, 2.5]),
        (["0,500", "1,250"], [0.5, 1.25]),
        (["0.500", "1,250"], [0.5, 1250]),
        (["1,234,567", "2,000"], [1234567, 2000]),
        (["1.234.567,89", "2.000"], [1234567.89, 2000]),
        (["1,234.5", "-2,000"], [1234.5, -2000]),
        (["1 500", "12 345,5"], [1500, 12345.5]),
        (["1'500", "12'345.5"], [1500, 12345.5]),
        (["1\u202f500", "1\u00a0234\u00a0567"], [1500, 1234567]),
        (["1.5", "1,5", "1,500"], [1.5, 1.5, None]),
        (["1234,567"], [1234.567]),
        (["−1,5", "+.5", "5.", "1e3", "1,5e-3"], [-1.5, 0.5, 5, 1000, 0.0015]),
    ],
)
def test_a_column_of_numbers(cells: list[str], expected: list[float | None]) -> None:
    assert values(cells) == [expected]


def test_one_column_proves_the_sign_of_another() -> None:
    assert values(["1.000", "12.500"], ["1,5", "13,0"]) == [[1000, 12500], [1.5, 13]]
    assert values(["1,000", "12,500"], ["1.5", "13.0"]) == [[1000, 12500], [1.5, 13]]
    assert values(["950", "1,500"], ["1,5", "13,0"]) == [[950, 1.5], [1.5, 13]]


def test_semicolons_come_with_decimal_commas() -> None:
    assert values(["5", "1,234"], separator=";") == [[5, None]]


@pytest.mark.parametrize(
    "cell", ["1.2.3", "1,2,3", "12,34,567", "1,5e3,0", "1 50", "1_000", "٣", "0x10", "1e", ".", "--1"]
)
def test_what_is_no_number(cell: str) -> None:
    assert not numerals([[cell]], ",")[0].is_number(cell)


@pytest.mark.parametrize("cell", ["", "?", "NA", "N/A", "n/a", "NULL", "null", "-", "#N/A", "None"])
def test_what_stands_for_no_value(cell: str) -> None:
    assert is_missing(cell)
    for row in (
        f"{cell or 'NA'};1;a\n2;3;b\n4;5;a",
        f"1;2;a\n3;{cell};b\n4;5;a",
        f"1;2;a\n3;4;{cell}\n5;6;b",
    ):
        with pytest.raises(Refusal) as refused:
            read_samples(row, 9)
        assert refused.value.reason == "row without a value"


@pytest.mark.parametrize("cell", ["nan", "inf", "NaN ", "n", "nah", "0", "--"])
def test_words_that_are_words(cell: str) -> None:
    assert not is_missing(cell)


NUMBERS = st.lists(st.floats(-1e7, 1e7, allow_subnormal=False), min_size=1, max_size=6)


@given(
    NUMBERS,
    st.integers(0, 4),
    st.sampled_from([",", "."]),
    st.sampled_from(["", "t", " "]),
    st.sampled_from(";\t"),
)
def test_never_a_thousand_times_too_much_or_too_little(
    numbers: list[float], digits: int, decimal: str, thousands: str, separator: str
) -> None:
    """Written in any country's way, a number is read as it was meant, or refused; the one exception is the point before
    three digits, which is a decimal point unless something speaks against it."""
    between = {"t": "." if decimal == "," else ",", "": "", " ": " "}[thousands]
    meant = [float(f"{number:.{digits}f}") for number in numbers]
    written = [
        f"{number:,.{digits}f}".translate({ord(","): between, ord("."): decimal}) for number in numbers
    ]
    text = "\n".join(f"{i}{separator}{each}" for i, each in enumerate(written))
    alone = between == "." and digits == 0 and all(each.count(".") < 2 for each in written)
    try:
        came = [y for _, y in read_points(text, 9)]
    except Refusal as refusal:
        came = refusal.reason
    assert came == "row in doubt" or came == meant or alone
