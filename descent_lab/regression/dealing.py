"""The same regression over some of its points: what learns from them knows nothing of the others, scales and start
included."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from descent_lab.regression.design import Design
from descent_lab.regression.regression import Regression


def of_chosen(problem: Regression, chosen: np.ndarray, degree: int) -> Regression:
    """A regression over the chosen points, all of them training: a polynomial of that degree, or a table's columns.
    chosen: (points,) of bool."""
    if problem.inputs.ndim == 1:
        return problem.of_degree(chosen, degree)
    inputs, targets = problem.inputs[chosen], problem.targets[chosen]
    design = Design.of_table(inputs, problem.design.names[:-1], problem.design.standardised)
    first = None if problem.first is None else level(targets, design.dim)
    return replace(
        problem, inputs=inputs, targets=targets, design=design, shares=(100.0, 0.0, 0.0), first=first
    )


def level(targets: np.ndarray, dim: int) -> tuple[float, ...]:
    """Where a race on a table of somebody's own starts: at what says the same of every row, about the mean of the
    training targets, (n,). What remains is the part that the inputs tell; a walk from zero would show little else but
    the mean."""
    mean, spread = (float(np.mean(targets)), float(np.std(targets))) if len(targets) else (0.0, 0.0)
    # As short as it may be: what is rounded off is less than the targets' spread.
    far = np.log10(abs(mean) / spread) if mean and spread > 0 else 0.0
    digits = int(np.clip(np.ceil(far) + 1, 2, 15))
    return (0.0,) * (dim - 1) + (float(f"{mean:.{digits}g}"),)
