"""Room that kernels give back is kept, also where the environment tells the C library to hand it back at once."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

COUNT = """
import resource
import numpy as np
from descent_lab.heap import keep_what_is_given_back
if {told}:
    keep_what_is_given_back()
for _ in range(3):
    np.ones(500_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    np.ones(500_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(told: bool) -> int:
    """Pages that are fetched for fifty pieces of 4 MB, where memory is handed back at once."""
    environment = os.environ | {"MALLOC_TRIM_THRESHOLD_": "65536"}
    done = subprocess.run(
        [sys.executable, "-c", COUNT.format(told=told)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="a C library that cannot be told")
def test_pages_are_fetched_once():
    assert faults(told=False) > 10_000
    assert faults(told=True) < 2_000
