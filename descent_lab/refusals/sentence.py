"""A sentence of a refusal."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """The kind of a fault, and what is said of it."""

    code: str
    text: str
