"""How a file of columns is read: the options that several commands have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from descent_lab.refusals import Refusal

Reading = dict[str, Any] | None
"""The part of a setup that says how a text is read; None where nothing is said."""

Target = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN",
        help="Of a file: the column to be told from the others, by its name or place.",
        show_default="the last",
    ),
]
Inputs = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN,COLUMN,..",
        help="Of a file: from which columns; a comma in a name is written %2C.",
        show_default="all others",
    ),
]
Missing = Annotated[
    str | None,
    typer.Option(
        metavar="refuse|drop",
        help="Of a file: whether rows without a value are refused or left out.",
        show_default="refuse",
    ),
]
Separator = Annotated[
    str | None,
    typer.Option(
        metavar="SIGN", help="Of a file: , ; | tab or space between columns.", show_default="as it looks"
    ),
]
Decimal = Annotated[
    str | None,
    typer.Option(metavar="SIGN", help="Of a file: . or , before the decimals.", show_default="as it looks"),
]
Header = Annotated[
    bool | None,
    typer.Option(
        "--header/--no-header",
        help="Of a file: whether the first row names the columns.",
        show_default="as it looks",
    ),
]
Words = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN,COLUMN,..",
        help="Of a file: columns that hold words, whatever they look like.",
        show_default="as it looks",
    ),
]
Numbers = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN,COLUMN,..",
        help="Of a file: columns that hold numbers; a target so is no class.",
        show_default="as it looks",
    ),
]
Index = Annotated[
    bool | None,
    typer.Option(
        "--index/--no-index",
        help="Of a file: whether its first column only counts or names the rows.",
        show_default="as it looks",
    ),
]
WORDS = {"tab": "\t", "space": " ", "comma": ",", "semicolon": ";", "bar": "|", "point": "."}
"""Signs that are hard to type."""

SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
"""What may part columns, and what it is called."""


def reading_of(
    target: Target = None,
    inputs: Inputs = None,
    missing: Missing = None,
    separator: Separator = None,
    decimal: Decimal = None,
    header: Header = None,
    words: Words = None,
    numbers: Numbers = None,
    index: Index = None,
) -> Reading:
    """The part of a setup that says how a text is read; None where nothing is said."""

    def names(text: str | None) -> list[str] | None:
        return None if text is None else [name.replace("%2C", ",") for name in text.split(",")]

    if separator is not None and WORDS.get(separator, separator) not in SIGNS:
        raise Refusal("one of", field="--separator", known=[*SIGNS.values()], came=repr(separator))
    given = {
        "target": target,
        "inputs": names(inputs),
        "missing": missing,
        "separator": None if separator is None else WORDS.get(separator, separator),
        "decimal": None if decimal is None else WORDS.get(decimal, decimal),
        "header": header,
        "words": names(words),
        "numbers": names(numbers),
        "index": index,
    }
    return {name: value for name, value in given.items() if value is not None} or None


def reads_columns(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes a `reading`, with the options of `reading_of` in its place."""
    own = inspect.signature(command, eval_str=True).parameters
    options = inspect.signature(reading_of, eval_str=True).parameters

    @wraps(command)
    def told(**given: Any) -> None:
        reading = reading_of(**{name: given.pop(name) for name in options})
        command(**given, reading=reading)

    shown: list[inspect.Parameter] = []
    for name, parameter in own.items():
        shown += options.values() if name == "reading" else [parameter]
    told.__signature__ = inspect.Signature(shown)  # pyright: ignore[reportAttributeAccessIssue]
    told.__annotations__ = {each.name: each.annotation for each in shown}
    return told
