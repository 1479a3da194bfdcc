"""Requests made from the description of the API: nothing of its own words is refused for its shape."""

from __future__ import annotations

from typing import Any

import hypothesis
import schemathesis
from schemathesis.checks import CheckContext

from app.main import create_app
from app.settings import Settings

OF_SHAPE = {
    "number",
    "whole",
    "switch",
    "text",
    "short text",
    "object",
    "list",
    "sample",
    "colour",
    "one of",
    "value",
    "unknown key",
    "unknown knob",
    "knob",
    "whole knob",
    "missing",
    "no optimizer",
    "no entrant",
    "several sources",
    "no source",
    "no surface",
}
"""Reasons that a schema knows. What only the whole can report (limits, a link's words, an index) it cannot."""

SMALL = {"max_steps": 300, "max_work": 2_000_000, "max_training": 2_000_000, "max_search": 20_000_000}
"""Limits within which nothing takes long."""

app = create_app(Settings.model_validate(SMALL))
schema: Any = schemathesis.openapi.from_asgi("/openapi.json", app).exclude(path="/readyz")
"""Without the one route that says 503 when all is well: while kernels are being compiled (see `test_ending`)."""

schema.config.phases.coverage.enabled = False


@schemathesis.check
def refused_for_more_than_its_shape(_context: CheckContext, response: Any, case: Any) -> bool | None:
    """What the schema allows is refused, if it is, for what no schema can tell."""
    if response.status_code == 422 and case.meta is not None and case.meta.generation.mode.is_positive:
        error = response.json()
        # A server may take fewer steps than the schema knows of, a set may have fewer samples, and a run may be over
        # before the step at which something is to change.
        field = error["field"] or ""
        of_its_own = field in ("steps", "samples") or (field.startswith("changes.") and field.endswith(".at"))
        assert of_its_own or error["reason"] not in OF_SHAPE, error["detail"]
    return None


@schema.parametrize()
@hypothesis.settings(max_examples=8, deadline=None, derandomize=True, database=None)
def test_what_the_description_allows_is_answered_and_what_it_does_not_is_refused(case: Any) -> None:
    case.call_and_validate()
