"""How long the steps of each racer take: there is no clock to hold it to, but an order that none turns round."""

from __future__ import annotations

import numpy as np

from descent_lab.setups.reading import read_setup
from descent_lab.training.step_times import step_times


def test_a_step_of_a_network_fifty_times_as_large_takes_longer():
    entrants = [{"optimizer": "momentum"}, {"optimizer": "adam"}]
    small = step_times(
        read_setup({"data": "moons", "hidden": [4], "batch": 4, "steps": 50, "entrants": entrants})
    )
    large = step_times(
        read_setup({"data": "moons", "hidden": [64, 64], "batch": 64, "steps": 50, "entrants": entrants})
    )
    assert small.shape == large.shape == (2,)
    assert np.all(small > 0)
    assert np.all(large > small)


def test_a_training_without_steps_has_a_pace_too():
    assert np.all(
        np.isfinite(
            step_times(read_setup({"data": "moons", "steps": 0, "entrants": [{"optimizer": "adam"}]}))
        )
    )
