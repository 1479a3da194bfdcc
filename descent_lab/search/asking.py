"""What is asked of a search, as it is said by page, link, stream, API and command line: what is varied, and how it is
judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

from descent_lab.checks import listed, mapping, whole, within
from descent_lab.limits import MOST_VARIED, Limits
from descent_lab.links.grammar import kind_of
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal, show
from descent_lab.search.axes import OPTIMIZER, USUAL, Axis, Kind, read_axis
from descent_lab.search.search import Plan, Search
from descent_lab.search.space import MOST, Space, plain
from descent_lab.setups.search_space import RATE
from descent_lab.training.many_lanes import bounded

TRIES = 50
"""Tries, if it is not said how many."""

LOWEST, HIGHEST = 1e-4, 1.0
"""Between them lie the rates that people try first."""

MOST_SEEDS, MOST_FOLDS = 1_000, 10


@dataclass(frozen=True)
class Ask:
    """What is varied, in words that `read_axis` reads, and the plan of the search.

    tries: how many are drawn, None for `TRIES`, or with `grid` for all combinations. epochs: of each training, None for
    the steps of the setup. For the others see `Plan`.
    """

    vary: tuple[str, ...]
    tries: int | None = None
    grid: bool = False
    seeds: int = 1
    folds: int = 0
    halving: bool = False
    epochs: int | None = None

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Ask:
        """From its JSON."""
        told: dict[str, Any] = {**described, "vary": tuple(described.get("vary", ()))}
        return cls(**told)

    def with_told(self, vary: Sequence[str], **told: Any) -> Ask:
        """With what else is said: of what is varied anew the former word is forgotten. told: the rest, None for what is
        not said."""
        anew = {text.partition("=")[0].strip() for text in vary}
        kept = [text for text in self.vary if text.partition("=")[0].strip() not in anew]
        known = {name: value for name, value in told.items() if value is not None}
        if "grid" in known:
            known = {"tries": None, **known}
        elif "tries" in known:
            known["grid"] = False
        return replace(self, vary=(*kept, *vary), **known)

    def described(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "vary": [*self.vary]}

    def axes(self, kind: Kind) -> tuple[Axis, ...]:
        """What is varied, of a setup of this kind; `Refusal` of what cannot be."""
        if not self.vary:
            raise Refusal("nothing varied", field="vary")
        listed(self.vary, "vary", MOST_VARIED)
        return tuple(read_axis(text, kind, f"vary.{index}") for index, text in enumerate(self.vary))

    def space(self, base: Mapping[str, Any]) -> Space:
        """What is varied around a whole setup; of several entrants the first, where the optimizer is varied."""
        axes = self.axes(searched_kind(base))
        whole_base = plain(base)
        if any(axis.name == OPTIMIZER for axis in axes):
            whole_base["entrants"] = whole_base["entrants"][:1]
        return Space(whole_base, axes)

    def search(self, base: Mapping[str, Any], limits: Limits | None = None) -> Search:
        """The search around a whole setup. limits: that it must respect as a whole, where it is others' machine that it
        keeps busy."""
        if self.grid and self.tries is not None:
            raise Refusal("grid or tries", field="tries")
        most = MOST if limits is None else min(MOST, limits.max_searched)
        tries = TRIES if self.tries is None else within(self.tries, 1, most, "tries")
        within(self.seeds, 1, MOST_SEEDS, "seeds")
        if self.folds:
            within(self.folds, 2, MOST_FOLDS, "folds")
        space = self.space(base)
        seed = space.base["seed"]
        chosen = space.grid(most) if self.grid else space.drawn(tries, seed)
        made = Search(space, chosen, Plan(self.seeds, self.folds, self.halving, self.epochs))
        if limits is not None:
            bounded(made.work, limits, "too long a search")
        return made


def read_ask(data: Any, field: str = "search") -> Ask:
    """What plain JSON values ask of a search; `Refusal` of what is of another kind."""
    names = [each.name for each in fields(Ask)]
    told = dict(mapping(data, field, names))
    for name, value in told.items():
        inner = f"{field}.{name}"
        if name == "vary":
            for index, text in enumerate(listed(value, inner, MOST_VARIED)):
                if not isinstance(text, str):
                    raise Refusal("any text", field=f"{inner}.{index}", came=show(text))
        elif name in ("grid", "halving"):
            if not isinstance(value, bool):
                raise Refusal("yes or no", field=inner, came=show(value))
        elif value is not None or name in ("seeds", "folds"):
            told[name] = whole(value, inner, 0 if name == "folds" else 1, MOST)
    return Ask.of(told)


def parted(given: Any) -> tuple[Any, Ask | None]:
    """A setup as plain JSON values, and what is asked of a search around it, where its `search` says."""
    if not isinstance(given, Mapping) or "search" not in given:
        return given, None  # pyright: ignore[reportUnknownVariableType]
    told = dict(cast(Mapping[str, Any], given))
    return told, read_ask(told.pop("search"))


def asked_by(told: Mapping[str, Any] | None, setup: Mapping[str, Any], suggests: bool = False) -> Ask | None:
    """What a link asks of a search around the setup that it opens, checked; None where it asks for none, unless
    something is to be suggested. told: see `links.opened.Opened`."""
    if told is None:
        return suggested(setup) if suggests else None
    ask = Ask.of(told)
    ask.axes(searched_kind(setup))
    return ask


def suggested(base: Mapping[str, Any]) -> Ask:
    """What people vary first: the rate over the middle of its slider, the optimizer where there are several, and the
    size of the model."""
    kind = searched_kind(base)
    keys = list(dict.fromkeys(each["optimizer"] for each in base["entrants"]))
    sliders = [OPTIMIZERS[key].knobs[RATE] for key in keys if RATE in OPTIMIZERS[key].knobs]
    vary: list[str] = []
    if sliders:
        low = max(LOWEST, min(knob.low for knob in sliders))
        high = min(HIGHEST, max(knob.high for knob in sliders))
        vary.append(f"{RATE}={low:g}..{high:g}:log")
    if len(keys) > 1:
        vary.append(f"{OPTIMIZER}={','.join(keys)}")
    if kind == "network":
        vary.append(f"hidden={USUAL['hidden']}")
    elif "table" not in base and "table_file" not in base and "dataset" not in base:
        vary.append(f"degree={USUAL['degree']}")
    return Ask(tuple(vary) or ("l2=0,0.001,0.01,0.1",))


def searched_kind(setup: Mapping[str, Any]) -> Kind:
    """The kind of a setup that can be searched around; `Refusal` of one on a surface."""
    kind = kind_of(setup)
    if kind not in ("network", "regression"):
        raise Refusal("search on a surface", field="setup")
    return kind
