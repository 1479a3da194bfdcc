"""What one request may ask for on this server."""

from __future__ import annotations

from app.engine.refusals import Refusal
from app.engine.setup_reading import Limits
from app.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """What one race may ask for on this server."""
    return Limits(
        settings.max_steps,
        settings.max_entrants,
        settings.max_points,
        settings.max_changes,
        settings.max_rows,
        settings.max_work,
        settings.max_training,
    )


def within(value: int, low: int, high: int, field: str) -> int:
    """The value, if it is from `low` to `high`."""
    if not low <= value <= high:
        raise Refusal(f"{field} must be from {low} to {high}; got {value}.", code="limit", field=field)
    return value
