"""A network from plain JSON values, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from descent_lab import checks
from descent_lab.datasets import SAMPLE_SETS
from descent_lab.datasets.csv_samples import drawn, read_samples
from descent_lab.datasets.samples import Samples
from descent_lab.datasets.toys import fitted
from descent_lab.geometry import Window
from descent_lab.networks.initialisations import INITIALS
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.networks.network import LOSSES, Network, SettingChange
from descent_lab.refusals import Refusal
from descent_lab.setups.regression_reading import read_shares

SOURCES = ("data", "drawn", "csv")
"""Where samples come from: one of these."""

MODEL = (
    *SOURCES, "samples", "spread", "hidden", "activation", "output", "loss", "initial", "batch", "l2", "l1",
    "dropout", "jitter", "split", "patience",
)  # fmt: skip
"""Fields of a setup that make a network."""

DEEPEST, WIDEST = 6, 64
OUTPUTS = ("linear", "sigmoid")


def read_network(given: Mapping[str, Any], most: int) -> Network:
    """The network that the fields of MODEL describe. most: samples at most of those that a person brings.

    Whoever asks for the same gets the same: what it knows of its samples is found once for all who train it.
    """
    own = {name: given[name] for name in (*MODEL, "seed") if given.get(name) is not None}
    try:
        text = json.dumps(own, sort_keys=True)
    except (TypeError, ValueError):  # no JSON, which the checks will say
        return _checked(own, most)
    return _network(text, most)


@lru_cache(maxsize=8)  # of MNIST, what is measured takes 20 MB
def _network(text: str, most: int) -> Network:
    return _checked(json.loads(text), most)


def _checked(given: Mapping[str, Any], most: int) -> Network:
    seed = checks.whole(given.get("seed", 0), "seed", 0, 2**53)
    samples = _samples(given, most, seed)
    hidden = read_hidden(given.get("hidden", [8, 8]))
    loss = given.get("loss") or ("cross_entropy" if samples.classes else "mse")
    checked = _one_of(loss, "loss", LOSSES)
    if checked == "cross_entropy" and not samples.classes:
        raise Refusal(
            "cross_entropy tells classes apart, and these samples follow a curve; the loss must be mse.",
            field="loss",
            code="value",
        )
    network = Network(
        samples,
        hidden,
        _activations(given.get("activation", "tanh"), len(hidden)),
        _one_of(given.get("output", "linear"), "output", OUTPUTS),
        checked,
        INITIALS[given.get("initial", "xavier")],
        read_setting("batch", given.get("batch", 32), len(hidden)),
        read_setting("l2", given.get("l2", 0.0), len(hidden)),
        read_setting("l1", given.get("l1", 0.0), len(hidden)),
        read_setting("dropout", given.get("dropout", 0.0), len(hidden)),
        read_setting("jitter", given.get("jitter", 0.0), len(hidden)),
        read_shares(given.get("split", (70, 15, 15))),
        seed,
        checks.whole(given.get("patience", 0), "patience", 0, 10**9),
        window=_window(given, samples),
    )
    if not len(network.rows[0]):
        raise Refusal(
            f"The training set is empty: {len(samples.targets)} samples are too few for this split.",
            field="split",
            code="value",
        )
    return network


def _window(given: Mapping[str, Any], samples: Samples) -> Window | None:
    """Of the plane, fitted to toy sets and to what is drawn, in steps: it must not move under a drawing hand."""
    if given.get("data") is not None:
        known = SAMPLE_SETS[given["data"]].window
        return known and (fitted(samples) or known)
    return None if given.get("drawn") is None else fitted(samples)


def read_setting(name: str, value: Any, layers: int) -> Any:
    """A setting that may be turned while the network learns."""
    if name == "batch":
        return checks.whole(value, "batch", 0, 10**9)
    if name == "dropout":
        return _dropout(value, layers)
    return checks.number(value, name, 0.0, 1e6)


def read_setting_change(data: Any, steps: int, layers: int, path: str) -> SettingChange:
    """From a step on, a setting has that value."""
    given = checks.mapping(data, path, ("at", "setting", "value"))
    name = _one_of(given.get("setting"), f"{path}.setting", Network.TURNED)
    at = checks.whole(given.get("at"), f"{path}.at", 0, steps)
    return SettingChange(at, name, read_setting(name, given.get("value"), layers))


def _samples(given: Mapping[str, Any], most: int, seed: int) -> Samples:
    named = [name for name in SOURCES if given.get(name) is not None]
    if len(named) != 1:
        raise Refusal(
            f"One of data, drawn and csv is needed; {' and '.join(named) or 'none'} came.",
            field="data",
            code="missing",
        )
    if named[0] == "drawn":
        return drawn(given["drawn"], most)
    if named[0] == "csv":
        if not isinstance(given["csv"], str):
            raise Refusal(f"csv must be text; got {checks.show(given['csv'])}.", field="csv", code="type")
        return _pasted(given["csv"], most)
    chosen = SAMPLE_SETS[given["data"]]
    count = given.get("samples") or 0
    size = checks.whole(count, "samples", *chosen.sizes) if count else chosen.size
    spread = given.get("spread")
    noise = chosen.noise if spread is None else checks.number(spread, "spread", 0.0, 10.0)
    return _made(chosen.key, size, min(noise, chosen.noises[1]), seed)


@lru_cache(maxsize=32)
def _made(key: str, size: int, noise: float, seed: int) -> Samples:
    return SAMPLE_SETS[key].make(size, noise, seed)


@lru_cache(maxsize=8)
def _pasted(text: str, most: int) -> Samples:
    return read_samples(text, most)


def read_hidden(value: Any, field: str = "hidden") -> tuple[int, ...]:
    """Neurons of each hidden layer."""
    layers = checks.listed(value, field, DEEPEST)
    return tuple(checks.whole(each, f"{field}.{i}", 1, WIDEST) for i, each in enumerate(layers))


def _activations(value: Any, layers: int) -> tuple[str, ...]:
    """One for every hidden layer: a name for all of them, or a list."""
    if isinstance(value, str):
        return (ACTIVATIONS[value].key,) * layers
    names = checks.listed(value, "activation", DEEPEST)
    if len(names) != layers:
        raise Refusal(
            f"activation must be one name, or one for each of the {layers} hidden layers; got {len(names)}.",
            field="activation",
            code="value",
        )
    return tuple(ACTIVATIONS[name].key for name in names)


def _dropout(value: Any, layers: int) -> tuple[float, ...]:
    if not isinstance(value, Sequence):
        return (checks.number(value, "dropout", 0.0, 0.95),) * layers
    shares = cast(Sequence[Any], value)
    if isinstance(value, str) or len(shares) != layers:
        raise Refusal(
            f"dropout must be one share, or one for each of the {layers} hidden layers; got {checks.show(value)}.",
            field="dropout",
            code="value",
        )
    return tuple(checks.number(each, f"dropout.{i}", 0.0, 0.95) for i, each in enumerate(shares))


def _one_of(value: Any, field: str, known: Sequence[str]) -> str:
    if value not in known:
        raise Refusal(
            f"{field} must be one of {', '.join(known)}; got {checks.show(value)}.",
            field=field,
            code="unknown",
        )
    return str(value)
