"""Warm kernels: compiled once, found again by the next process, and by every thread that asks at the same time."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from descent_lab import warm
from descent_lab.cache import fingerprint
from descent_lab.machine import kernels
from descent_lab.machine.lanes import curve, evaluate
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import surface
from descent_lab.surfaces.typed import TYPED_WINDOW, typed_surface
from descent_lab.warm import FIRST_RULES, FIRST_SURFACE

ROOT = Path(__file__).resolve().parents[1]
FIRST = ("-c", "from descent_lab.warm import warm_first; warm_first()")


def run(cache: Path, *arguments: str) -> None:
    environment = {**os.environ, "DESCENT_LAB_CACHE": str(cache)}
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120, stdout=subprocess.DEVNULL)


def test_what_is_first_is_in_the_catalogues() -> None:
    assert FIRST_SURFACE in SURFACES
    assert set(FIRST_RULES) <= set(OPTIMIZERS)


def test_neither_the_second_start_nor_the_first_race_compiles_anything(tmp_path: Path) -> None:
    run(tmp_path, *FIRST)
    first = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert len([path for path in first if path.name.startswith("kernel_")]) >= len(FIRST_RULES) + 2
    run(tmp_path, *FIRST)
    racers = [part for key in FIRST_RULES for part in ("--entrant", key)]
    run(tmp_path, "-m", "descent_lab", "race", FIRST_SURFACE, *racers)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == first


def test_threads_that_ask_at_once_get_one_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    compiled = kernels._compiled  # pyright: ignore[reportPrivateUsage]

    def counted(digest: str, *rest: object) -> kernels.Kernel:
        made.append(digest)
        return compiled(digest, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(kernels, "_compiled", counted)
    probe = surface("probe", "Probe", "x^2 + 7.125y^2 + 0.5x*y", window=TYPED_WINDOW, start=(1.0, 1.0))
    with ThreadPoolExecutor(8) as pool:
        addresses = set(pool.map(lambda _: probe.field.address, range(8)))
    assert len(made) == len(addresses) == 1


def test_for_a_typed_formula_nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    warm.load(typed_surface("x + y"))
    warm.load(OPTIMIZERS["adam"])

    def refused(*_: object) -> kernels.Kernel:
        raise AssertionError("something is compiled")

    monkeypatch.setattr(kernels, "_compiled", refused)
    typed = typed_surface("x^2 + 3.0625y^2 - sin(x*y)")
    loss, gradient = evaluate(typed, np.array([[1.0], [2.0]]))
    assert loss[0] == 1 + 4 * 3.0625 - math.sin(2)
    assert gradient[:, 0] == pytest.approx([2 - 2 * math.cos(2), 12.25 - math.cos(2)], rel=1e-15)
    assert np.isfinite(curve(typed, np.array([[1.0], [2.0]]))).all()


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which nothing has been compiled, for this process and for those that it starts."""
    monkeypatch.setenv("DESCENT_LAB_CACHE", str(tmp_path))
    monkeypatch.setattr(warm, "CACHE", tmp_path)
    monkeypatch.setattr(warm, "WARMED", tmp_path / "numba" / "warmed")
    return tmp_path


@pytest.mark.usefixtures("cold")
def test_one_process_at_a_time_warms_and_can_be_stopped() -> None:
    first = warm.start_warming()
    assert first is not None
    assert first.poll() is None
    assert warm.start_warming() is None
    first.terminate()
    first.wait(10)
    second = warm.start_warming()
    assert second is not None
    second.terminate()
    second.wait(10)


def test_what_is_warm_is_not_warmed_again(cold: Path) -> None:
    assert not warm.is_warm()
    warm.WARMED.parent.mkdir()
    warm.WARMED.write_text("of other code")
    assert not warm.is_warm()
    warm.WARMED.write_text(fingerprint())
    assert warm.is_warm()
    assert warm.start_warming() is None
    assert not (cold / "warming").exists()
