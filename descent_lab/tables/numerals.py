"""How numbers are written in a text: which sign parts the decimals, which the thousands, and what stands for no value.

`1,500` is 1500 to some and 1.5 to others. Other cells of the text may prove the one or the other: `2.5` and `1,234,567`
the point, `2,5` and `1.234,5` the comma. Where none does, nothing is guessed that could be a thousand times too small.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

MISSING = frozenset({"", "?", "-", "na", "n/a", "#n/a", "#na", "null", "<na>", "none", "\\n"})
"""What stands for a value that is not there, in small letters; \\N is MySQL's."""

Sign = Literal[".", ","]


def _written(decimal: str, thousands: str) -> re.Pattern[str]:
    tail = rf"(?:[{decimal}][0-9]*)?"
    grouped = rf"[1-9][0-9]{{0,2}}([{thousands}])[0-9]{{3}}(?:\1[0-9]{{3}})*{tail}"
    plain = rf"(?:[0-9]+{tail}|[{decimal}][0-9]+)(?:e[+-]?[0-9]+)?"
    return re.compile(rf"[+-]?(?:{grouped}|{plain})", re.IGNORECASE)


SPACES = " '’\u00a0\u202f"
"""Signs that part thousands and nothing else."""
_BY: dict[Sign, re.Pattern[str]] = {".": _written(".", "," + SPACES), ",": _written(",", "." + SPACES)}
_PLAIN = b"0123456789eE+-\n"
_NONE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


def is_missing(cell: str) -> bool:
    """Whether this stands for no value."""
    return cell.lower() in MISSING


def _plain(cell: str) -> str:
    return cell.replace("−", "-")


def _readings(cell: str) -> tuple[Sign, ...]:
    """The decimal signs by which this is a number."""
    signs: tuple[Sign, ...] = (".", ",")
    return tuple(sign for sign in signs if _BY[sign].fullmatch(cell))


@dataclass(frozen=True)
class Numerals:
    """What the cells of a text mean.

    decimal: the sign that parts decimals in all of it; None where both do, each in cells that leave no doubt.
    """

    decimal: Sign | None = None

    def is_number(self, cell: str) -> bool:
        """Whether this reads as a number; NaN and infinity do, and so does what could be two numbers."""
        plain = _plain(cell)
        if _NONE.fullmatch(plain):
            return True
        return bool(_readings(plain) if self.decimal is None else _BY[self.decimal].fullmatch(plain))

    def is_doubtful(self, cell: str) -> bool:
        """Whether this could be two numbers, and nothing in the text says which."""
        return self.decimal is None and _is_doubtful(_plain(cell))

    def value(self, cell: str) -> float:
        """The number that this is."""
        plain = _plain(cell)
        if _NONE.fullmatch(plain):
            return float(plain)
        sign = self.decimal or _readings(plain)[0]
        thousands = SPACES + (",." if sign == "." else ".,")[0]
        return float(plain.translate({ord(each): None for each in thousands}).replace(",", "."))


EITHER = Numerals()
"""Whatever sign parts decimals."""


def _only_sign(column: Sequence[str], joined: str) -> Sign | None:
    """The one of both signs that these cells have, none of them twice; None where they have both or neither."""
    signs: list[Sign] = [sign for sign in _BY if sign in joined]
    if len(signs) != 1 or max(map(str.count, column, itertools.repeat(signs[0]))) > 1:
        return None
    return signs[0]


@dataclass(frozen=True, eq=False)
class Plain:
    """Numbers that are written with digits, one sign and a power of ten alone: values, (n,), and the sign, where any of
    them has one."""

    values: np.ndarray
    sign: Sign | None


Known = Plain | Literal["unknown"] | None
"""The numbers of cells that are all plainly written; None where one is not."""


def plainly(cells: Sequence[str]) -> Plain | None:
    """The numbers of cells that are all plainly written; None where one is not. Fast: this is how most columns of most
    tables are."""
    joined = "\n".join(cells)
    if not joined.isascii():
        return None
    rest = joined.encode().translate(None, _PLAIN)
    sign: Sign | None = "." if b"." in rest else "," if rest else None
    if sign and rest.strip(sign.encode()):
        return None
    try:
        values = np.array([*map(float, joined.replace(",", ".").split("\n") if sign == "," else cells)])
    except ValueError:
        return None
    return Plain(values, sign) if len(values) == len(cells) else None


def _is_doubtful(plain: str) -> bool:
    return len(_readings(plain)) == 2 and ("," in plain or "." in plain)


def numerals(columns: Iterable[Sequence[str]], separator: str) -> tuple[Numerals, list[Plain | None]]:
    """How numbers are written in these columns of a text, which are parted by the separator; and the columns in which
    all are plainly written.

    The point is believed where nothing speaks against it. A comma before three digits parts thousands where the column
    has numbers below a thousand without one, for decimals would not come and go; but semicolons part columns where
    people write decimals with a comma, and there, as everywhere else, it stays in doubt. So does a point before three
    digits in a column with such numbers.
    """
    proven: set[Sign] = set()
    doubtful: set[str] = set()
    plain: list[Plain | None] = []
    commas_part_thousands = separator != ";"
    points_come_and_go = False
    for column in columns:
        known = plainly(column)
        plain.append(known)
        if known is not None and known.sign is None:
            continue
        joined = "" if known else "\n".join(column)
        if known is None and "," not in joined and "." not in joined:
            continue
        alone = _only_sign(column, joined) if known is None else known.sign
        doubts: list[str] = []
        for cell in map(_plain, column):
            if "," not in cell and "." not in cell:
                continue
            signs = _readings(cell)
            if len(signs) == 1:
                proven.add(signs[0])
                if signs[0] == alone:
                    break  # the others can prove nothing else
            elif signs:
                doubts.append(cell)
        doubtful.update("," if "," in cell else "." for cell in doubts)
        if not doubts:
            continue
        whole = [cell for cell in map(_plain, column) if cell.lstrip("+-").isdecimal()]
        come_and_go = bool(whole) and all(len(cell.lstrip("+-")) <= 3 for cell in whole)
        if any("," in cell for cell in doubts):
            commas_part_thousands = commas_part_thousands and come_and_go
        else:
            points_come_and_go = points_come_and_go or come_and_go
    return _believed(proven, doubtful, commas_part_thousands, points_come_and_go), plain


def _believed(
    proven: set[Sign], doubtful: set[str], commas_part_thousands: bool, points_come_and_go: bool
) -> Numerals:
    if len(proven) == 1:
        return Numerals(next(iter(proven)))
    if proven:
        return Numerals()
    if "," in doubtful:
        return Numerals("." if commas_part_thousands and "." not in doubtful else None)
    return Numerals(None if points_come_and_go else ".")
