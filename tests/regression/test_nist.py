"""Certified answers: the linear regression sets of NIST's Statistical Reference Datasets.

How many digits agree is the log relative error of B. D. McCullough, "Assessing the reliability of statistical
software", The American Statistician 52, 1998; where the certified value is 0, the log absolute error.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import log10
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.regression.basis import basis_of
from descent_lab.regression.design import Design
from descent_lab.regression.exact import digits_for, solve

SETS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[1] / "references" / "nist.json").read_text()
)["sets"]
DIGITS = 7


def digits(found: float, certified: float) -> float:
    """Correct significant digits."""
    error = abs(found - certified) / (abs(certified) or 1.0)
    return 15.0 if error == 0 else -log10(error)


def plain(design: Design, weights: np.ndarray) -> list[float]:
    """The coefficients of the inputs as they are, that of the constant first: what standardised weights stand for."""
    exact = [Fraction(each) for each in weights.tolist()]
    slopes = [w / Fraction(float(s)) for w, s in zip(exact[:-1], design.spread, strict=True)]
    shift = sum((s * Fraction(float(m)) for s, m in zip(slopes, design.mean, strict=True)), Fraction(0))
    return [float(exact[-1] - shift), *map(float, slopes)]


@pytest.mark.parametrize("standardise", [False, True], ids=["raw", "standardised"])
@pytest.mark.parametrize("name", SETS)
def test_coefficients_and_deviation_are_the_certified_ones(name: str, standardise: bool) -> None:
    known = SETS[name]
    x, y = np.array(known["x"], dtype=float), np.array(known["y"], dtype=float)
    if x.ndim == 1:
        design = Design.of_points(x, known["degree"], standardise)
    else:
        design = Design.of_table(x, [f"x{k}" for k in range(x.shape[1])], standardise)
    found = solve(design.matrix(x), y, basis=basis_of(design, x))
    assert found is not None
    assert found.weights is not None
    assert found.loss is not None
    assert found.unique
    for mine, certified in zip(plain(design, found.weights), known["coefficients"], strict=True):
        assert digits(mine, certified) >= DIGITS
    deviation = (found.loss * len(y) / (len(y) - design.dim)) ** 0.5
    assert digits(deviation, known["deviation"]) >= DIGITS


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("degree", [2, 3, 6, 12])
def test_powers_of_years_meet_a_curve_that_they_can(degree: int, standardise: bool) -> None:
    year = np.arange(2000.0, 2021.0)
    heights = ((year - 2010) / 10) ** degree
    design = Design.of_points(year, degree, standardise)
    found = solve(design.matrix(year), heights, basis=basis_of(design, year))
    assert found is not None
    assert found.unique
    assert found.note is None
    assert found.loss == pytest.approx(0, abs=1e-24)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_a_line_far_out_is_the_only_one(loss: str) -> None:
    """Milliseconds since 1970, as logs have them."""
    x = 1.7e12 + np.arange(0.0, 60_000.0, 1000.0)
    y = 3 + 2e-4 * (x - 1.7e12)
    design = Design.of_points(x, 1, False)
    found = solve(design.matrix(x), y, loss, basis=basis_of(design, x))
    assert found is not None
    assert found.weights is not None
    assert (found.unique, found.note) == (True, None)
    assert found.weights[0] == pytest.approx(2e-4, rel=1e-9)


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("standardise", [False, True])
def test_printed_weights_draw_the_same_curve_when_they_are_typed_in_again(
    degree: int, standardise: bool
) -> None:
    """Of a parabola through years four digits would put the bias one whole unit off."""
    year = np.arange(2000.0, 2021.0)
    heights = 2 + 0.3 * (year - 2010) + 0.01 * (year - 2010) ** 2 + np.sin(year)
    design = Design.of_points(year, degree, standardise)
    matrix = design.matrix(year)
    found = solve(matrix, heights, basis=basis_of(design, year))
    assert found is not None
    assert found.weights is not None
    digits = digits_for(found.weights, matrix, heights)
    exact = [Fraction(each) for each in found.weights.tolist()]
    typed = [Fraction(f"{each:.{digits}g}") for each in found.weights.tolist()]
    rows = [[Fraction(each) for each in row] for row in matrix.tolist()]
    away = [abs(float(sum(r * (t - w) for r, t, w in zip(row, typed, exact, strict=True)))) for row in rows]
    assert max(away) < 1e-3 * np.ptp(heights)
    assert digits == 4 or degree > 1 or not standardise
