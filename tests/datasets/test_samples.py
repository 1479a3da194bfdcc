"""Samples for networks: the toy sets, what they promise, and their listing."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from descent_lab.datasets import SAMPLE_SETS
from descent_lab.datasets.samples import Samples
from descent_lab.datasets.toys import chirp
from descent_lab.refusals import Refusal

TOYS = ["moons", "circles", "xor", "spirals", "blobs", "blobs3", "curve"]
PLANES = TOYS[:-1]
every_set = pytest.mark.parametrize("key", SAMPLE_SETS)
every_toy = pytest.mark.parametrize("key", TOYS)
every_plane = pytest.mark.parametrize("key", PLANES)


def plane(samples: Samples) -> np.ndarray:
    """What the window shows: two inputs, or the input and the curve's value."""
    return samples.inputs if samples.classes else np.column_stack([samples.inputs, samples.targets])


def clean(key: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, y and class of many points without noise."""
    samples = SAMPLE_SETS[key].make(400, 0, 5)
    return *samples.inputs.T, samples.targets


# ---------------------------------------------------------------- every set


@every_set
def test_a_set_is_plain_json_and_says_what_it_teaches(key: str) -> None:
    chosen = SAMPLE_SETS[key]
    said = chosen.describe()
    assert json.loads(json.dumps(said)) == said
    assert said["teaches"].endswith(".")
    assert said["sizes"][0] <= said["size"] <= said["sizes"][1]
    assert said["noises"][0] <= said["noise"] <= said["noises"][1]
    assert (said["kind"] == "curve") == (said["classes"] == [])
    assert len(said["classes"]) != 1
    assert len(said["names"]) == (0 if said["shape"] else said["inputs"])
    assert said["window"] is None or said["inputs"] <= 2


def test_the_listing_loads_nothing() -> None:
    code = (
        "import sys, numpy; numpy.load = None; from descent_lab.datasets import SAMPLE_SETS;"
        "SAMPLE_SETS.describe(); assert 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"size": 9}, "size"),
        ({"size": 2001}, "size"),
        ({"size": 20.5}, "size"),
        ({"size": "many"}, "size"),
        ({"noise": -0.1}, "noise"),
        ({"noise": 0.6}, "noise"),
        ({"noise": float("nan")}, "noise"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**60}, "seed"),
    ],
)
def test_what_is_out_of_range_is_refused(given: dict[str, float], field: str) -> None:
    with pytest.raises(Refusal, match=f"^{field} must be") as refused:
        SAMPLE_SETS["moons"].make(**given)  # pyright: ignore[reportArgumentType]
    assert refused.value.field == field


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(Refusal, match=r"'mons'.*Did you mean 'moons'"):
        SAMPLE_SETS["mons"]


# ---------------------------------------------------------------- every toy set


@every_toy
def test_shapes_and_types(key: str) -> None:
    chosen = SAMPLE_SETS[key]
    samples = chosen.make()
    assert samples.inputs.shape == (chosen.size, chosen.inputs)
    assert samples.inputs.dtype == np.float64
    assert samples.inputs.flags.c_contiguous
    assert samples.targets.shape == (chosen.size,)
    assert samples.targets.dtype == (np.int64 if samples.classes else np.float64)
    assert (samples.classes, samples.names) == (chosen.classes, chosen.names)
    assert (samples.shape, samples.test, samples.measured) == (None, None, False)
    for array in (samples.inputs, samples.targets):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@every_toy
def test_a_seed_stands_for_the_same_samples(key: str) -> None:
    one, same, other = (plane(SAMPLE_SETS[key].make(50, 0.1, seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one, same)
    assert np.mean(one == other) < 0.1


@every_toy
def test_the_size_only_adds_samples(key: str) -> None:
    few, many = (SAMPLE_SETS[key].make(size, 0.3, 1) for size in (60, 61))
    np.testing.assert_array_equal(plane(few), plane(many)[:60])
    np.testing.assert_array_equal(few.targets, many.targets[:60])


@every_toy
def test_noise_moves_the_same_points_further(key: str) -> None:
    none, some, more = (plane(SAMPLE_SETS[key].make(1000, noise, 2)) for noise in (0, 0.2, 0.4))
    np.testing.assert_allclose(more - none, 2 * (some - none), atol=2e-4)  # rounded to four decimals
    moved = (some - none)[:, -1]
    assert np.std(moved) == pytest.approx(0.2, rel=0.1)
    assert abs(np.mean(moved)) < 0.03


@every_plane
def test_classes_take_turns(key: str) -> None:
    samples = SAMPLE_SETS[key].make(101)
    counts = np.bincount(samples.targets)
    assert len(counts) == len(samples.classes)
    assert np.ptp(counts) <= 1


@every_toy
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_window_holds_the_set_which_is_of_order_one(key: str, seed: int) -> None:
    chosen = SAMPLE_SETS[key]
    points = plane(chosen.make(2000, None, seed))
    assert chosen.window is not None
    low, high = np.array(chosen.window).T
    assert np.all((points > low) & (points < high))
    assert np.all(np.abs(np.mean(points, axis=0)) < 0.25)
    assert np.all((np.std(points, axis=0) > 0.4) & (np.std(points, axis=0) < 1.5))


# ---------------------------------------------------------------- the clean shapes, to four decimals


def test_moons_are_half_circles() -> None:
    x, y, which = clean("moons")
    side = 1 - 2 * which
    assert np.hypot(x + side * 0.5, y + side * 0.25) == pytest.approx(1, abs=2e-4)
    assert np.all(side * y >= -0.2501)


def test_circles_lie_in_each_other() -> None:
    x, y, which = clean("circles")
    assert np.hypot(x, y) == pytest.approx(np.where(which == 0, 1.5, 0.75), abs=2e-4)


def test_xor_is_the_sign_of_the_product() -> None:
    x, y, which = clean("xor")
    np.testing.assert_array_equal(x * y < 0, which == 1)
    assert min(np.min(np.abs(x)), np.min(np.abs(y))) >= 0.15
    assert {(a, b) for a, b in zip(x > 0, y > 0, strict=True)} == {
        (a, b) for a in (False, True) for b in (False, True)
    }


def test_an_arm_of_the_spirals_is_the_other_turned_half_round() -> None:
    x, y, which = clean("spirals")
    radius = np.hypot(x, y)
    turn = 3 * np.pi * (radius - 0.2) / 1.4 + np.pi * which
    assert radius * np.exp(1j * turn) == pytest.approx(x + 1j * y, abs=2e-3)
    assert (np.min(radius), np.max(radius)) == pytest.approx((0.2, 1.6), abs=0.1)


@pytest.mark.parametrize(("key", "radius"), [("blobs", 0.7), ("blobs3", 0.55)])
def test_blobs_are_discs_apart(key: str, radius: float) -> None:
    x, y, which = clean(key)
    at = x + 1j * y
    centres = np.array(
        [-0.9 - 0.9j, 0.9 + 0.9j] if key == "blobs" else 1.1 * np.exp(1j * np.pi * (0.5 + np.arange(3) / 1.5))
    )
    away = np.abs(at[:, None] - centres)
    np.testing.assert_array_equal(np.argmin(away, axis=1), which)
    assert 0.9 * radius < np.max(np.min(away, axis=1)) <= radius + 1e-4


def test_the_curve_is_a_chirp() -> None:
    samples = SAMPLE_SETS["curve"].make(400, 0, 5)
    assert samples.targets == pytest.approx(chirp(samples.inputs[:, 0]), abs=1e-4)
    crossings = np.flatnonzero(np.diff(np.sign(chirp(np.linspace(-1.999, 1.999, 2001)))))
    assert len(crossings) == 4
    assert np.all(np.diff(crossings, 2) < 0)  # ever closer


def test_toys_stay_where_they_are() -> None:
    """Links count on what a seed gives, whatever the version of numpy."""
    moons = SAMPLE_SETS["moons"].make(10, 0.1, 1)
    assert moons.inputs[:2].tolist() == [[-0.5529, 0.8956], [-0.2942, -0.4447]]
    assert SAMPLE_SETS["curve"].make(10, 0.1, 1).targets[:3].tolist() == [-1.0271, 0.2053, 0.9273]
