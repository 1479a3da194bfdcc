"""A setup as readable text, and back: the grammar of permalinks and of the command line.

    surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9&change=40:0:lr=0.01
    points=2.4,1.7;2.8,1.85&degree=3&split=70,15,15&batch=4&start=0,0,0,0&entrant=gd&data=40:1:2.5,1.9&data=60:0:
    data=moons&samples=300&spread=0.15&hidden=8,8&activation=tanh,relu&dropout=0.1,0&entrant=adam&setting=40:batch=64

A network's samples are `data=` with the key of a set, `drawn=x,y,class;...` or `csv=` with an encoded text; `hidden=`
with nothing is a network without hidden layers. Its settings change on the way as `setting=step:name=value`.

An entrant is `optimizer:knob=value,...`, with options after semicolons: `schedule=cosine:floor=0.01`, `offset=0.01,0`,
`label=...`, `color=cc3311`, `hidden`. Texts are percent-encoded where they would be taken for grammar; splitting comes
first and decoding last, so that a label may hold any character. The mirror of the pages' own: permalink.js,
regression-link.js and network-link.js in static/state.

What is read is a setup of plain JSON values, which `read_setup` checks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from descent_lab.setups.link_parts import (
    read_change,
    read_data_change,
    read_drawn,
    read_entrant,
    read_list,
    read_names,
    read_number,
    read_points,
    read_setting_change,
    read_shares,
    read_sizes,
    read_start,
    read_switch,
    read_text,
    read_window,
    wrong,
)

# ---------------------------------------------------------------- values and lists as text


def numeral(value: float) -> str:
    """The shortest decimal that reads back as the very same double, as JavaScript writes it."""
    text = repr(float(value)).removesuffix(".0")
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}e{int(exponent)}"
    return text


def _named(name: str, knobs: Mapping[str, Any]) -> str:
    return name + (":" + ",".join(f"{k}={numeral(v)}" for k, v in knobs.items()) if knobs else "")


def _pair(values: Any) -> str:
    return ",".join(numeral(value) for value in values)


def _shares(value: Any) -> str:
    return numeral(value) if isinstance(value, int | float) else _pair(value)


def entrant_text(entrant: Mapping[str, Any]) -> str:
    """An entrant of a setup, in the grammar."""
    parts = [_named(entrant["optimizer"], entrant.get("knobs") or {})]
    if entrant.get("schedule"):
        knobs = dict(entrant["schedule"])
        parts.append(f"schedule={_named(knobs.pop('kind'), knobs)}")
    if any(entrant.get("offset") or ()):
        parts.append(f"offset={_pair(entrant['offset'])}")
    if entrant.get("color"):
        parts.append(f"color={entrant['color'].removeprefix('#')}")
    if entrant.get("label"):
        parts.append(f"label={quote(entrant['label'], safe='~,:=()/*')}")
    if entrant.get("hidden"):
        parts.append("hidden")
    return ";".join(parts)


def change_text(change: Mapping[str, Any]) -> str:
    """A change of a setup as a part of the link."""
    if "point" in change:
        return f"data={change['at']}:{change['point']}:{_pair(change['to'] or ())}"
    if "setting" in change:
        return f"setting={change['at']}:{change['setting']}={_shares(change['value'])}"
    return f"change={change['at']}:{change['entrant']}:{change['knob']}={numeral(change['value'])}"


# ---------------------------------------------------------------- the parts


@dataclass(frozen=True)
class Part:
    """A part of a link, `key=text`. read: from its text and the name of the field. write: the text of a value."""

    read: Callable[[str, str], Any]
    write: Callable[[Any], str]


def _encoded(safe: str) -> Part:
    return Part(read_text, lambda text: quote(text, safe=f"~,:=()/*{safe}"))


def _points(read: Callable[[str, str], Any]) -> Part:
    return Part(read, lambda points: ";".join(map(_pair, points)))


_TEXTS = ("surface", "preset", "dataset", "data", "output", "loss", "initial")
_NUMBERS = (
    *("degree", "delta", "samples", "spread", "l2", "l1", "jitter", "batch", "patience", "steps", "seed"),
    "noise",
)
_PARTS: Mapping[str, Part] = {
    "expression": _encoded("^|;"),
    **dict.fromkeys(_TEXTS, Part(read_text, str)),
    "csv": _encoded(";"),
    "points": _points(read_points),
    "drawn": _points(read_drawn),
    "hidden": Part(read_sizes, _pair),
    "activation": Part(read_names, lambda names: names if isinstance(names, str) else ",".join(names)),
    "dropout": Part(read_shares, _shares),
    "standardise": Part(read_switch, lambda on: "yes" if on else "no"),
    "window": Part(read_window, lambda window: ",".join(map(_pair, window))),
    "split": Part(read_list, _pair),
    "start": Part(read_start, _pair),
    **dict.fromkeys(_NUMBERS, Part(read_number, numeral)),
}
"""In the order in which they are written."""


_CHANGES: Mapping[str, Callable[[str, str], dict[str, Any]]] = {
    "change": read_change,
    "data": read_data_change,
    "setting": read_setting_change,
}


def read(link: str) -> dict[str, Any]:
    """The setup that a link describes, with or without its #. `Refusal` names the part at fault."""
    setup: dict[str, Any] = {"entrants": [], "changes": []}
    for part in filter(None, link.removeprefix("#").split("&")):
        key, _, text = part.partition("=")
        if key == "entrant":
            setup["entrants"].append(read_entrant(text, f"entrants.{len(setup['entrants'])}"))
        elif key in _CHANGES and not (key == "data" and ":" not in text):  # else the key of a set of samples
            setup["changes"].append(_CHANGES[key](text, f"changes.{len(setup['changes'])}"))
        elif key not in _PARTS:
            raise wrong("link", f"made of {', '.join(_PARTS)}, entrant, change and setting", part)
        elif key in setup:
            raise wrong(key, "there once", part)
        else:
            setup[key] = _PARTS[key].read(text, key)
    return setup


def written(setup: Mapping[str, Any]) -> str:
    """The link of a setup (plain JSON values), without its #."""
    parts = [f"{key}={part.write(setup[key])}" for key, part in _PARTS.items() if setup.get(key) is not None]
    parts += [f"entrant={entrant_text(entrant)}" for entrant in setup.get("entrants", ())]
    return "&".join([*parts, *map(change_text, setup.get("changes") or ())])
