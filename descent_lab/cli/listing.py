"""`descent-lab list`: what there is."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from descent_lab.cache import cached
from descent_lab.cli.printing import AsJson, print_json, print_table
from descent_lab.refusals import Refusal, nearest

LISTS = {
    "surfaces": "surfaces",
    "optimizers": "optimizers",
    "schedules": "schedules",
    "scenes": "scenes",
    "samplesets": "sample_sets",
    "activations": "activations",
    "initialisations": "initialisations",
    "network-optimizers": "network_optimizers",
}
"""WHAT -> the function of `listings` that lists it."""


def list_items(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="surfaces or optimizers (also schedules, scenes; for networks samplesets, activations, "
            "initialisations, network-optimizers).",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """List what there is."""
    if what not in LISTS:
        raise Refusal(
            "one of", field="WHAT", known=list(LISTS), came=repr(what[:60]), near=nearest(what[:60], LISTS)
        )
    items = cached(f"list-{what}", lambda: _made(LISTS[what]))
    if as_json:
        print_json(items)
    elif what.endswith("optimizers"):
        print_table(
            ("key", "name", "knobs"), [(each["key"], each["name"], knobs_in_words(each)) for each in items]
        )
    elif what == "surfaces":
        print_table(
            ("key", "name", "formula"), [(each["key"], each["name"], each["formula"]) for each in items]
        )
    else:
        print_table(("key", "name"), [(each["key"], each["name"]) for each in items])


def _made(name: str) -> list[dict[str, Any]]:
    from descent_lab import listings  # takes a second: once, as long as nothing changes

    return getattr(listings, name)()


def knobs_in_words(optimizer: dict[str, Any]) -> str:
    """The knobs of an optimizer and their defaults, as they may be typed."""
    return ",".join(f"{knob['name']}={knob['default']:g}" for knob in optimizer["knobs"])
