"""`descent-lab regress`: a line, or a curve, through points of a file."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.link import LinkOption, alone, read_entrants, setup_of
from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.cli.race import AsCsv, Entrants, Jitter, Noise, Patience, Seed, in_words
from descent_lab.cli.reading import Reading, reads_columns
from descent_lab.cli.table import Encoding, read_file, read_so
from descent_lab.refusals import Refusal, word

if TYPE_CHECKING:
    from descent_lab.limits import Limits

ENTRANTS = ("gd:lr=0.02", "momentum:lr=0.004", "adam:lr=0.1")
"""Who runs where nobody is named."""


@reads_columns
def regress(
    points: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE.CSV",
            help="Two columns of numbers, x and y, or a table of many; - reads standard input.",
            show_default=False,
        ),
    ] = None,
    preset: Annotated[
        str | None, typer.Option(help="A set of points of the list, in place of a file.", show_default=False)
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(help="A table of many inputs, such as diabetes.", show_default=False)
    ] = None,
    degree: Annotated[int | None, typer.Option(help="Highest power of x.", show_default="1")] = None,
    standardise: Annotated[
        bool | None,
        typer.Option(
            "--standardise/--as-they-are",
            help="Powers in units of their spread.",
            show_default="from degree 2 on",
        ),
    ] = None,
    loss: Annotated[str | None, typer.Option(help="mse, mae or huber.", show_default="mse")] = None,
    delta: Annotated[
        float | None, typer.Option(help="Where Huber's loss turns straight.", show_default="1")
    ] = None,
    l2: Annotated[
        float | None, typer.Option(help="Ridge: times the sum of the squared weights.", show_default="0")
    ] = None,
    l1: Annotated[
        float | None, typer.Option(help="Lasso: times the sum of the weights' sizes.", show_default="0")
    ] = None,
    jitter: Jitter = None,
    batch: Annotated[int | None, typer.Option(help="Points of a mini-batch.", show_default="all")] = None,
    split: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C",
            help="Per cent of training, validation and test.",
            show_default="all points train",
        ),
    ] = None,
    patience: Patience = None,
    start: Annotated[
        str | None,
        typer.Option(metavar="W1,..,B", help="Weights at the start, the bias last.", show_default="zeros"),
    ] = None,
    entrant: Entrants = None,
    steps: Annotated[int | None, typer.Option(help="Steps to take.", show_default="300")] = None,
    reading: Reading = None,
    encoding: Encoding = None,
    seed: Seed = None,
    noise: Noise = None,
    link: LinkOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Fit a line or a curve to points by gradient descent, beside the exact answer."""
    from descent_lab.limits import limits_from_environment
    from descent_lab.links import parts
    from descent_lab.links.defaults import completed
    from descent_lab.races.race import Race
    from descent_lab.results import regress_result
    from descent_lab.setups.reading import read_setup

    named = [
        name
        for name, value in (("FILE.CSV", points), ("--preset", preset), ("--dataset", dataset))
        if value is not None
    ]
    alone(link, **{"FILE.CSV": points, "--preset": preset, "--dataset": dataset})
    if link is None and len(named) != 1:
        raise Refusal("one source of points", field="points", given=named or word("none"))
    limits = limits_from_environment()
    shares = None if split is None else parts.read_list(split, "split")
    beside = {"split": shares, "seed": seed}
    brought = {} if points is None else read_table(points, reading, limits, encoding, beside)
    if "table" in brought:
        brought["entrants"] = completed(brought)["entrants"]
    given: dict[str, Any] = {
        **{"preset": preset, "dataset": dataset, "degree": degree, "standardise": standardise, "loss": loss},
        **{"delta": delta, "l2": l2, "l1": l1, "jitter": jitter, "batch": batch, "patience": patience},
        "split": shares,
        "start": None if start is None else parts.read_list(start, "start"),
        "steps": steps,
        "entrants": read_entrants(entrant or (() if link or "entrants" in brought else ENTRANTS)),
        **{"seed": seed, "noise": noise},
    }
    base: dict[str, Any] = {"seed": 0, "noise": 0.0} if link is None else setup_of(link, "regression")
    given = base | brought | {name: value for name, value in given.items() if value is not None}
    if points is None:
        given = read_so(given, reading)
    if start is None:
        given = from_a_start_that_fits(given, limits)
    race = Race(read_setup(given, limits))
    result = regress_result(race, given)
    if as_json:
        print_json(result)
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(result))
    else:
        print_fit(race, result)


def from_a_start_that_fits(setup: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """The setup without its start, where options on top of a link, or of what a file suggests, have made it a model of
    other weights."""
    from descent_lab.setups.reading import read_setup

    if "start" not in setup:
        return setup
    free = {name: value for name, value in setup.items() if name != "start"}
    return setup if len(setup.get("start", ())) == read_setup(free, limits).problem.dim else free


def read_table(
    path: Path,
    reading: Reading,
    limits: Limits,
    encoding: str | None,
    beside: dict[str, Any],
) -> dict[str, Any]:
    """The points, or the table, of a file or of standard input, as a part of a setup; what was made of it is said."""
    from descent_lab.links.looked import used
    from descent_lab.tables.brought import Brought

    text = read_file(path, "points", encoding).text
    found, _, _, part = used(Brought(csv=text), reading, "regression", limits, beside)
    for note in found.notes:
        print(note, file=sys.stderr)
    return part


def print_fit(race: Any, result: dict[str, Any]) -> None:
    """How every entrant ended, beside the exact answer; up to four weights are shown."""
    names = result["names"]
    shown = range(len(names)) if len(names) <= 4 else [0, 1, len(names) - 1]
    sets = [name for name in ("validation", "test") if name in result["entrants"][0]]
    heads = ("optimizer", "loss", *sets, *(names[k] for k in shown), "outcome")
    exact = result["exact"]
    digits = 4 if exact is None else exact["digits"]  # so many that they can be typed in again
    rows = [
        (
            entrant.name,
            figure(done["losses"][-1]),
            *(figure(done[name][-1]) for name in sets),
            *(figure(done["weights"][-1][k], digits) for k in shown),
            in_words(done["outcome"]),
        )
        for entrant, done in zip(race.setup.entrants, result["entrants"], strict=True)
    ]
    if exact is not None:
        weights = (figure(exact["weights"][k], digits) for k in shown)
        rows.append(
            ("exact answer", figure(exact["losses"]), *(figure(exact[name]) for name in sets), *weights, "-")
        )
    print_table(heads, rows)
    if exact is not None and exact["note"]:
        print(exact["note"])


def csv_rows(result: dict[str, Any]) -> Any:
    """A line for every step of every entrant; what is not finite is left empty."""
    sets = [name for name in ("training", "validation", "test") if name in result["entrants"][0]]
    yield "entrant", "optimizer", "step", *result["names"], "loss", *sets
    for index, entrant in enumerate(result["entrants"]):
        columns = zip(entrant["weights"], entrant["losses"], *(entrant[name] for name in sets), strict=True)
        for step, (weights, *losses) in enumerate(columns):
            yield index, entrant["optimizer"], step, *weights, *losses
