"""All setups as one union, for whoever describes them. A setup is read by `kinds`, which imports only what it needs."""

from __future__ import annotations

from descent_lab.setups.network_setup import DrawnTraining, FileTraining, SampleSetTraining, TextTraining
from descent_lab.setups.race_setup import FormulaRace, SurfaceRace
from descent_lab.setups.regression_setup import (
    FileRegression,
    PointsRegression,
    PresetRegression,
    TableRegression,
    TextRegression,
)

AnyRace = SurfaceRace | FormulaRace
AnyRegression = PointsRegression | PresetRegression | TableRegression | TextRegression | FileRegression
AnyTraining = SampleSetTraining | DrawnTraining | TextTraining | FileTraining
AnySetup = AnyRace | AnyRegression | AnyTraining
