"""`descent-lab race`, `tune` and `list`: the engine without a server."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.link import LinkOption, alone, setup_of
from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.cli.working import Where, at_work, telling
from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.races.race import Race

SurfaceName = Annotated[
    str | None, typer.Argument(metavar="SURFACE", help="A surface of the list.", show_default=False)
]
Expression = Annotated[
    str | None,
    typer.Option(metavar="FORMULA", help="A formula in x and y, in place of SURFACE.", show_default=False),
]
Letters = Annotated[
    str | None,
    typer.Option(
        "--parameters",
        metavar="LETTER:NUMBER;...",
        help="What the letters of FORMULA stand for that are no variables.",
        show_default="1 each",
    ),
]
Start = Annotated[
    str | None, typer.Option(metavar="X,Y", help="Where to start.", show_default="the surface's own")
]
Entrants = Annotated[
    list[str] | None,
    typer.Option(
        "--entrant",
        metavar="TEXT",
        help="An optimizer and its knobs, as in 'adam:lr=0.04,beta1=0.87' or "
        "'gd:lr=0.01;schedule=cosine:floor=0.1;offset=0.01,0;label=mine'. May be given several times.",
        show_default="the race suggested for the surface",
    ),
]
Steps = Annotated[int | None, typer.Option(help="Steps to take.", show_default="the surface's own")]
Seed = Annotated[int | None, typer.Option(help="Seed of the noise.", show_default="0")]
Noise = Annotated[float | None, typer.Option(help="Strength of the gradient noise.", show_default="0")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print every step as a line of comma-separated values.")]
Jitter = Annotated[
    float | None, typer.Option(help="Standard deviation of the input noise.", show_default="0")
]
Patience = Annotated[
    int | None, typer.Option(help="Steps that early stopping waits.", show_default="no early stopping")
]


def setup_from(
    surface: str | None,
    expression: str | None,
    letters: str | None,
    start: str | None,
    entrants: Sequence[str] | None,
    steps: int | None,
    seed: int | None,
    noise: float | None,
    changes: Sequence[str] | None = None,
    link: str | None = None,
    kind: str | None = "race",
) -> dict[str, Any]:
    """The setup that the options describe, as plain JSON values. kind: what a link must be of, if only one will do."""
    from descent_lab.links import parts
    from descent_lab.races.suggestions import suggested

    alone(link, **{"SURFACE": surface, "--expression": expression})
    setup: dict[str, Any] = {} if link is None else setup_of(link, kind)
    if link is None and (surface is None) == (expression is None):
        reason = "neither surface nor formula" if surface is None else "surface and formula"
        raise Refusal(reason, field="surface")
    if link is None:
        setup = {"surface": surface} if expression is None else {"expression": expression}
        setup |= {"seed": 0, "noise": 0.0, "changes": []}
    if letters is not None:
        said = parts.read_parameters(letters, "parameters")
        turned = {each["name"] for each in said}
        setup["parameters"] = [
            *said,
            *(each for each in setup.get("parameters", ()) if each["name"] not in turned),
        ]
    if start is not None:
        setup["start"] = parts.read_list(start, "start") if link else parts.read_pair(start, "start")
    if steps is not None:
        setup["steps"] = steps
    if entrants:
        setup["entrants"] = [parts.read_entrant(text, f"entrants.{i}") for i, text in enumerate(entrants)]
    elif surface is not None:
        setup["entrants"] = suggested(surface)
    if changes:
        setup["changes"] = [parts.read_change(text, f"changes.{i}") for i, text in enumerate(changes)]
    own = {"seed": seed, "noise": noise}
    return setup | {name: value for name, value in own.items() if value is not None}


def race(
    surface: SurfaceName = None,
    expression: Expression = None,
    parameters: Letters = None,
    start: Start = None,
    entrant: Entrants = None,
    steps: Steps = None,
    seed: Seed = None,
    noise: Noise = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STEP:ENTRANT:KNOB=VALUE",
            help="From that step on, a knob of an entrant (0 is the first) has that value.",
        ),
    ] = None,
    link: LinkOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Run a whole race and say how it ended."""
    from descent_lab.limits import limits_from_environment
    from descent_lab.races.race import Race
    from descent_lab.results import race_result
    from descent_lab.setups.reading import read_setup

    given = setup_from(surface, expression, parameters, start, entrant, steps, seed, noise, change, link)
    run = Race(read_setup(given, limits_from_environment()))
    result = race_result(run, given)
    if as_json:
        print_json(result)
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(result))
        print_note(result)
    else:
        print_table(("optimizer", "loss", "x", "y", "to goal", "outcome"), standings(run, result))
        print_note(result)


