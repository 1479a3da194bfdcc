"""A setup as readable text, and back: the grammar of permalinks and of the command line.

    surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9&change=40:0:lr=0.01
    points=2.4,1.7;2.8,1.85&degree=3&split=70,15,15&batch=4&start=0,0,0,0&entrant=gd&data=40:1:2.5,1.9&data=60:0:

An entrant is `optimizer:knob=value,...`, with options after semicolons: `schedule=cosine:floor=0.01`, `offset=0.01,0`,
`label=...`, `color=cc3311`, `hidden`. Texts are percent-encoded where they would be taken for grammar; splitting comes
first and decoding last, so that a label may hold any character. The mirror of static/state/permalink.js and of
static/state/regression-link.js.

What is read is a setup of plain JSON values, which `read_setup` checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from app.engine.refusals import Refusal

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_WHOLE = re.compile(r"(?!-0+$)[+-]?[0-9]{1,15}")


def _wrong(field: str, expected: str, came: str) -> Refusal:
    shown = came if len(came) <= 60 else came[:57] + "..."
    return Refusal(f"{field} must be {expected}; got {shown!r}.", code="grammar", field=field)


# ---------------------------------------------------------------- reading


def read_number(text: str, field: str) -> float:
    """A finite number, a whole one as int."""
    plain = unquote(text).strip()
    if _WHOLE.fullmatch(plain):
        return int(plain)
    value = float(plain) if _NUMBER.fullmatch(plain) else float("inf")
    if value in (float("inf"), float("-inf")):
        raise _wrong(field, "a finite number", text)
    return value


def read_numbers(text: str, field: str, count: int, expected: str) -> list[float]:
    """Numbers with commas between them."""
    parts = re.sub("%2c", ",", text, flags=re.IGNORECASE).split(",")
    if len(parts) != count:
        raise _wrong(field, expected, text)
    return [read_number(part, field) for part in parts]


def read_list(text: str, field: str) -> list[float]:
    """Numbers with commas between them, however many."""
    return read_numbers(text, field, text.replace("%2C", ",").replace("%2c", ",").count(",") + 1, "numbers")


def read_pair(text: str, field: str) -> list[float]:
    """Two numbers, x,y."""
    return read_numbers(text, field, 2, "two numbers x,y")


def _knobs(text: str, field: str) -> dict[str, float]:
    knobs: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or not name:
            raise _wrong(field, "knob=value with commas between, as in lr=0.04,beta1=0.9", part)
        knobs[name] = read_number(value, f"{field}.{name}")
    return knobs


def read_entrant(text: str, field: str = "entrant") -> dict[str, Any]:
    """An entrant, as in `adam:lr=0.12,beta1=0.9;schedule=cosine:floor=0.01;offset=0.01,0;label=mine;hidden`."""
    head, *options = text.split(";")
    optimizer, _, knobs = head.partition(":")
    entrant: dict[str, Any] = {
        "optimizer": unquote(optimizer).strip(),
        "knobs": _knobs(knobs, f"{field}.knobs"),
    }
    for option in options:
        name, equals, value = option.partition("=")
        match name.strip():
            case "schedule":
                kind, _, own = value.partition(":")
                entrant["schedule"] = {"kind": kind, **_knobs(own, f"{field}.schedule")}
            case "offset":
                entrant["offset"] = read_pair(value, f"{field}.offset")
            case "label":
                entrant["label"] = unquote(value)
            case "color" if re.fullmatch("(%23|#)?[0-9a-f]{6}", value, re.IGNORECASE):
                entrant["color"] = f"#{value[-6:]}"
            case "hidden" if not equals:
                entrant["hidden"] = True
            case _:
                raise _wrong(
                    field, "followed by schedule=, offset=x,y, label=, color=rrggbb or hidden", option
                )
    return entrant


def read_change(text: str, field: str = "change") -> dict[str, Any]:
    """A change, as in `40:0:lr=0.01`: from step 40 on, the learning rate of entrant 0 is 0.01."""
    at, _, rest = text.partition(":")
    entrant, _, knob = rest.partition(":")
    name, equals, value = knob.partition("=")
    if not equals:
        raise _wrong(field, "step:entrant:knob=value, as in 40:0:lr=0.01", text)
    return {
        "at": read_number(at, f"{field}.at"),
        "entrant": read_number(entrant, f"{field}.entrant"),
        "knob": name,
        "value": read_number(value, f"{field}.value"),
    }


def _window(text: str, field: str) -> list[list[float]]:
    x0, x1, y0, y1 = read_numbers(text, field, 4, "four numbers x0,x1,y0,y1")
    return [[x0, x1], [y0, y1]]


def _start(text: str, field: str) -> list[float]:
    start = read_list(text, field)
    if len(start) < 2:
        raise _wrong(field, "two numbers or more, with commas between", text)
    return start


def _points(text: str, field: str) -> list[list[float]]:
    pairs = filter(None, re.sub("%3b", ";", text, flags=re.IGNORECASE).split(";"))
    return [read_pair(pair, f"{field}.{index}") for index, pair in enumerate(pairs)]


def _switch(text: str, field: str) -> bool:
    if text not in ("yes", "no"):
        raise _wrong(field, "yes or no", text)
    return text == "yes"


def read_data_change(text: str, field: str = "data") -> dict[str, Any]:
    """A change of the data, as in `40:3:2.5,1.9`: from step 40 on, point 3 lies there; with nothing it is gone."""
    at, _, rest = text.partition(":")
    point, colon, place = rest.partition(":")
    if not colon:
        raise _wrong(field, "step:point:x,y or step:point:, as in 40:3:2.5,1.9", text)
    return {
        "at": read_number(at, f"{field}.at"),
        "point": read_number(point, f"{field}.point"),
        "to": read_pair(place, f"{field}.to") if place else None,
    }


def _text(text: str, _field: str) -> str:
    return unquote(text)


_NUMBERS = ("degree", "delta", "l2", "l1", "jitter", "batch", "patience", "steps", "seed", "noise")
_PARTS: Mapping[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(("surface", "expression", "preset", "dataset", "loss"), _text),
    "points": _points,
    "standardise": _switch,
    "split": read_list,
    "window": _window,
    "start": _start,
    **dict.fromkeys(_NUMBERS, read_number),
}


def read(link: str) -> dict[str, Any]:
    """The setup that a link describes, with or without its #. `Refusal` names the part at fault."""
    setup: dict[str, Any] = {"entrants": [], "changes": []}
    for part in filter(None, link.removeprefix("#").split("&")):
        key, _, text = part.partition("=")
        if key == "entrant":
            setup["entrants"].append(read_entrant(text, f"entrants.{len(setup['entrants'])}"))
        elif key in ("change", "data"):
            reads = read_change if key == "change" else read_data_change
            setup["changes"].append(reads(text, f"changes.{len(setup['changes'])}"))
        elif key not in _PARTS:
            raise _wrong("link", f"made of {', '.join(_PARTS)}, entrant, change and data", part)
        elif key in setup:
            raise _wrong(key, "there once", part)
        else:
            setup[key] = _PARTS[key](text, key)
    return setup


# ---------------------------------------------------------------- writing


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
    return f"change={change['at']}:{change['entrant']}:{change['knob']}={numeral(change['value'])}"


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "expression": lambda text: quote(text, safe="~,:=()/*^|;"),
    **dict.fromkeys(("surface", "preset", "dataset", "loss"), str),
    "points": lambda points: ";".join(map(_pair, points)),
    "standardise": lambda on: "yes" if on else "no",
    "window": lambda window: ",".join(map(_pair, window)),
    **dict.fromkeys(("split", "start"), _pair),
    **dict.fromkeys(_NUMBERS, numeral),
}


def written(setup: Mapping[str, Any]) -> str:
    """The link of a setup (plain JSON values), without its #."""
    parts = [f"{key}={write(setup[key])}" for key, write in _WRITTEN.items() if setup.get(key) is not None]
    parts += [f"entrant={entrant_text(entrant)}" for entrant in setup.get("entrants", ())]
    return "&".join([*parts, *map(change_text, setup.get("changes") or ())])
