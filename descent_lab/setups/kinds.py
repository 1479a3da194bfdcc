"""Which kind of setup plain values are: told by where the problem comes from.

Its model is imported when it is asked for, so that whoever races on a surface does not wait for networks.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from descent_lab.refusals import Refusal

if TYPE_CHECKING:
    from descent_lab.setups.models import AnySetup

SOURCES = {
    "surface": ("race_setup", "SurfaceRace"),
    "expression": ("race_setup", "FormulaRace"),
    "points": ("regression_setup", "PointsRegression"),
    "preset": ("regression_setup", "PresetRegression"),
    "dataset": ("regression_setup", "TableRegression"),
    "table": ("regression_setup", "TextRegression"),
    "table_file": ("regression_setup", "FileRegression"),
    "data": ("network_setup", "SampleSetTraining"),
    "drawn": ("network_setup", "DrawnTraining"),
    "csv": ("network_setup", "TextTraining"),
    "file": ("network_setup", "FileTraining"),
}
"""Where a problem comes from -> module and name of the model. Each setup has one of these."""

FAMILIES = (
    ("surface", "expression"),
    ("points", "preset", "dataset", "table", "table_file"),
    ("data", "drawn", "csv", "file"),
)


def kind_of(data: Mapping[str, Any]) -> type[AnySetup]:
    """The model of a setup, told by its source."""
    given = [name for name in SOURCES if data.get(name) is not None]
    if len(given) == 1 or given == ["surface", "expression"]:
        module, name = SOURCES[given[-1]]
        return getattr(import_module(f"descent_lab.setups.{module}"), name)
    if given:
        family = next(family for family in FAMILIES if given[-1] in family)
        raise Refusal("several sources", field=family[0], known=list(family), given=given)
    for family in FAMILIES[1:]:
        if any(name in data for name in family):
            raise Refusal("no source", field=family[0], known=list(family))
    raise Refusal("no surface", field="surface")
