"""From the text of a frame to a checked request, or a refusal that says what was expected and what came."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter, ValidationError

from descent_lab.refusals import Refusal, nearest, show

from .base import LARGEST_ID
from .requests import AnyRequest

_REQUESTS: TypeAdapter[AnyRequest] = TypeAdapter(Annotated[AnyRequest, Field(discriminator="type")])

FIELDS = {model.type_name(): tuple(model.model_fields) for model in get_args(AnyRequest)}
"""Type of a request -> names of its fields."""


def parse_json(text: str) -> Any:
    """The value of a JSON text. NaN and Infinity are let through here, and refused where a number is expected."""
    try:
        return json.loads(text)
    except RecursionError:
        raise Refusal("deep JSON message") from None
    except json.JSONDecodeError as error:
        raise Refusal("no JSON message", line=error.lineno, column=error.colno) from None
    except ValueError:
        raise Refusal("long number in JSON") from None


def id_of(data: Any) -> int | None:
    """The id of a request that may be wrong in every other way."""
    value = data.get("id") if isinstance(data, dict) else None
    return value if type(value) is int and 0 <= value <= LARGEST_ID else None


_ID = re.compile(r'"id"\s*:\s*([0-9]{1,16})(?![0-9.eE])')

LOOKED_AT = 2_000
"""Characters at either end of a text that cannot be read, in which its id is looked for."""


def id_in(text: str) -> int | None:
    """The id of a message that is no JSON, or too large to be read, as far as it can be found."""
    for part in (text[:LOOKED_AT], text[-LOOKED_AT:]):
        for found in _ID.finditer(part):
            if int(found[1]) <= LARGEST_ID:
                return int(found[1])
    return None


def read_request(data: Any) -> AnyRequest:
    """The request that plain JSON values describe."""
    if not isinstance(data, dict):
        raise Refusal("message", came=show(data))
    try:
        return _REQUESTS.validate_python(data)
    except ValidationError as error:
        raise refusal_of(error.errors(include_url=False)[0], data) from None


def refusal_of(fault: Any, data: Any) -> Refusal:
    """One fault that pydantic found, as a refusal. fault: an entry of `ValidationError.errors()`."""
    kind: str = fault["type"]
    if kind.startswith("union_tag"):
        came = data.get("type")
        if came is None:
            return Refusal("no message type", field="type", known=list(FIELDS))
        near = nearest(str(came)[:60], FIELDS)
        return Refusal("message type", field="type", known=list(FIELDS), came=show(came), near=near)
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
    came, context = fault["input"], fault.get("ctx", {})
    shown = show(came)
    match fault["type"]:
        case "dict_type" | "model_type" | "model_attributes_type":
            return Refusal("object", field=field, came=shown)
        case "int_type" | "int_from_float" | "int_parsing" | "int_parsing_size":
            return Refusal("any whole", field=field, came=shown)
        case "float_type" | "float_parsing" | "finite_number":
            return Refusal("any number", field=field, came=shown)
        case "bool_type" | "bool_parsing":
            return Refusal("yes or no", field=field, came=shown)
        case "string_type" | "string_unicode":
            return Refusal("any text", field=field, came=shown)
        case "list_type" | "tuple_type":
            return Refusal("any list", field=field, came=shown)
        case "literal_error":
            known = re.findall(r"'([^']*)'", context["expected"])
            return Refusal("choice", field=field, known=known, came=shown)
        case "greater_than_equal":
            return Refusal("at least", field=field, least=context["ge"], came=shown)
        case "less_than_equal":
            return Refusal("up to", field=field, most=context["le"], came=shown)
        case "too_short":
            return Refusal("so many", field=field, least=context["min_length"], count=len(came))
        case "too_long":
            return Refusal("so many at most", field=field, most=context["max_length"], count=len(came))
        case _:
            return Refusal("value", field=field, came=shown)


def dotted(path: Sequence[Any]) -> str:
    """A path of field names and indices, as one word."""
    return ".".join(str(part) for part in path)
