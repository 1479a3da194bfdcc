"""A scene: a named set-up with one sentence on what to watch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scene:
    """A set-up as plain JSON values, and what to watch in it."""

    key: str
    name: str
    watch: str
    setup: dict[str, Any]

    def describe(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"key": self.key, "name": self.name, "watch": self.watch, "setup": self.setup}
