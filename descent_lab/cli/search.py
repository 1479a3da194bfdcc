"""`descent-lab search`: which hyper-parameters train best."""

from __future__ import annotations

import csv
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from descent_lab.cli.link import COMMANDS, LinkOption, alone, searched
from descent_lab.cli.printing import AsJson, figure, print_json, print_table
from descent_lab.cli.race import AsCsv, Seed
from descent_lab.cli.reading import Reading, reads_columns
from descent_lab.cli.table import Encoding, read_so
from descent_lab.cli.train import Data, per_cent, source_of
from descent_lab.cli.working import Where, at_work, telling
from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.search.asking import Ask
    from descent_lab.search.search import Found, Search

SHOWN = 20
"""Tries of a table for people."""


@reads_columns
def search(
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUES|NAME=LOW..HIGH[:log]",
            help="What is tried of a field of the setup, or of a knob: lr=1e-4..1:log, l2=0,1e-3, "
            "hidden=8|15|15,15, optimizer=adam,sgd; a single value holds for all. Again for more.",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    tries: Annotated[
        int | None,
        typer.Option(min=1, max=100_000, help="Tries, evenly over all that is varied.", show_default="50"),
    ] = None,
    grid: Annotated[bool, typer.Option("--grid", help="Try every combination of the values.")] = False,
    seeds: Annotated[
        int | None,
        typer.Option(min=1, max=1_000, help="Train each so often, from other weights.", show_default="1"),
    ] = None,
    folds: Annotated[
        int | None,
        typer.Option(min=2, max=10, help="Judge by cross-validation.", show_default="by the validation set"),
    ] = None,
    halving: Annotated[
        bool,
        typer.Option(
            "--halving", help="Train all for a while, and only the best third for three times as long, again."
        ),
    ] = False,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="Epochs to train, in place of --steps.", show_default=False)
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Steps to train.", show_default="the setup's")
    ] = None,
    cluster: Where = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep results here as they come (JSON lines), and go on from those that are there.",
            show_default=False,
        ),
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all tries to it.", show_default=False)
    ] = None,
    reading: Reading = None,
    encoding: Encoding = None,
    seed: Seed = None,
    link: LinkOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Try hyper-parameters on a network or a regression, compare them by their validation loss, and judge the best
    once on the test set."""
    from descent_lab.search.journal import Journal
    from descent_lab.search.results import heads_of, rows_of, search_result, write_parquet

    if epochs is not None and steps is not None:
        raise Refusal("epochs or steps", field="steps")
    alone(link, **{"--data": data})
    base, asked = base_of(data, encoding, reading, link, {"seed": seed, "steps": steps})
    told = {"tries": tries, "grid": grid or None, "seeds": seeds, "folds": folds, "halving": halving or None}
    asked = asked.with_told(vary or (), **told, epochs=epochs)
    if steps is not None:
        asked = replace(asked, epochs=None)
    made = asked.search(base)
    journal = Journal(resume)
    try:
        with at_work(cluster) as workers, telling("searching") as progress:
            found = made.run(workers, journal, progress)
    except KeyboardInterrupt:
        kept = f"; {journal.count:,} are in {resume}, to go on from" if resume else ""
        print(f"Ended before all trainings were done{kept}.", file=sys.stderr)
        raise typer.Exit(130) from None
    finally:
        journal.close()
    result = search_result(made, found, asked)
    if parquet is not None:
        write_parquet(parquet, made, found)
    if as_json:
        print_json(result)
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(heads_of(made))
        writer.writerows(rows_of(made, found))
    else:
        print_found(made, found, result)


def base_of(
    data: str | None,
    encoding: str | None,
    reading: Reading,
    link: str | None,
    own: Mapping[str, int | None],
) -> tuple[dict[str, Any], Ask]:
    """The whole setup that is varied, and what a link asks of the search. own: fields that are said besides."""
    from descent_lab.links.defaults import completed
    from descent_lab.search.asking import Ask

    asked = Ask(())
    if link is not None:
        base, told = searched(link)
        asked = asked if told is None else Ask.of(told)
        base = read_so(base, reading)
    else:
        source = {**source_of(data or "moons", encoding), "entrants": [{"optimizer": "adam"}]}
        base = completed(read_so(source, reading), "network")
    return base | {name: value for name, value in own.items() if value is not None}, asked


def print_found(search: Search, found: Found, result: dict[str, Any]) -> None:
    """The best tries, and how to train the best of all."""
    from descent_lab.links.opened import SEARCH_PATH
    from descent_lab.search.results import heads_of, rows_of

    rows = [["" if cell is None else _cell(cell) for cell in row] for row in rows_of(search, found)]
    accurate = any(each.accuracy is not None for each in found.tried)
    several = search.plan.seeds * max(1, search.plan.folds) > 1
    heads = heads_of(search)
    hidden = {*(() if accurate else ("accuracy",)), *(() if several else ("spread",))}
    if not any(each.diverged for each in found.tried):
        hidden.add("diverged")
    kept = [place for place, head in enumerate(heads) if head not in hidden]
    shown = rows[:SHOWN]
    for row, each in zip(shown, found.tried, strict=False):
        row[heads.index("accuracy")] = per_cent(each.accuracy)
        row[heads.index(search.judge)] = "diverged" if each.mean is None else figure(each.mean)
    print_table([heads[place] for place in kept], [[row[place] for place in kept] for row in shown])
    if len(rows) > SHOWN:
        print(f"... and {len(rows) - SHOWN:,} more; --csv and --json have all.")
    print()
    print(result["told"])
    if result["best"] is None:
        return
    if result["best"]["link"] is None:
        print("Its table is too large for a link; --json has its whole setup.")
        return
    print(f"Train it: {command_of(result['best'])}")
    print(f"See it:   {result['best']['page']}")
    print(f"Search again: {SEARCH_PATH}#{result['link']}")


def _cell(value: Any) -> str:
    return figure(value) if isinstance(value, float) else str(value)


def command_of(best: Mapping[str, Any]) -> str:
    """The line that trains the best again."""
    from descent_lab.links.grammar import kind_of

    kind = kind_of(best["setup"])
    assert kind is not None
    return f"descent-lab {COMMANDS[kind]} --link {shlex.quote(best['link'])}"
