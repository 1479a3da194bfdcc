"""Changes on the way of a training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from descent_lab.setups.reading import read_change
from tests.training.test_training import trained

CHANGES = [
    {"at": 33, "entrant": 3, "knob": "lr", "value": 0.1},
    {"at": 33, "setting": "l2", "value": 0.05},
    {"at": 50, "setting": "batch", "value": 5},
    {"at": 61, "setting": "dropout", "value": 0.3},
    {"at": 0, "setting": "jitter", "value": 0.1},
]


def test_changes_made_on_the_way_are_those_of_the_setup():
    before = trained(changes=CHANGES)
    late = trained()
    for change in CHANGES:
        late.change(read_change(change, late.setup))
        late.advance(90)
    assert np.array_equal(before.losses(0, 90), late.losses(0, 90))
    assert [record.step for record in before.records(0, 90)] == [
        record.step for record in late.records(0, 90)
    ]
    assert np.array_equal(before.weights(90), late.weights(90))
    assert np.array_equal(before.weights(47), late.weights(47))


@pytest.mark.parametrize("at", range(0, 90, 5))
def test_no_record_is_lost_wherever_a_change_is_made(at: int):
    change = {"at": at, "entrant": 3, "knob": "lr", "value": 0.5}
    before, late = trained(changes=[change]), trained()
    late.change(read_change(change, late.setup))
    late.advance(90)
    for name, rows in before.measured(0, 90).items():
        assert np.array_equal(rows, late.measured(0, 90)[name]), name


@pytest.mark.parametrize("change", CHANGES[:4], ids=str)
def test_a_change_leaves_what_lies_before_it(change: dict[str, Any]):
    plain, turned = trained(), trained(changes=[change])
    assert np.array_equal(plain.weights(change["at"]), turned.weights(change["at"]))
    assert not np.array_equal(plain.weights(90), turned.weights(90))


def test_the_loss_at_a_change_is_that_of_the_new_setting():
    pieces = trained(33, changes=CHANGES)
    assert np.array_equal(pieces.losses(33, 33), trained(changes=CHANGES).losses(33, 33))


def test_a_knob_turned_is_nobody_elses():
    plain, turned = trained(), trained(changes=[CHANGES[0]])
    assert np.array_equal(plain.weights(90)[:, :3], turned.weights(90)[:, :3])
