"""What setups hold, in short: one schema for each family, whose members differ in where the problem comes from.

The API's description has a model for each source and each optimizer. A person who reads, and a page's types, want one
table: all sources in it, and an entrant as what all entrants share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.messages.base import PART
from descent_lab.setups.entrants import Entrant
from descent_lab.setups.fields import Run
from descent_lab.setups.models import AnyRace, AnyRegression, AnyTraining
from descent_lab.setups.network_setup import NetworkSetup
from descent_lab.setups.race_setup import RaceSetup
from descent_lab.setups.regression_setup import RegressionSetup

Schema = dict[str, Any]

FAMILIES: dict[type[Run], Any] = {
    RaceSetup: AnyRace,
    RegressionSetup: AnyRegression,
    NetworkSetup: AnyTraining,
}


def reference(name: str) -> Schema:
    """A reference to another schema."""
    return {"$ref": f"#/$defs/{name}"}


def referred(schema: Any) -> Any:
    """The schema, with references where it names the family of a setup."""
    if isinstance(schema, list):
        return [referred(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if PART in schema:
        return {key: value for key, value in schema.items() if key != PART} | reference(schema[PART])
    return {key: referred(each) for key, each in schema.items()}


def setups() -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Families of setups, and what they are made of: schemas by name."""
    models: list[type[BaseModel]] = [
        *(each for union in FAMILIES.values() for each in get_args(union)),
        Entrant,
    ]
    _, whole = models_json_schema([(model, "validation") for model in models])
    parts: dict[str, Schema] = whole["$defs"]
    parts["Knobs"]["additionalProperties"] = {"type": "number"}
    parts["Schedule"]["additionalProperties"] = {"type": ["string", "number"]}
    families = {
        family.__name__: _merged(family, [parts[member.__name__] for member in get_args(union)])
        for family, union in FAMILIES.items()
    }
    used = dict.fromkeys(name for family in families.values() for name in _reached(family, parts))
    return families, {name: parts[name] for name in used}


def _merged(family: type[Run], members: list[Schema]) -> Schema:
    """One schema for all sources: first the sources, of which one is there, then what all share."""
    shared = {name for member in members for name in member["properties"]} & set(family.model_fields)
    fields: dict[str, Schema] = {}
    for member in members:
        for name, field in member["properties"].items():
            if name not in shared and field.get("type") != "null" and name not in fields:
                fields[name] = field
    for name in family.model_fields:
        fields[name] = dict(members[0]["properties"][name])
    fields["entrants"]["items"] = reference(Entrant.__name__)
    return {
        "type": "object",
        "description": " ".join((family.__doc__ or "").split()),
        "properties": fields,
        "required": ["entrants"],
        "additionalProperties": False,
    }


def _reached(schema: Any, parts: dict[str, Schema]) -> Iterator[str]:
    """Names of the schemas that one is made of, in the order of reading."""
    if isinstance(schema, list):
        for each in schema:
            yield from _reached(each, parts)
    elif isinstance(schema, dict):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            yield name
            yield from _reached(parts[name], parts)
        yield from _reached(list(schema.values()), parts)
