"""What people type as a number, and how it is read."""

from typing import Any

import pytest

from descent_lab.tables.numerals import EITHER
from tests.browser.state.conftest import Run

NUMBERS = {
    **{
        "0,05": 0.05,
        "0.05": 0.05,
        ".5": 0.5,
        ",5": 0.5,
        "5.": 5,
        "5,": 5,
        "007": 7,
        "1,5": 1.5,
        "0,050": 0.05,
    },
    **{"1e-3": 1e-3, "1E-3": 1e-3, "1e+3": 1000, "2,5e2": 250, "0e-999": 0, "1.500": 1.5},
    **{
        "−3": -3,
        "-3": -3,
        "+3": 3,
        "＋３": 3,
        "－３": -3,
        "０．０５": 0.05,
        "０，０５": 0.05,
        "１ｅ－３": 1e-3,
    },
    **{" 3 ": 3, "\u3000３\u00a0": 3, "1 000": 1000, "1\u202f000,5": 1000.5, "1\u00a0000.5": 1000.5},
    **{"1,234.5": 1234.5, "1.234,5": 1234.5, "1,234,567": 1234567, "1.234.567": 1234567, "12’345": 12345},
    **{"9007199254740991": 9007199254740991, "1e308": 1e308, "5e-324": 5e-324},
}
FAULTS = {
    **{"": "empty", "  ": "empty", "abc": "none", "2%": "none", "5 m": "none", "1e": "none", "-": "none"},
    **{
        ".": "none",
        "1..5": "none",
        "0,0,5": "none",
        "--3": "none",
        "1 00": "none",
        "1  000": "none",
        "0x10": "none",
    },
    **{"NaN": "none", "Infinity": "none", "10²": "none", "½": "none", "1,5;2": "none", "1/2": "none"},
    **{
        "1e999": "large",
        "-1e999": "large",
        "1" + "0" * 400: "large",
        "1e-999": "small",
        "-0,1e-400": "small",
    },
    **{"1,500": "doubtful", "-12,345": "doubtful", "１，５００": "doubtful"},
}


@pytest.fixture(scope="module")
def read(run: Run) -> dict[str, dict[str, Any]]:
    readings = run(
        """
        const { readNumber } = await import("/controls/widgets/numerals.js");
        return argument.map(readNumber);
        """,
        [*NUMBERS, *FAULTS],
    )
    return dict(zip([*NUMBERS, *FAULTS], readings, strict=True))


@pytest.mark.parametrize("text", NUMBERS, ids=ascii)
def test_a_number_is_read(read: dict[str, dict[str, Any]], text: str) -> None:
    assert read[text] == {"value": NUMBERS[text], "fault": None}


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: ascii(text)[:20])
def test_what_is_no_number_is_none(read: dict[str, dict[str, Any]], text: str) -> None:
    assert (read[text]["value"], read[text]["fault"]) == (None, FAULTS[text])


def test_what_could_be_two_numbers_names_both(read: dict[str, dict[str, Any]]) -> None:
    assert read["1,500"]["either"] == [1.5, 1500]


def test_cells_of_tables_are_read_alike(read: dict[str, dict[str, Any]]) -> None:
    """A table has its other cells to tell by what its points are; a field has the pages, which write points."""
    for text, reading in read.items():
        cell = text.strip()
        if cell in ("NaN", "Infinity") or reading["fault"] in ("large", "small"):
            continue
        number = reading["value"] is not None or reading["fault"] == "doubtful"
        assert EITHER.is_number(cell) == number, ascii(text)
        if reading["value"] is not None:
            assert EITHER.value(cell) == reading["value"], ascii(text)
            assert not EITHER.is_doubtful(cell) or "," not in cell, ascii(text)
