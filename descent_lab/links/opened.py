"""What a link opens, for page, API and command line: a whole setup that can be run, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from descent_lab.checks import whole as whole_number
from descent_lab.datasets import SAMPLE_SETS
from descent_lab.limits import Limits
from descent_lab.links.defaults import completed, opening
from descent_lab.links.grammar import MOST_FAULTS, Kind, kind_of, parsed, unknown
from descent_lab.links.writing import PARTS, written
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_model, read_setup

PATHS: Mapping[Kind, str] = {"race": "/", "regression": "/regression", "network": "/network"}
"""Where the page of each kind opens."""

SEARCH = "search"
SEARCH_PATH = "/search"
"""The page of searches around a regression or a network, and where it opens."""

CHANGES: Mapping[Kind, tuple[str, ...]] = {
    "race": ("change",),
    "regression": ("change", "data"),
    "network": ("change", "setting"),
}
"""What may change on the way of each kind."""


@dataclass(frozen=True)
class Opened:
    """What a link opens: the whole setup, if it is in order, else all that is wrong with it. notes: sentences on what
    the setup has in another way than the link. search: what it says of a search around the setup (see `search_part`),
    as it stands; None where it says nothing."""

    kind: Kind
    setup: dict[str, Any] | None
    faults: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    search: dict[str, Any] | None = None


def opened(link: str, limits: Limits | None = None, page: Kind | None = None) -> Opened:
    """The whole setup of a link, checked. page: the kind of page that it is to be shown on, where that is settled."""
    part, faults = parsed(link)
    search = part.pop(SEARCH, None)
    found = _opened(part, faults, limits or Limits(), page, search is not None)
    return found if search is None or found.setup is None else replace(found, search=search)


def _opened(
    part: dict[str, Any], faults: list[Refusal], limits: Limits, page: Kind | None, searches: bool
) -> Opened:
    kind = kind_of(part) or (page if page in PATHS else None) or _guessed(part, page)
    if page is not None and (SEARCH if searches else kind) not in _shown(page):
        of, path = (SEARCH, SEARCH_PATH) if searches and kind != "race" else (kind, PATHS[kind])
        faults.append(Refusal("link of another page", field="link", kind=of, page=page, path=path))
    known = (*PARTS[kind], "entrant", *CHANGES[kind], *((SEARCH,) if kind != "race" else ()))
    faults = [unknown(each.values["key"], known) if each.reason == "link key" else each for each in faults]
    faults += [unknown(name, known) for name in part if name not in (*known, "entrants", "changes")]
    if searches and kind == "race":
        faults.append(Refusal("search on a surface", field="link"))
    if faults:
        return Opened(kind, None, tuple(faults[:MOST_FAULTS]))
    if not any(part.values()) and len(part) == 2:  # there is nothing in it
        return Opened(kind, opening(kind))
    return _checked(part, kind, limits, page in PATHS)


def _shown(page: Kind) -> tuple[Kind, ...]:
    """The kinds of links that a page shows."""
    return ("regression", "network", SEARCH) if page == SEARCH else (page,)


def link_of(setup: Mapping[str, Any], search: Mapping[str, Any] | None = None) -> str:
    """The link of a setup whose shape is in order, whether or not it can be run already. search: what is asked of a
    search around it."""
    read_model(setup)
    return written({**setup, SEARCH: search})


def _checked(part: dict[str, Any], kind: Kind, limits: Limits, shown: bool) -> Opened:
    """The whole setup, or all that can be found to be wrong with it: of what is refused the default is taken, and the
    rest is read again. shown: on a page, where there is a step at least, and samples may still be drawn."""
    faults: list[Refusal] = []
    notes = _without_idle_patience(part, kind)
    whole: dict[str, Any] | None = None
    while True:
        try:
            whole = completed(part, kind)
            setup = read_setup(_stand_in(whole) if shown else whole, limits)
            if shown and setup.steps < 1:
                raise Refusal("whole", field="steps", low=1, high=limits.max_steps, came="0")
        except Refusal as refusal:
            faults.append(refusal)
            if len(faults) < MOST_FAULTS and _without(part, refusal.field or ""):
                continue
        return Opened(kind, None, tuple(faults)) if faults else Opened(kind, whole, notes=notes)


def _without_idle_patience(part: dict[str, Any], kind: Kind) -> tuple[str, ...]:
    """Takes out a patience that has no validation set to stop by: pages once wrote such links, in which it did nothing.
    What is said of that."""
    try:
        patience, shares = part.get("patience"), completed(part, kind).get("split")
    except Refusal:  # which is told when the rest is looked at
        return ()
    if not isinstance(patience, int) or patience < 1 or not isinstance(shares, list) or shares[1:2] != [0]:
        return ()
    del part["patience"]
    return (Refusal("link with idle patience", came=patience).message,)


def _without(part: dict[str, Any], field: str) -> bool:
    """Takes out what was refused; False where that is not to be found."""
    name = field.split(".")[0]
    if name not in part or name in ("entrants", "changes"):
        return False
    del part[name]
    if name == "expression":
        part.pop("parameters", None)  # they are its letters
    return True


def _stand_in(whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is checked in the place of a setup that a page is to open with, so that it opens at once: samples that are
    still being drawn have all classes, and pictures are not loaded. What only they can tell the race will say."""
    if "drawn" in whole:
        return {**whole, "drawn": _two_classes(whole["drawn"])}
    key = str(whole.get("data"))
    if key not in SAMPLE_SETS or SAMPLE_SETS[key].shape is None:
        return whole
    if "samples" in whole:
        whole_number(whole["samples"], "samples", *SAMPLE_SETS[key].sizes)
    return {name: value for name, value in whole.items() if name not in ("samples", "spread")} | {
        "data": "blobs3"
    }


def _two_classes(drawn: Any) -> Any:
    """Samples that are still being drawn, with those that are missing: a page waits until there are two classes."""
    if len({sample[2] for sample in drawn}) > 1:
        return drawn
    return [*drawn, *([0, 0, which] for which in (0, 1) for _ in range(10))]


def _guessed(part: Mapping[str, Any], page: Kind | None) -> Kind:
    """The kind of a setup that does not say on what it is raced: from the other parts that only one kind has."""
    if part.keys() & {"hidden", "activation", "output", "initial", "dropout", "samples", "spread"}:
        return "network"
    if part.keys() & {"degree", "standardise", "delta", "split", "l2", "l1"}:
        return "regression"
    return "network" if page == SEARCH else "race"
