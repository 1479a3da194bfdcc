"""Files of columns on the command line: how they are read, and `descent-lab look`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.tables.encodings import Decoded

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
Encoding = Annotated[
    str | None,
    typer.Option(help="Of a file: utf-8, utf-16, windows-1252, shift-jis, ..", show_default="as it looks"),
]

WORDS = {"tab": "\t", "space": " ", "comma": ",", "semicolon": ";", "bar": "|", "point": "."}
"""Signs that are hard to type."""

SIGNS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}
"""What may part columns, and what it is called."""

TEXTS = ("csv", "file", "table", "table_file")
"""Fields of a setup that have a text of columns, or its name."""


def reading_of(
    target: str | None,
    inputs: str | None,
    missing: str | None,
    separator: str | None,
    decimal: str | None,
    header: bool | None,
    words: str | None,
    numbers: str | None,
    index: bool | None,
) -> dict[str, Any] | None:
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


def read_so(setup: dict[str, Any], reading: dict[str, Any] | None) -> dict[str, Any]:
    """The setup with its text read so: what it says of that itself stays, but for what is said anew."""
    if reading is None:
        return setup
    if all(setup.get(name) is None for name in TEXTS):
        raise Refusal("reading of no file", given=[f"--{name}" for name in reading])
    return {**setup, "reading": {**(setup.get("reading") or {}), **reading}}


def read_file(path: Path, field: str, encoding: str | None = None) -> Decoded:
    """The text of a file, or of standard input; a guess at its encoding is said."""
    from descent_lab.tables.encodings import decoded

    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise Refusal("no file", field=field, path=str(path), why=error.strerror) from None
    found = decoded(data, encoding)
    if found.guessed:
        print(Refusal("guessed encoding", encoding=found.encoding).message, file=sys.stderr)
    return found


def look(
    file: Annotated[
        Path, typer.Argument(help="A file of columns; - reads standard input.", show_default=False)
    ],
    learner: Annotated[
        str | None,
        typer.Option(
            "--for", metavar="network|regression", help="Who is to learn from it.", show_default="both"
        ),
    ] = None,
    target: Target = None,
    inputs: Inputs = None,
    missing: Missing = None,
    separator: Separator = None,
    decimal: Decimal = None,
    header: Header = None,
    words: Words = None,
    numbers: Numbers = None,
    index: Index = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> None:
    """Print what is understood of a file of columns: how it is written, what each column holds, what would be used."""
    from descent_lab.limits import limits_from_environment
    from descent_lab.links.looked import looked
    from descent_lab.tables.brought import Brought
    from descent_lab.tables.features import LEARNERS, Learner

    if learner not in (None, *LEARNERS):
        raise Refusal("one of", field="--for", known=[*LEARNERS], came=repr(learner))
    learners: list[Learner] = [each for each in LEARNERS if learner in (None, each)]
    reading = reading_of(target, inputs, missing, separator, decimal, header, words, numbers, index)
    read = read_file(file, "file", encoding)
    limits = limits_from_environment()
    found = {each: looked(Brought(csv=read.text), reading, each, limits) for each in learners}
    if as_json:
        first = {"encoding": read.encoding, "encoding_guessed": read.guessed}
        print_json(first | (next(iter(found.values())) if learner else found))
        return
    some = next(iter(found.values()))
    guessed = " (a guess)" if read.guessed else ""
    print_written(some, f"{read.encoding}{guessed}")
    for each, one in found.items():
        print()
        print_verdict(one, each)


def print_written(found: Mapping[str, Any], encoding: str) -> None:
    """How the text is written, and its columns."""
    signs = {"\t": "tabs", " ": "spaces", ",": "commas", ";": "semicolons", "|": "bars"}
    decimals = {".": "a point", ",": "a comma", None: "a point or a comma"}[found["decimal"]]
    print(
        f"{found['rows']:,} rows of {len(found['columns'])} columns, "
        f"{'named by the first row' if found['header'] else 'without names'}; {encoding}, "
        f"{signs.get(found['separator'], repr(found['separator']))} between columns, {decimals} before decimals."
    )
    print()
    print_table(
        ("column", "holds", "values", "missing"),
        [
            (each["name"], _KINDS[each["kind"]], _values(each), f"{each['missing']:,}")
            for each in found["columns"]
        ],
    )


def print_verdict(found: Mapping[str, Any], learner: str) -> None:
    """What of a table is used by whom, or why nothing can be."""
    if found["fault"] is not None:
        print(f"For a {learner}, not usable as it is: {found['fault']}")
        return
    inputs = ", ".join(" ".join(name.split()) for name in found["inputs"])
    told = f"{found['target']}, {len(found['classes'])} classes" if found["classes"] else found["target"]
    print(f"For a {learner}, to be told: {told}. From: {inputs}. Rows: {found['used']:,}.")
    for note in found["notes"]:
        print(" ".join(note.split()))


_KINDS = {"number": "numbers", "date": "days", "word": "words", "empty": "nothing"}


def _values(column: Mapping[str, Any]) -> str:
    from descent_lab.tables.look import day

    if column["low"] is not None:
        numbers: list[float] = [column[name] for name in ("low", "high", "mean")]
        low, high, mean = [day(value) if column["kind"] == "date" else figure(value, 6) for value in numbers]
        return f"{low} to {high}, mean {mean}"
    if not column["words"]:
        return ""
    some = ", ".join(" ".join(word.split()) for word in column["words"][:4])
    return some if column["different"] <= 4 else f"{some}, … ({column['different']} different)"
