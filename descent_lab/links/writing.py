"""A setup as a link: the writing side of `grammar`. What a setup has anyway is left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.formulas.expressions import FIRST_VALUE
from descent_lab.links.grammar import SOURCES, Kind, kind_of
from descent_lab.links.parts import READING_LISTS, READING_WORDS
from descent_lab.links.search_part import search_text
from descent_lab.links.signs import KEYS, encoded, joined
from descent_lab.refusals import Refusal, show


def numeral(value: Any, field: str = "value") -> str:
    """The shortest decimal that reads back as the very same double, as JavaScript writes it."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise Refusal("link number", field=field, came=show(value))
    text = repr(float(value)).removesuffix(".0")
    if "e" not in text:
        return text
    if 1e-6 <= abs(value) < 1e21:
        return f"{Decimal(text):f}"
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}"


def _numerals(values: Any) -> str:
    return ",".join(map(numeral, values))


def _shares(value: Any) -> str:
    return numeral(value) if isinstance(value, int | float) else _numerals(value)


def _names(value: Any) -> str:
    names = [value] if isinstance(value, str) else [*value]
    return ",".join(encoded(name, "") for name in (names[:1] if len(set(names)) == 1 else names))


def _text(safe: str) -> Callable[[Any], str]:
    return lambda text: encoded(text, safe)


def _parameter(parameter: Mapping[str, Any]) -> str:
    value, span = parameter.get("value", FIRST_VALUE), parameter.get("range")
    if span is None and _same(value, FIRST_VALUE):
        return ""
    return ":".join([encoded(parameter["name"], ""), numeral(value), *([_numerals(span)] if span else [])])


def _reading(reading: Mapping[str, Any]) -> str:
    return ";".join(f"{name}:{_read_as(name, value)}" for name, value in reading.items() if value is not None)


def _read_as(name: str, value: Any) -> str:
    if name in READING_LISTS:
        return ",".join(encoded(str(each), "") for each in value)
    words = {sign: word for word, sign in READING_WORDS.get(name, {}).items()}
    return words[value] if words else encoded(value, "")


_LABEL = ",:=()/*"
_WRITE: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(KEYS, numeral),
    **dict.fromkeys(
        ("surface", "preset", "dataset", "table_file", "data", "file", "output", "loss", "initial"), _text("")
    ),
    "expression": _text(f"{_LABEL}^|;"),
    **dict.fromkeys(("csv", "table"), _text(f"{_LABEL};")),
    **dict.fromkeys(("points", "drawn"), lambda points: ";".join(map(_numerals, points))),
    **dict.fromkeys(("hidden", "split", "start"), _numerals),
    "reading": _reading,
    "parameters": lambda each: ";".join(filter(None, map(_parameter, each))),
    "activation": _names,
    "dropout": _shares,
    "standardise": lambda on: "yes" if on else "no",
    "window": lambda window: ",".join(map(_numerals, window)),
    "search": lambda asked: encoded(search_text(asked), ",:;|"),
}

PARTS: Mapping[Kind, tuple[str, ...]] = {
    "race": ("expression", "parameters", "surface", "window", "start", "steps", "seed", "noise"),
    "regression": (
        *SOURCES["regression"],
        *(
            "reading",
            "degree",
            "standardise",
            "loss",
            "split",
            "delta",
            "l2",
            "l1",
            "jitter",
            "batch",
            "patience",
            "noise",
        ),
        *("start", "steps", "seed"),
    ),
    "network": (
        *SOURCES["network"],
        *(
            "reading",
            "samples",
            "spread",
            "split",
            "hidden",
            "activation",
            "output",
            "loss",
            "initial",
            "batch",
            "l2",
            "l1",
        ),
        *("jitter", "patience", "noise", "dropout", "steps", "seed"),
    ),
}
"""The parts of each kind, in the order in which they are written."""

