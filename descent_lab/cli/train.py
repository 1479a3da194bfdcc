"""`descent-lab train`: a network, trained by several optimizers from the same weights."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.link import LinkOption, alone, read_entrants, setup_of
from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.cli.race import AsCsv, Entrants, Jitter, Noise, Patience, Seed
from descent_lab.cli.reading import Reading, reads_columns
from descent_lab.cli.table import Encoding, read_file, read_so
from descent_lab.cli.working import telling
from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.training.training import Training

ENTRANTS = ("sgd:lr=0.1", "momentum:lr=0.02", "adam:lr=0.01")
"""Who trains where nobody is named."""

PIECES = 200
"""A progress bar moves so many times."""

SETS = ("training", "validation", "test")

Data = Annotated[
    str | None,
    typer.Option(
        help="A set of samples of the list, or a file; - reads standard input.", show_default="moons"
    ),
]


@reads_columns
def train(
    data: Data = None,
    samples: Annotated[
        int | None, typer.Option(help="How many samples.", show_default="the set's own")
    ] = None,
    spread: Annotated[
        float | None, typer.Option(help="Noise of a set that is drawn.", show_default="the set's own")
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C", help="Per cent of training, validation and test.", show_default="70,15,15"
        ),
    ] = None,
    hidden: Annotated[
        str | None,
        typer.Option(metavar="N,N,..", help="Neurons of each hidden layer; '' for none.", show_default="8,8"),
    ] = None,
    activation: Annotated[
        str | None,
        typer.Option(metavar="NAME[,NAME..]", help="Of all hidden layers, or of each.", show_default="tanh"),
    ] = None,
    output: Annotated[
        str | None, typer.Option(help="linear or sigmoid, under mse.", show_default="linear")
    ] = None,
    loss: Annotated[
        str | None, typer.Option(help="cross_entropy or mse.", show_default="cross_entropy; of a curve mse")
    ] = None,
    initial: Annotated[
        str | None, typer.Option(help="First weights: xavier, he, normal or zeros.", show_default="xavier")
    ] = None,
    batch: Annotated[
        int | None, typer.Option(help="Samples of a mini-batch; 0 for all.", show_default="32")
    ] = None,
    l2: Annotated[
        float | None, typer.Option(help="Times the sum of the squared weights.", show_default="0")
    ] = None,
    l1: Annotated[
        float | None, typer.Option(help="Times the sum of the weights' sizes.", show_default="0")
    ] = None,
    dropout: Annotated[
        str | None,
        typer.Option(
            metavar="P[,P..]", help="Share left out of all hidden layers, or of each.", show_default="0"
        ),
    ] = None,
    jitter: Jitter = None,
    patience: Patience = None,
    entrant: Entrants = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STEP:ENTRANT:KNOB=VALUE|STEP:SETTING=VALUE",
            help="From that step on, a knob of an entrant (0 is the first), or batch, l2, l1, dropout or jitter, "
            "has that value.",
        ),
    ] = None,
    epochs: Annotated[
        int | None, typer.Option(min=0, help="Epochs to train, in place of --steps.", show_default=False)
    ] = None,
    steps: Annotated[int | None, typer.Option(help="Steps to take.", show_default="2000")] = None,
    reading: Reading = None,
    encoding: Encoding = None,
    seed: Seed = None,
    noise: Noise = None,
    link: LinkOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Train a network by several optimizers from the same weights, and say how well each does."""
    from descent_lab.limits import limits_from_environment
    from descent_lab.links import parts
    from descent_lab.results import train_result
    from descent_lab.setups.reading import read_network, read_setup
    from descent_lab.training.training import Training

    if epochs is not None and steps is not None:
        raise Refusal("epochs or steps", field="steps")
    alone(link, **{"--data": data})
    given: dict[str, Any] = {
        **(source_of(data or "moons", encoding) if link is None else {}),
        **{"samples": samples, "spread": spread, "output": output, "loss": loss, "initial": initial},
        **{"batch": batch, "l2": l2, "l1": l1, "jitter": jitter, "patience": patience, "steps": steps},
        "split": None if split is None else parts.read_list(split, "split"),
        "hidden": None if hidden is None else parts.read_sizes(hidden, "hidden"),
        "activation": None if activation is None else parts.read_names(activation, "activation"),
        "dropout": None if dropout is None else parts.read_shares(dropout, "dropout"),
        "entrants": read_entrants(entrant or (() if link else ENTRANTS)),
        "changes": [read_change(text, f"changes.{i}") for i, text in enumerate(change or ())] or None,
        **{"seed": seed, "noise": noise},
    }
    base: dict[str, Any] = (
        {"changes": [], "seed": 0, "noise": 0.0} if link is None else setup_of(link, "network")
    )
    given = base | {name: value for name, value in given.items() if value is not None}
    given = read_so(given, reading)
    limits = limits_from_environment()
    if epochs is not None:
        given["steps"] = epochs * read_network(given, limits).epoch
    training = Training(read_setup(given, limits))
    with_a_bar(training)
    result = train_result(training, given)
    if result["note"]:
        print(result["note"], file=sys.stderr)
    if as_json:
        print_json(result)
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(result))
    else:
        print_standings(training, result)


