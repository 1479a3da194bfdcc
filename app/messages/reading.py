"""From the text of a frame to a checked request, or a refusal that says what was expected and what came."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from descent_lab.refusals import Refusal, nearest

from .base import LARGEST_ID
from .requests import AnyRequest

_REQUESTS: TypeAdapter[AnyRequest] = TypeAdapter(Annotated[AnyRequest, Field(discriminator="type")])

FIELDS = {
    get_args(model.model_fields["type"].annotation)[0]: tuple(model.model_fields)
    for model in get_args(AnyRequest)
}
"""Type of a request -> names of its fields."""


def parse_json(text: str) -> Any:
    """The value of a JSON text. NaN and Infinity are let through here, and refused where a number is expected."""
    try:
        return json.loads(text)
    except RecursionError:
        raise Refusal("no JSON message", why="it is nested too deeply") from None
    except ValueError as error:
        raise Refusal("no JSON message", why=str(error)) from None


def id_of(data: Any) -> int | None:
    """The id of a request that may be wrong in every other way."""
    value = data.get("id") if isinstance(data, dict) else None
    return value if type(value) is int and 0 <= value <= LARGEST_ID else None


def read_request(data: Any) -> AnyRequest:
    """The request that plain JSON values describe."""
    if not isinstance(data, dict):
        raise Refusal("message", came=shown(data))
    try:
        return _REQUESTS.validate_python(data)
    except ValidationError as error:
        raise refusal_of(error.errors(include_url=False, include_context=False)[0], data) from None


def refusal_of(fault: Any, data: Any) -> Refusal:
    """One fault that pydantic found, as a refusal. fault: an entry of `ValidationError.errors()`."""
    kind: str = fault["type"]
    if kind.startswith("union_tag"):
        came = data.get("type")
        return Refusal(
            "message type",
            field="type",
            known=list(FIELDS),
            came="none" if came is None else shown(came),
            near=nearest(str(came)[:60], FIELDS),
        )
    tag, *path = fault["loc"]
    field = dotted(path)
    if kind == "missing":
        return Refusal("message needs", field=field, type=tag)
    if kind == "extra_forbidden" or not field:  # without a path: half a character was a key
        name = field[:60] or str(fault["input"])[:60]
        return Refusal(
            "message field",
            field=name,
            type=tag,
            key=name,
            known=list(FIELDS[tag]),
            near=nearest(name, FIELDS[tag]),
        )
    return value_refusal(field, fault)


def value_refusal(field: str, fault: Any) -> Refusal:
    """What pydantic expected of a field and what came. fault: as in `refusal_of`."""
    came = shown(fault["input"])
    if fault["type"] == "dict_type":
        return Refusal("object", field=field, came=came)
    return Refusal("value", field=field, expected=fault["msg"].removeprefix("Input "), came=came)


def dotted(path: Sequence[Any]) -> str:
    """A path of field names and indices, as one word."""
    return ".".join(str(part) for part in path)


def shown(value: Any) -> str:
    """A value for a message: as it was written, and short."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and abs(value) > 10**20:
        return "a larger one"
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, float) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