MAY_BE_EMPTY = ("points", "drawn", "hidden")
"""Lists that are written also with nothing in them."""


def _left_out(kind: Kind, setup: Mapping[str, Any]) -> Mapping[str, Any]:
    """Parts that are not written where they have this value: every setup of the kind has it anyway."""
    none = dict.fromkeys(("l2", "l1", "jitter", "patience", "noise"), 0)
    if kind == "regression":
        plain: dict[str, Any] = {"loss": "mse", "delta": 1, **none}
        if setup.get("preset") is not None:  # whose model has values of its own
            return plain
        plain["split"] = [100, 0, 0]
        if setup.get("points") is not None:
            return {**plain, "batch": 0}
        plain["degree"] = 1  # tables have no other
        if setup.get("dataset") is not None:
            plain["batch"] = 0  # of one's own a large one has mini-batches
        return plain
    if kind == "network":
        plain = {"split": [70, 15, 15], "output": "linear", "initial": "xavier", "dropout": 0}
        return {**plain, **none, "loss": loss_of(setup)}
    return {}


def loss_of(setup: Mapping[str, Any]) -> str:
    """The loss of a network where none is named, as far as the name of its samples says what they are."""
    key = str(setup.get("data"))
    curve = key in SAMPLE_SETS and SAMPLE_SETS[key].kind == "curve"
    return "mse" if curve else "cross_entropy"


def written(setup: Mapping[str, Any]) -> str:
    """The link of a setup (plain JSON values), without its #."""
    kind = kind_of(setup) or "race"
    plain = _left_out(kind, setup)
    found = [
        (key, _WRITE[key](setup[key]))
        for key in PARTS[kind]
        if setup.get(key) not in ((None,) if key in MAY_BE_EMPTY else (None, [], ()))
        and not _same(setup[key], plain.get(key))
    ]
    # Without a text where all parameters are the usual ones.
    found = [(key, text) for key, text in found if text or key != "parameters"]
    found += [("entrant", entrant_text(each)) for each in setup.get("entrants") or ()]
    search = [("search", _WRITE["search"](setup["search"]))] if setup.get("search") is not None else []
    return joined([*found, *search, *map(_change, setup.get("changes") or ())])


def _same(value: Any, plain: Any) -> bool:
    """Whether a value is the one that is left out, to the bit: -0 is written."""
    same = [*value] == plain if isinstance(plain, list) else value == plain
    return same and not str(value).startswith("-")


def _named(name: str, knobs: Mapping[str, Any]) -> str:
    return name + (":" + ",".join(f"{k}={numeral(v, k)}" for k, v in knobs.items()) if knobs else "")


def entrant_text(entrant: Mapping[str, Any]) -> str:
    """An entrant of a setup, in the grammar."""
    parts = [_named(entrant["optimizer"], entrant.get("knobs") or {})]
    schedule = dict(entrant.get("schedule") or {})
    kind = schedule.pop("kind", "constant")
    if kind != "constant":
        parts.append(f"schedule={_named(kind, schedule)}")
    if any(entrant.get("offset") or ()):
        parts.append(f"offset={_numerals(entrant['offset'])}")
    if entrant.get("color"):
        parts.append(f"color={entrant['color'].removeprefix('#')}")
    if entrant.get("hidden"):
        parts.append("hidden")
    if entrant.get("label"):
        parts.append(f"label={encoded(entrant['label'], _LABEL)}")
    return ";".join(parts)


def _change(change: Mapping[str, Any]) -> tuple[str, str]:
    at = numeral(change["at"], "at")
    if change.get("point") is not None:
        return "data", f"{at}:{numeral(change['point'])}:{_numerals(change.get('to') or ())}"
    if change.get("setting") is not None:
        return "setting", f"{at}:{change['setting']}={_shares(change['value'])}"
    return "change", f"{at}:{numeral(change['entrant'])}:{change['knob']}={numeral(change['value'])}"
