"""JSON as the standard has it."""

from __future__ import annotations

import json
from typing import Any

import pytest


def strict(text: str) -> Any:
    """The values of a text; a NaN or an infinity, which JSON does not have, fails the test."""
    return json.loads(text, parse_constant=pytest.fail)
