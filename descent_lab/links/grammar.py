"""A setup as readable text, and back: the one grammar of links and of the command line.

    surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9&change=40:0:lr=0.01
    points=2.4,1.7;2.8,1.85&degree=3&split=70,15,15&batch=4&start=0,0,0,0&entrant=gd&data=40:1:2.5,1.9&data=60:0:&seed=0
    data=moons&samples=300&spread=0.15&hidden=8,8&activation=tanh,relu&dropout=0.1,0&entrant=adam&setting=40:batch=64

A table of one's own is `table=` with an encoded text, or `table_file=` with the name of one that was brought. A
network's samples are `data=` with the key of a set, `drawn=x,y,class;...` or `csv=` with an encoded text; `hidden=`
with nothing is a network without hidden layers. How a text is read, where it is not as it looks, is
`reading=target:price;inputs:size,rooms;missing:drop;separator:semicolon;decimal:comma;header:yes;words:zip;index:no`.
A formula's letters are `parameters=a:1.5;b:2:0,10`, each with its number and, if it is not the usual one, its slider's
range. Its settings change on the way as `setting=step:name=value`.

What is searched for around a setup is `search=`; see `search_part`.

An entrant is `optimizer:knob=value,...`, with options after semicolons: `schedule=cosine:floor=0.01`, `offset=0.01,0`,
`color=cc3311`, `hidden`, `label=...`, the label last. Texts are percent-encoded where they would be taken for grammar;
splitting comes first and decoding last, so that a label may hold any character. What happens to a link on the way
(signs encoded once more, signs cut off or appended) stands in `signs`.

What is read is a setup of plain JSON values, which `read_setup` checks. What a setup has anyway is left out.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from descent_lab.links import parts
from descent_lab.links.search_part import read_search
from descent_lab.links.signs import KEYS, fragment, grammar, key_and_text, pieces, without_tail
from descent_lab.refusals import Refusal

Kind = str
"""race, regression or network."""

SOURCES: Mapping[Kind, tuple[str, ...]] = {
    "race": ("expression", "surface"),
    "regression": ("points", "preset", "dataset", "table", "table_file"),
    "network": ("drawn", "csv", "file", "data"),
}
"""What says on what is raced, of which there is one."""


def kind_of(setup: Mapping[str, Any]) -> Kind | None:
    """The kind of a setup, from what it is raced on; None where it does not say."""
    return next(
        (kind for kind, sources in SOURCES.items() if any(setup.get(name) is not None for name in sources)),
        None,
    )


MOST_FAULTS = 20
"""So many are told of one link."""

# ---------------------------------------------------------------- reading

_READ: Mapping[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(KEYS, parts.read_number),
    **dict.fromkeys(
        (
            *("expression", "surface", "preset", "dataset", "table", "table_file", "data", "csv", "file"),
            *("output", "loss", "initial"),
        ),
        parts.read_text,
    ),
    "points": parts.read_points,
    "drawn": parts.read_drawn,
    "reading": parts.read_reading,
    "parameters": parts.read_parameters,
    "hidden": parts.read_sizes,
    "activation": parts.read_names,
    "dropout": parts.read_shares,
    "standardise": parts.read_switch,
    "window": parts.read_window,
    "split": parts.read_list,
    "start": parts.read_start,
    "search": read_search,
}
_CHANGES: Mapping[str, Callable[[str, str], dict[str, Any]]] = {
    "change": parts.read_change,
    "data": parts.read_data_change,
    "setting": parts.read_setting_change,
}


def read(link: str) -> dict[str, Any]:
    """The setup that a link describes: a whole address, or what is behind its #, with or without that. `Refusal` names
    the first part at fault."""
    setup, faults = parsed(link)
    if faults:
        raise faults[0]
    return setup


def parsed(link: str) -> tuple[dict[str, Any], list[Refusal]]:
    """The setup of what can be read of a link, and what is wrong with the rest."""
    setup: dict[str, Any] = {"entrants": [], "changes": []}
    faults: list[Refusal] = []
    found = pieces(fragment(link))
    if found:
        found[-1] = without_tail(found[-1])
    for piece in filter(None, found):
        try:
            _take(piece, setup)
        except Refusal as refusal:
            faults.append(refusal)
            if len(faults) == MOST_FAULTS:
                break
    return setup, faults


def _take(piece: str, setup: dict[str, Any]) -> None:
    key, text = key_and_text(piece)
    if key == "entrant":
        setup["entrants"].append(parts.read_entrant(text, f"entrants.{len(setup['entrants'])}"))
    elif key in _CHANGES and not (
        key == "data" and ":" not in grammar(text)
    ):  # else the key of a set of samples
        setup["changes"].append(_CHANGES[key](text, f"changes.{len(setup['changes'])}"))
    elif key not in _READ:
        raise unknown((key or piece)[:60], KEYS)
    elif key in setup:
        raise Refusal("link twice", field=key, came=piece[:60])
    else:
        setup[key] = _READ[key](text, key)


def unknown(key: str, known: Iterable[str]) -> Refusal:
    """The refusal of a part that a link cannot have."""
    names = [*known]
    near = difflib.get_close_matches(key, names, n=1)
    return Refusal("link key", field="link", key=key, known=names, near=near[0] if near else None)
