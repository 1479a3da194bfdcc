"""Small texts as people have them, each with what it must be read as: by library, API, command line and page alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Example:
    """A text, and what is understood of it.

    values: of the first rows, as they are understood; None where that does not matter. classes: to be told; fault: how
    the sentence begins by which it is refused; note: a part of what is said of it.
    """

    name: str
    text: str
    values: list[list[Any]] | None = None
    classes: list[str] = field(default_factory=list[str])
    fault: str | None = None
    note: str = ""


EXAMPLES = [
    Example(
        "thousands in doubt",
        "id;price\n1;950\n2;1,500\n3;2,050\n",
        fault="Row 3: '1,500' in column 2 may be 1500 or 1.500",
    ),
    Example(
        "thousands that the column proves",
        "price\tkind\n950\ta\n1,500\tb\n2,050\ta\n",
        [[950, "a"], [1500, "b"], [2050, "a"]],
        ["a", "b"],
    ),
    Example(
        "thousands that another column proves",
        "1.000;1,5\n12.500;13,0\n1.500;2,5\n",
        [[1000, 1.5], [12500, 13], [1500, 2.5]],
    ),
    Example(
        "words that look like numbers",
        "x,kind\n1,inf\n2,nan\n3,1E2\n4,red\n",
        [[1, "inf"], [2, "nan"], [3, "1E2"], [4, "red"]],
        ["1E2", "inf", "nan", "red"],
    ),
    Example("three classes", "x,code\n1,007\n2,7\n3,7A\n", classes=["007", "7", "7A"]),
    Example(
        "a header of numbers",
        "0,1,label\n5.1,3.5,A\n4.9,3.0,B\n",
        [[5.1, 3.5, "A"], [4.9, 3, "B"]],
        ["A", "B"],
    ),
    *[
        Example(
            f"{sign} for a value that is missing",
            f"x,y,kind\n{sign},2,a\n1,{sign},b\n3,4,a\n",
            [[None, 2, "a"], [1, None, "b"], [3, 4, "a"]],
            fault="Row 2: a value in column 1 was expected",
        )
        for sign in ("?", "NA", "N/A", "NULL", "-", "#N/A")
    ],
    Example(
        "a column that counts",
        ",x,kind\n0,1.5,a\n1,2.5,b\n2,3.5,a\n",
        [[1.5, "a"], [2.5, "b"], [3.5, "a"]],
        ["a", "b"],
        note="counts or names the rows: it is an index, and left out",
    ),
    Example(
        "a separator that is said", "sep=;\nx;kind\n1,5;a\n2,5;b\n", [[1.5, "a"], [2.5, "b"]], ["a", "b"]
    ),
    Example(
        "a class that is empty",
        "x,y,kind\n1,2,\n3,4,\n",
        fault="Column 3 (kind) must hold classes or values; it is empty",
    ),
    Example(
        "the row that differs from most",
        "x,y,kind\n1,2,a\n3,4\n5,6,b\n",
        fault="Row 3: 3 columns, as many as in row 2, were expected; got '3,4'",
    ),
]
