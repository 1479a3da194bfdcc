"""Refusal: the one exception for bad input, whoever sends it and whoever notices."""

from __future__ import annotations

from typing import Any


class Refusal(ValueError):
    """Input that cannot be accepted.

    message: a plain sentence that says what was expected and what came. code: a short word for programs.
    field: path of the offending value, if one can be named. position: [start, end) in a typed formula,
    counted in characters.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "invalid",
        field: str | None = None,
        position: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field
        self.position = position

    def describe(self) -> dict[str, Any]:
        """The refusal as plain JSON values."""
        position = None if self.position is None else list(self.position)
        return {"code": self.code, "message": self.message, "field": self.field, "position": position}
