"""The parts of a link, which the command line's options share (see `links`): text -> plain JSON values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from descent_lab.links.signs import decoded, grammar, options
from descent_lab.refusals import Refusal

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_WHOLE = re.compile(r"(?!-0+$)[+-]?[0-9]{1,15}")


def _wrong(reason: str, field: str, came: str) -> Refusal:
    """The refusal of a part that is not what was expected."""
    return Refusal(reason, field=field, came=came if len(came) <= 60 else came[:57] + "...")


def read_number(text: str, field: str) -> float:
    """A finite number, a whole one as int."""
    plain = decoded(text, field).strip()
    if _WHOLE.fullmatch(plain):
        return int(plain)
    value = float(plain) if _NUMBER.fullmatch(plain) else float("inf")
    if value in (float("inf"), float("-inf")):
        raise _wrong("link number", field, text)
    return value


def read_numbers(text: str, field: str, count: int, reason: str) -> list[float]:
    """So many numbers with commas between them. reason: why others are refused."""
    parts = grammar(text).split(",")
    if len(parts) != count:
        raise _wrong(reason, field, text)
    return [read_number(part, field) for part in parts]


def read_list(text: str, field: str) -> list[float]:
    """Numbers with commas between them, however many."""
    return read_numbers(text, field, grammar(text).count(",") + 1, "link numbers")


def read_sizes(text: str, field: str) -> list[float]:
    """Numbers with commas between them, or nothing for none."""
    return read_list(text, field) if text else []


def read_names(text: str, field: str) -> str | list[str]:
    """One name for all layers, or one for each with commas between; nothing where there is no layer."""
    if not text:
        return []
    names = [decoded(part, field).strip() for part in grammar(text).split(",")]
    if not all(names):
        raise _wrong("link names", field, text)
    return names[0] if len(names) == 1 else names


def read_shares(text: str, field: str) -> float | list[float]:
    """One number for all layers, or one for each with commas between."""
    shares = read_list(text, field)
    return shares[0] if len(shares) == 1 else shares


def read_pair(text: str, field: str) -> list[float]:
    """Two numbers, x,y."""
    return read_numbers(text, field, 2, "link pair")


def _knobs(text: str, field: str, owner: str) -> dict[str, float]:
    knobs: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        name, equals, value = part.partition("=")
        name = name.strip()
        if not equals or not name:
            raise _wrong("link knobs", field, part)
        try:
            knobs[name] = read_number(value, f"{field}.{name}")
        except Refusal:
            raise Refusal("link knob", field=f"{field}.{name}", owner=owner, came=part[:60]) from None
    return knobs


def read_entrant(text: str, field: str = "entrant") -> dict[str, Any]:
    """An entrant, as in `adam:lr=0.12,beta1=0.9;schedule=cosine:floor=0.01;offset=0.01,0;hidden;label=mine`."""
    (head, *rest), label = options(text)
    optimizer, _, knobs = head.partition(":")
    entrant: dict[str, Any] = {
        "optimizer": decoded(optimizer, f"{field}.optimizer").strip(),
        "knobs": _knobs(knobs, f"{field}.knobs", optimizer),
    }
    for option in rest:
        name, equals, value = option.partition("=")
        match name.strip():
            case "schedule":
                kind, _, own = value.partition(":")
                entrant["schedule"] = {"kind": kind, **_knobs(own, f"{field}.schedule", kind)}
            case "offset":
                entrant["offset"] = read_pair(value, f"{field}.offset")
            case "color" if re.fullmatch("(%23|#)?[0-9a-f]{6}", value, re.IGNORECASE):
                entrant["color"] = f"#{value[-6:]}"
            case "hidden" if not equals:
                entrant["hidden"] = True
            case _:
                raise _wrong("link option", field, option)
    if label is not None:
        entrant["label"] = decoded(label, f"{field}.label")
    return entrant


def read_change(text: str, field: str = "change") -> dict[str, Any]:
    """A change, as in `40:0:lr=0.01`: from step 40 on, the learning rate of entrant 0 is 0.01."""
    at, _, rest = grammar(text).partition(":")
    entrant, _, knob = rest.partition(":")
    name, equals, value = knob.partition("=")
    if not equals:
        raise _wrong("link change", field, text)
    return {
        "at": read_number(at, f"{field}.at"),
        "entrant": read_number(entrant, f"{field}.entrant"),
        "knob": name,
        "value": read_number(value, f"{field}.value"),
    }


def read_window(text: str, field: str) -> list[list[float]]:
    """Four numbers x0,x1,y0,y1, as [[x0, x1], [y0, y1]]."""
    x0, x1, y0, y1 = read_numbers(text, field, 4, "link window")
    return [[x0, x1], [y0, y1]]


def read_start(text: str, field: str) -> list[float]:
    """Where to begin: two numbers or more."""
    start = read_list(text, field)
    if len(start) < 2:
        raise _wrong("link start", field, text)
    return start


def _several(text: str) -> list[str]:
    return [part for part in grammar(text).split(";") if part]


def read_points(text: str, field: str) -> list[list[float]]:
    """Points x,y with semicolons between them."""
    return [read_pair(pair, f"{field}.{index}") for index, pair in enumerate(_several(text))]


def read_drawn(text: str, field: str) -> list[list[float]]:
    """Samples x,y,class with semicolons between them."""
    return [read_numbers(p, f"{field}.{index}", 3, "link sample") for index, p in enumerate(_several(text))]


def read_parameters(text: str, field: str) -> list[dict[str, Any]]:
    """What a formula's letters stand for, as in `a:1.5;b:2:0,10`, the ends of a slider last."""
    return [_parameter(part, f"{field}.{index}") for index, part in enumerate(_several(text))]