def tune(
    surface: SurfaceName = None,
    expression: Expression = None,
    parameters: Letters = None,
    start: Start = None,
    entrant: Entrants = None,
    steps: Steps = None,
    seed: Seed = None,
    noise: Noise = None,
    budget: Annotated[
        int | None,
        typer.Option(min=1, help="Settings tried for each entrant.", show_default="the page's own"),
    ] = None,
    cluster: Where = None,
    link: LinkOption = None,
    as_json: AsJson = False,
    all: Annotated[bool, typer.Option("--all", help="Tune the suggested races of all surfaces.")] = False,
    write: Annotated[
        bool, typer.Option("--write", help="With --all: keep what was found as the suggested races.")
    ] = False,
) -> None:
    """Find the best learning rate (and momentum) for every entrant, each by the same number of tries."""
    if all or write:
        if not all or surface is not None or expression is not None or link is not None:
            raise Refusal("write all", field="all")
        from descent_lab.races.suggestions import remade, write_suggested_races

        if write:
            print(f"Written to {write_suggested_races()}")
        else:
            print_json(remade())
        return
    from descent_lab.formulas.remarks import note_of
    from descent_lab.limits import limits_from_environment
    from descent_lab.networks.network import Network
    from descent_lab.results import tune_result
    from descent_lab.search.tuning import tune as tuned
    from descent_lab.setups.reading import read_setup

    limits = limits_from_environment()
    given = setup_from(surface, expression, parameters, start, entrant, steps, seed, noise, None, link, None)
    setup = read_setup(given, limits)
    if cluster is not None and not isinstance(setup.problem, Network):
        raise Refusal("not a network", field="cluster")
    with at_work(cluster) as workers, telling("tuning") as progress:
        found = tuned(setup, given, budget, limits, progress, workers)
    result = tune_result(found, note_of(setup.problem))
    if as_json:
        print_json(result)
        return
    names = [each["optimizer"] for each in given["entrants"]]
    rows = [
        (
            name,
            ",".join(f"{knob}={value:.4g}" for knob, value in found["knobs"].items()),
            "-" if found["reached"] is None else str(found["reached"]),
            figure(found["loss"]),
        )
        for name, found in zip(names, result["entrants"], strict=True)
    ]
    print_table(("optimizer", "best knobs", "to goal", "loss"), rows)
    print(result["metric"])
    print_note(result)


def print_note(result: dict[str, Any]) -> None:
    """What is odd about the formula, if anything is, beside what was asked for."""
    if result["note"] is not None:
        print(result["note"], file=sys.stderr)


def csv_rows(result: dict[str, Any]) -> Iterable[Sequence[Any]]:
    """A line for every step of every entrant; what is not finite is left empty."""
    yield "entrant", "optimizer", "step", "x", "y", "loss"
    for index, entrant in enumerate(result["entrants"]):
        for step, ((x, y), loss) in enumerate(zip(entrant["points"], entrant["losses"], strict=True)):
            yield index, entrant["optimizer"], step, x, y, loss


def standings(run: Race, result: dict[str, Any]) -> list[tuple[str, ...]]:
    """How every entrant stands at the end, the lowest loss first."""
    rows = zip(run.setup.entrants, result["entrants"], strict=True)
    ordered = sorted(rows, key=lambda row: (row[1]["losses"][-1] is None, row[1]["losses"][-1]))
    return [
        (
            entrant.name,
            figure(done["losses"][-1]),
            *(figure(value) for value in done["points"][-1]),
            "-" if done["reached"] is None else f"{done['reached']}{', left' if done['left'] else ''}",
            in_words(done["outcome"]),
        )
        for entrant, done in ordered
    ]


def in_words(outcome: dict[str, Any]) -> str:
    """An outcome as a person says it."""
    match outcome:
        case {"kind": "stalled", "where": where, "step": step}:
            return f"stalled at a {where} from step {step}"
        case {"kind": "running"}:  # the race is over
            return "not there yet"
        case {"kind": kind, "step": step}:
            return f"{kind} at step {step}"
        case _:
            return "-"
