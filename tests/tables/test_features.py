"""Tables to numbers: words, days, missing values, and what is chosen of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from sklearn.preprocessing import OneHotEncoder

from descent_lab.refusals import Refusal
from descent_lab.tables.dates import days_of
from descent_lab.tables.features import Features, Reading, read_features
from descent_lab.tables.rows import read_rows
from descent_lab.tables.table import table_of

HOUSES = """id;district;built;rooms;heated;price
1;Centre;2001-05-06;3;yes;210.500,50
2;North;1987-11-30;4;no;340.000,00
3;Centre;;2;yes;99.000,25
4;West;1999-01-01;NA;no;120.000,00
5;North;2010-07-08;5;yes;405.000,75
"""


def read(text: str, *, linear: bool = False, **reading: Any) -> Features:
    found = read_features(text, Reading(**reading), linear=linear)
    assert found is not None
    return found


def test_words_days_and_numbers() -> None:
    found = read(HOUSES, missing="drop", inputs=("district", "built", "rooms", "heated"))
    assert found.names == ("district=North", "built", "rooms", "heated=yes"), (
        "of two words one tells the other"
    )
    days = [
        (datetime(*day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
        for day in ((2001, 5, 6), (1987, 11, 30), (2010, 7, 8))
    ]
    assert found.inputs.tolist() == [[0, days[0], 3, 1], [1, days[1], 4, 0], [1, days[2], 5, 1]]
    assert found.values is not None
    assert found.values.tolist() == [210500.5, 340000, 405000.75]
    assert found.rows.tolist() == [0, 1, 4]
    assert any("Left out for lack of a value: 2, of rows 4, 5." in note for note in found.notes)
    assert any(note.startswith("built is counted in days") for note in found.notes)


def test_a_missing_value_is_refused_where_nobody_says_drop() -> None:
    with pytest.raises(Refusal, match="Row 4: a value in column 3 was expected"):
        read(HOUSES)
    assert len(read(HOUSES, inputs=("district", "heated")).rows) == 5, "what is not used may be missing"


def test_columns_of_words_are_those_of_scikit_learn() -> None:
    words = [["red", "a"], ["green", "b"], ["blue", "a"], ["red", "c"], ["green", "c"]]
    text = "colour,letter,y\n" + "".join(
        f"{colour},{letter},{i / 2}\n" for i, (colour, letter) in enumerate(words)
    )
    whole: Any = OneHotEncoder(sparse_output=False).fit_transform(words)
    np.testing.assert_array_equal(read(text).inputs, whole)
    rest: Any = OneHotEncoder(sparse_output=False, drop="first").fit_transform(words)
    np.testing.assert_array_equal(read(text, linear=True).inputs, rest)


def test_target_and_inputs_by_name_or_place() -> None:
    text = "a,b,c\n1,2,3.5\n4,5,6.5\n"
    found = read(text, target="a", inputs=("3", "b"))
    assert (found.target.name, found.names, found.inputs.tolist()) == ("a", ("c", "b"), [[3.5, 2], [6.5, 5]])
    for reading, why in [
        ({"target": "d"}, r"There is no column 'd'; the columns are a, b, c\."),
        ({"inputs": ("a", "a")}, "a is among the inputs twice"),
        ({"inputs": ("c",)}, "c is to be told from the inputs"),
        ({"target": "9"}, "There is no column '9'"),
    ]:
        with pytest.raises(Refusal, match=why):
            read(text, **reading)


@pytest.mark.parametrize(
    ("text", "reading", "row", "why"),
    [
        ("a,b\n1,2\n3,4\nx,6\n", {}, 4, "a number was expected in column 1, as in the rows around"),
        ("a,b\n1,2\n3,4\nx,6\n", {"missing": "drop"}, 4, "a number was expected in column 1"),
        ("1,500;a\n2,050;b", {}, 1, "may be 1500 or 1.500"),
        ("a,b,c\n1,2,3\n4,5\n7,8,9\n", {"missing": "drop"}, 3, "3 columns, as many as in row 2"),
    ],
)
def test_the_row_that_cannot_be_taken_is_named(
    text: str, reading: dict[str, Any], row: int, why: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read(text, **reading)
    assert refused.value.message.startswith(f"Row {row}: ")
    assert why in refused.value.message


def test_what_somebody_says_of_the_text_is_believed() -> None:
    assert read("1,500;a\n2,050;b", decimal=",").inputs.tolist() == [[1.5], [2.05]]
    assert read("1,500;a\n2,050;b", decimal=".").inputs.tolist() == [[1500], [2050]]
    assert read("1.500\n2.250", decimal=",", separator=".").inputs.tolist() == [[1], [2]]
    years = "land,2019,2020\nFR,1.5,2.5\nDE,3.5,4.5\nIT,1.25,3\n"
    assert read(years, header=True).names == ("land=DE", "land=FR", "land=IT", "2019")
    assert len(read("a,b\nc,d\ne,f\n", header=False).rows) == 3


def test_columns_that_say_nothing_are_left_out_and_named() -> None:
    found = read("a,b,c,d\n1,,x,2\n3,,x,4\n5,,x,6\n")
    assert found.names == ("a",)
    assert found.notes == (
        "The column b is empty, and left out.",
        "The column c says 'x' in every row, and is left out.",
    )
    with pytest.raises(Refusal, match="There must be an input"):
        read("a,b\n,1\n,2\n")
    with pytest.raises(Refusal, match="There must be an input"):
        read("a,b\nx,1\n,2\nx,3\n", missing="drop", linear=True)


def test_a_word_too_many_is_refused() -> None:
    rows = "".join(f"name{i},{i}.5\n" for i in range(51))
    with pytest.raises(
        Refusal, match="At most 50 different words are taken of an input, each as a column; who has 51"
    ):
        read("who,y\n" + rows)


def test_long_words_keep_their_columns() -> None:
    long = "w" * 60
    found = read(f"who,y\n{long}a,1.5\n{long}b,2.5\nc,3.5\n")
    assert found.inputs.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize(
    ("cells", "iso"),
    [
        (["2020-01-31", "1999-12-01"], ["2020-01-31", "1999-12-01"]),
        (["31.01.2020", "1.2.2021"], ["2020-01-31", "2021-02-01"]),
        (["3.4.2020", "5.6.2020"], ["2020-04-03", "2020-06-05"]),
        (["31/01/2020", "3/4/2021"], ["2020-01-31", "2021-04-03"]),
        (["1/31/2020", "3/4/2021"], ["2020-01-31", "2021-03-04"]),
        (["2020-01-31 12:30", "2020-02-01T06:00:30Z"], ["2020-01-31 12:30", "2020-02-01 06:00:30"]),
        (["2020-01-31T12:30:00+02:00"], ["2020-01-31 10:30"]),
        (["2020/1/2"], ["2020-01-02"]),
    ],
)
def test_days_are_those_of_the_standard_library(cells: list[str], iso: list[str]) -> None:
    found = days_of(cells)
    assert found is not None
    moments = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in iso]
    expected = [each.timestamp() / 86_400 for each in moments]
    assert [found[cell] for cell in cells] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    "cells", [["3/4/2020"], ["2020-13-01"], ["31.02.2020"], ["12:30"], ["2020"], ["1.5"], []]
)
def test_what_is_no_day_or_could_be_two(cells: list[str]) -> None:
    assert days_of(cells) is None


def test_cells_may_go_on_over_lines_and_rows_keep_their_numbers() -> None:
    text = 'name,x\n"two\nlines",1\nb,2\n"c ""quoted"", too",oops\nd,4\n'
    rows = read_rows(text)
    assert rows is not None
    table = table_of(rows)
    assert table is not None
    assert table.columns[0].cells == ("two\nlines", "b", 'c "quoted", too', "d")
    assert table.rows.numbers == [2, 4, 5, 6]
