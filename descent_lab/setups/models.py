"""All setups: a discriminated union, whose kind is told by where its problem comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.setups.network_setup import DrawnTraining, SampleSetTraining, TextTraining
from descent_lab.setups.race_setup import FormulaRace, SurfaceRace
from descent_lab.setups.regression_setup import PointsRegression, PresetRegression, TableRegression

AnyRace = SurfaceRace | FormulaRace
AnyRegression = PointsRegression | PresetRegression | TableRegression
AnyTraining = SampleSetTraining | DrawnTraining | TextTraining
AnySetup = AnyRace | AnyRegression | AnyTraining

SOURCES: Mapping[str, type[AnySetup]] = {
    "surface": SurfaceRace,
    "expression": FormulaRace,
    "points": PointsRegression,
    "preset": PresetRegression,
    "dataset": TableRegression,
    "data": SampleSetTraining,
    "drawn": DrawnTraining,
    "csv": TextTraining,
}
"""Where a problem comes from: each setup has one of these."""

FAMILIES = (("surface", "expression"), ("points", "preset", "dataset"), ("data", "drawn", "csv"))


def kind_of(data: Mapping[str, Any]) -> type[AnySetup]:
    """The model of a setup, told by its source."""
    given = [name for name in SOURCES if data.get(name) is not None]
    if len(given) == 1 or given == ["surface", "expression"]:
        return SOURCES[given[-1]]
    if given:
        family = next(family for family in FAMILIES if given[-1] in family)
        raise Refusal("several sources", field=family[0], known=list(family), given=given)
    for family in FAMILIES[1:]:
        if any(name in data for name in family):
            raise Refusal("no source", field=family[0], known=list(family))
    raise Refusal("no surface", field="surface")
