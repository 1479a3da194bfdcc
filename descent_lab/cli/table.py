"""Files of columns on the command line: how they are read, and `descent-lab look`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.cli.reading import Reading, reads_columns
from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.tables.encodings import Decoded

Encoding = Annotated[
    str | None,
    typer.Option(help="Of a file: utf-8, utf-16, windows-1252, shift-jis, ..", show_default="as it looks"),
]

TEXTS = ("csv", "file", "table", "table_file")
"""Fields of a setup that have a text of columns, or its name."""


def read_so(setup: dict[str, Any], reading: Reading) -> dict[str, Any]:
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


@reads_columns
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
    reading: Reading = None,
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
