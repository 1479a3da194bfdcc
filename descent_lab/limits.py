"""How much one run, question or search may ask for. The command line and the server read the same environment."""

from __future__ import annotations

import os
from functools import cache
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

M = TypeVar("M", bound=BaseModel)

PREFIX = "DESCENT_LAB_"
"""Every limit is an environment variable: `DESCENT_LAB_MAX_STEPS=2000`."""

MOST_VARIED = 16
"""Things that one search varies."""


class Limits(BaseModel):
    """How much may be asked for."""

    model_config = ConfigDict(frozen=True)

    max_steps: PositiveInt = Field(default=10_000, description="Steps of one race.")
    max_entrants: PositiveInt = Field(default=24, description="Entrants of one race.")
    max_points: PositiveInt = Field(
        default=600_000, description="Points of one race: entrants times (steps + 1)."
    )
    max_changes: PositiveInt = Field(default=1_000, description="Changes of knobs during one race.")
    max_grid: PositiveInt = Field(default=400, description="Points along one side of a map.")
    max_rows: PositiveInt = Field(default=10_000, description="Points that a line is fitted to.")
    max_samples: PositiveInt = Field(
        default=200_000, description="Rows of a table, or points drawn for a network."
    )
    max_work: PositiveInt = Field(
        default=1_000_000_000,
        description="Work of one regression: entrants times steps times points of a mini-batch times weights.",
    )
    max_training: PositiveInt = Field(
        default=100_000_000_000,
        description="Work of one training: entrants times steps times products of a step, three for each weight and "
        "sample of a mini-batch.",
    )
    max_search: PositiveInt = Field(
        default=100_000_000_000,
        description="Work of one search, a sweep, a cross-validation or a tuning of networks: that of all its "
        "trainings.",
    )
    max_searched: PositiveInt = Field(
        default=2_000, description="Tries of one search for hyper-parameters that a server is asked for."
    )
    max_tries: PositiveInt = Field(
        default=100_000, description="Random lines, or weights of a network, of one question."
    )
    max_sweep: PositiveInt = Field(default=256, description="Values that one painted slider tries.")
    max_tune_budget: PositiveInt = Field(
        default=4_096, description="Settings that one tuning tries for each entrant."
    )
    max_tune_lane_steps: PositiveInt = Field(
        default=200_000_000, description="Work of one tuning: settings times entrants times steps."
    )


@cache
def limits_from_environment() -> Limits:
    """The limits of this process."""
    return from_environment(Limits)


def from_environment(model: type[M]) -> M:
    """Settings of that model, as the environment has them now."""
    named = {name: os.environ.get(PREFIX + name.upper()) for name in model.model_fields}
    return model.model_validate({name: value for name, value in named.items() if value is not None})
