"""Lines to cells: what is split quickly is what the csv module splits."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from descent_lab.tables.cells import BLANK, split

texts = st.text(st.sampled_from(" \t,;|ab1.é\r\n\xa0\u3000\x85"), max_size=40)


@given(texts, st.sampled_from([",", ";", "\t", "|"]))
@example("a, b\r\n\r\n 1,2\r3,4 \n", ",")
def test_a_text_without_quotes_is_split_as_by_the_csv_module(text: str, separator: str) -> None:
    lines = io.StringIO(text, newline=None)
    rows = [
        (number, tuple(cell.strip() for cell in next(csv.reader([line], delimiter=separator), ())))
        for number, line in enumerate(lines, 1)
    ]
    filled = [(number, cells) for number, cells in rows if "".join(cells).strip(BLANK)]
    numbers, cells = split(text, separator, 0)
    stripped = [tuple(cell.strip() for cell in row) for row in cells]
    assert [*zip(numbers, stripped, strict=True)] == filled


@given(texts)
def test_quotes_change_nothing_where_none_are_needed(text: str) -> None:
    """The other way, which minds quotes, has the same cells."""
    plain = split(text, ",", 0)
    quoted = split(text + '\n"","x"', ",", 0)
    assert (plain[0], plain[1]) == (quoted[0][:-1], quoted[1][:-1])
