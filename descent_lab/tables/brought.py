"""Texts of columns that somebody brought, read once for all that is then asked about them.

Of a large text the rows take much room and the reading a second; whoever brings it looks at it, chooses columns, and
trains. So the last text that was read is remembered, and what its columns came to.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from descent_lab.tables.features import Features, Reading, features_of
from descent_lab.tables.files import kept
from descent_lab.tables.numerals import Numerals, Sign
from descent_lab.tables.rows import Rows, read_rows
from descent_lab.tables.table import Table, table_of


class Brought(NamedTuple):
    """A text, or the name by which it is kept; one of the two."""

    csv: str | None = None
    file: str | None = None

    @property
    def text(self) -> str:
        """The text. `Refusal` where it is not kept, or no longer."""
        return kept(self.file or "") if self.csv is None else self.csv

    def rows(self, reading: Reading) -> Rows | None:
        """The rows of the text, whether or not they make a table; None where it has none."""
        return _rows(self, reading.separator, reading.header, reading.decimal, reading.index)

    def table(self, reading: Reading) -> Table | None:
        """The table of the text, read so; None where it has no rows."""
        rows = self.rows(reading)
        return None if rows is None else _table(rows).as_told(reading.words, reading.numbers)

    def features(self, reading: Reading, *, linear: bool) -> Features | None:
        """The numbers of the text, as `read_features` has them."""
        return _features(self, reading, linear)


@lru_cache(maxsize=1)
def _rows(
    brought: Brought, separator: str | None, header: bool | None, decimal: Sign | None, index: bool | None
) -> Rows | None:
    return read_rows(brought.text, separator, header, None if decimal is None else Numerals(decimal), index)


@lru_cache(maxsize=1)
def _table(rows: Rows) -> Table:
    return table_of(rows)


@lru_cache(maxsize=1)
def _features(brought: Brought, reading: Reading, linear: bool) -> Features | None:
    table = brought.table(reading)
    return None if table is None else features_of(table, reading, linear=linear)