def source_of(data: str, encoding: str | None) -> dict[str, str]:
    """The field of a setup that says where samples come from: a set of the list, or the text of a file."""
    from descent_lab.datasets import SAMPLE_SETS

    path = Path(data)
    if data not in SAMPLE_SETS and (data == "-" or path.exists() or path.suffix or len(path.parts) > 1):
        return {"csv": read_file(path, "data", encoding).text}
    return {"data": data}


def read_change(text: str, field: str) -> dict[str, Any]:
    """A change of a knob, `40:0:lr=0.01`, or of a setting, `40:batch=64`."""
    from descent_lab.links import parts

    reads: Callable[[str, str], dict[str, Any]] = (
        parts.read_change if text.count(":") > 1 else parts.read_setting_change
    )
    return reads(text, field)


def with_a_bar(training: Training) -> None:
    """Train to the end, with a progress bar where there is somebody to see it."""
    steps = training.setup.steps
    piece = max(1, steps // PIECES)
    with telling("training") as progress:
        while training.have < steps:
            training.advance(training.have + piece)
            progress(training.have, steps)


def print_standings(training: Training, result: Mapping[str, Any]) -> None:
    """How every entrant stands at the end, the lowest validation loss first; who has diverged comes last."""
    sets = [name for name in SETS if name in result["entrants"][0]]
    told = bool(result["classes"])
    ranked_by = "validation" if "validation" in sets else "training"
    heads = [
        "optimizer",
        *(head for name in sets for head in ([name, "accuracy"] if told else [name])),
        "outcome",
    ]
    standing = sorted(
        zip(training.setup.entrants, result["entrants"], strict=True),
        key=lambda row: (row[1][ranked_by][-1] is None, row[1][ranked_by][-1]),
    )
    rows: list[Sequence[str]] = []
    for entrant, done in standing:
        cells = [entrant.name]
        for name in sets:
            cells.append(figure(done[name][-1]))
            if told:
                cells.append(per_cent(done[f"{name}_accuracy"][-1]))
        rows.append([*cells, in_words(done)])
    print_table(heads, rows)
    some = (
        "" if result["measured"] == result["sets"] else f", measured on {counts(result['measured'])} of them"
    )
    print(
        f"{'-'.join(map(str, result['dims']))}: {result['weights']:,} weights and biases; {counts(result['sets'])} "
        f"samples to train, to validate and to test{some}; {result['steps']:,} steps, {result['epoch']:,} an epoch."
    )


def counts(sets: Sequence[int]) -> str:
    """Samples of each set."""
    return " / ".join(f"{count:,}" for count in sets)


def per_cent(share: float | None) -> str:
    """A share as a person says it."""
    return "-" if share is None else f"{share:.1%}"


def in_words(done: Mapping[str, Any]) -> str:
    """What became of an entrant."""
    if done["diverged"] is not None:
        return f"diverged at step {done['diverged']}"
    return "-" if done["stopped"] is None else f"early stop: best at step {done['stopped']}"


def csv_rows(result: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
    """A line for every step of every entrant; the sets are filled in where a step was recorded."""
    known = result["entrants"][0]
    names = [name for own in SETS for name in (own, f"{own}_accuracy") if name in known]
    yield "entrant", "optimizer", "step", "loss", *names
    row_of = {step: row for row, step in enumerate(result["records"])}
    for index, entrant in enumerate(result["entrants"]):
        for step, loss in enumerate(entrant["losses"]):
            row = row_of.get(step)
            sets = [None if row is None else entrant[name][row] for name in names]
            yield index, entrant["optimizer"], step, loss, *sets
