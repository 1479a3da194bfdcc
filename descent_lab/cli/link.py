"""`descent-lab link`, and `--link` of the other commands: what is on a page, on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from descent_lab.refusals import Refusal

LinkOption = Annotated[
    str | None,
    typer.Option(
        "--link",
        metavar="LINK",
        help="What a link of the page opens: the whole address, or what is behind its #. Other options come on top.",
        show_default=False,
    ),
]

COMMANDS = {"race": "race", "regression": "regress", "network": "train", "search": "search"}
"""The command that runs what a link of each kind opens."""


def setup_of(link: str, kind: str | None = None) -> dict[str, Any]:
    """The whole setup that a link opens. kind: what it must be, where only one kind will do."""
    from descent_lab.links.grammar import kind_of

    setup, search = searched(link)
    came = "search" if search is not None else kind_of(setup)
    if search is not None or kind not in (None, came):
        assert came is not None
        raise Refusal("link of another command", field="link", kind=came, command=COMMANDS[came])
    return setup


def searched(link: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The whole setup that a link opens, and what it asks of a search around it; None for nothing."""
    from descent_lab.limits import limits_from_environment
    from descent_lab.links.opened import opened

    found = opened(link, limits_from_environment())
    if found.setup is None:
        raise found.faults[0]
    for note in found.notes:
        print(note, file=sys.stderr)
    return found.setup, found.search


def alone(link: str | None, **others: Any) -> None:
    """`Refusal` where a link comes with something else to run in its place. others: what that would be, by name."""
    given = [name for name, value in others.items() if value is not None]
    if link is not None and given:
        raise Refusal("link and source", field="link", given=given)


def read_entrants(texts: Sequence[str]) -> list[dict[str, Any]] | None:
    """The entrants of an option; None where there are none."""
    from descent_lab.links import parts

    return [parts.read_entrant(text, f"entrants.{index}") for index, text in enumerate(texts)] or None


def link(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="LINK",
            help="The whole address, or what is behind its #; - reads standard input.",
            show_default=False,
        ),
    ] = None,
    of: Annotated[
        Path | None,
        typer.Option(
            metavar="SETUP.JSON",
            help="Print the link of a setup instead; - reads standard input.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the setup that a link opens, as JSON; or with --of the link of a setup."""
    if (text is None) == (of is None):
        raise Refusal("link or setup", field="link", came="neither" if text is None else "both")
    if text is not None:
        setup, search = searched(sys.stdin.read() if text == "-" else text)
        print(json.dumps(setup | ({} if search is None else {"search": search}), ensure_ascii=False))
        return
    assert of is not None
    from descent_lab.limits import limits_from_environment
    from descent_lab.links.opened import link_of
    from descent_lab.search.asking import parted
    from descent_lab.setups.reading import read_setup

    try:
        given: Any = json.loads(sys.stdin.read() if str(of) == "-" else of.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal("no file", field="of", path=str(of), why=error.strerror) from None
    except ValueError:
        raise Refusal("no JSON", field="of", path=str(of)) from None
    setup, ask = parted(given)
    read_setup(setup, limits_from_environment())
    if ask is not None:
        ask.space(setup)
    print(link_of(setup, None if ask is None else ask.described()))
