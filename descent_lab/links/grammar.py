"""A setup as readable text, and back: the one grammar of links and of the command line.

    surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9&change=40:0:lr=0.01
    points=2.4,1.7;2.8,1.85&degree=3&split=70,15,15&batch=4&start=0,0,0,0&entrant=gd&data=40:1:2.5,1.9&data=60:0:&seed=0
    data=moons&samples=300&spread=0.15&hidden=8,8&activation=tanh,relu&dropout=0.1,0&entrant=adam&setting=40:batch=64

A network's samples are `data=` with the key of a set, `drawn=x,y,class;...` or `csv=` with an encoded text; `hidden=`
with nothing is a network without hidden layers. Its settings change on the way as `setting=step:name=value`.

An entrant is `optimizer:knob=value,...`, with options after semicolons: `schedule=cosine:floor=0.01`, `offset=0.01,0`,
`color=cc3311`, `hidden`, `label=...`, the label last. Texts are percent-encoded where they would be taken for grammar;
splitting comes first and decoding last, so that a label may hold any character. What happens to a link on the way
(signs encoded once more, signs cut off or appended) stands in `signs`.

What is read is a setup of plain JSON values, which `read_setup` checks. What a setup has anyway is left out.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.links import parts
from descent_lab.links.signs import (
    KEYS,
    encoded,
    fragment,
    grammar,
    joined,
    key_and_text,
    pieces,
    without_tail,
)
from descent_lab.refusals import Refusal, show

Kind = str
"""race, regression or network."""

SOURCES: Mapping[Kind, tuple[str, ...]] = {
    "race": ("expression", "surface"),
    "regression": ("points", "preset", "dataset"),
    "network": ("drawn", "csv", "data"),
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
        ("expression", "csv", "surface", "preset", "dataset", "data", "output", "loss", "initial"),
        parts.read_text,
    ),
    "points": parts.read_points,
    "drawn": parts.read_drawn,
    "hidden": parts.read_sizes,
    "activation": parts.read_names,
    "dropout": parts.read_shares,
    "standardise": parts.read_switch,
    "window": parts.read_window,
    "split": parts.read_list,
    "start": parts.read_start,
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


# ---------------------------------------------------------------- writing


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


_LABEL = ",:=()/*"
_WRITE: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(KEYS, numeral),
    **dict.fromkeys(("surface", "preset", "dataset", "data", "output", "loss", "initial"), _text("")),
    "expression": _text(f"{_LABEL}^|;"),
    "csv": _text(f"{_LABEL};"),
    **dict.fromkeys(("points", "drawn"), lambda points: ";".join(map(_numerals, points))),
    **dict.fromkeys(("hidden", "split", "start"), _numerals),
    "activation": _names,
    "dropout": _shares,
    "standardise": lambda on: "yes" if on else "no",
    "window": lambda window: ",".join(map(_numerals, window)),
}

PARTS: Mapping[Kind, tuple[str, ...]] = {
    "race": (*SOURCES["race"], "window", "start", "steps", "seed", "noise"),
    "regression": (
        *SOURCES["regression"],
        *(
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
        plain = {"loss": "mse", "delta": 1, **none}
        if setup.get("dataset") is not None:
            plain["degree"] = 1
        return plain if setup.get("preset") is not None else {**plain, "batch": 0, "split": [100, 0, 0]}
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
    found += [("entrant", entrant_text(each)) for each in setup.get("entrants") or ()]
    return joined([*found, *map(_change, setup.get("changes") or ())])


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