READING_WORDS: Mapping[str, Mapping[str, Any]] = {
    "separator": {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "},
    "decimal": {"point": ".", "comma": ","},
    "header": {"yes": True, "no": False},
    "index": {"yes": True, "no": False},
}
"""Signs and switches of how a text is read -> what links call them."""


READING_LISTS = ("inputs", "words", "numbers")
"""What names several columns."""


def read_reading(text: str, field: str) -> dict[str, Any]:
    """How a text is read, as in `target:price;inputs:size,rooms;decimal:comma`. Names are decoded last, so that they
    may hold any sign."""
    found: dict[str, Any] = {}
    for part in filter(None, (text if ":" in text else grammar(text)).split(";")):
        name, colon, value = part.partition(":")
        if not colon:
            raise _wrong("link reading", field, part)
        if name in READING_WORDS:
            words = READING_WORDS[name]
            if value not in words:
                raise Refusal("one of", field=f"{field}.{name}", known=list(words), came=repr(value))
            found[name] = words[value]
        elif name in READING_LISTS:
            found[name] = [decoded(each, f"{field}.{name}") for each in value.split(",")]
        else:
            found[name] = decoded(value, f"{field}.{name}")
    return found


def _parameter(text: str, field: str) -> dict[str, Any]:
    name, colon, rest = text.partition(":")
    if not colon:
        raise _wrong("link parameter", field, text)
    value, ends, span = rest.partition(":")
    parameter = {
        "name": decoded(name, f"{field}.name").strip(),
        "value": read_number(value, f"{field}.value"),
    }
    return parameter | ({"range": read_pair(span, f"{field}.range")} if ends else {})


def read_switch(text: str, field: str) -> bool:
    """yes or no."""
    if text not in ("yes", "no"):
        raise _wrong("link switch", field, text)
    return text == "yes"


def read_data_change(text: str, field: str = "data") -> dict[str, Any]:
    """A change of the data, as in `40:3:2.5,1.9`: from step 40 on, point 3 lies there; with nothing it is gone."""
    at, _, rest = grammar(text).partition(":")
    point, colon, place = rest.partition(":")
    if not colon:
        raise _wrong("link data change", field, text)
    return {
        "at": read_number(at, f"{field}.at"),
        "point": read_number(point, f"{field}.point"),
        "to": read_pair(place, f"{field}.to") if place else None,
    }


def read_setting_change(text: str, field: str = "setting") -> dict[str, Any]:
    """A change of a training's setting, as in `40:batch=64` or `40:dropout=0.2,0.1`."""
    at, _, rest = grammar(text).partition(":")
    name, equals, value = rest.partition("=")
    if not equals:
        raise _wrong("link setting", field, text)
    return {
        "at": read_number(at, f"{field}.at"),
        "setting": name,
        "value": read_shares(value, f"{field}.value"),
    }


def read_text(text: str, field: str) -> str:
    """What was percent-encoded."""
    return decoded(text, field)
