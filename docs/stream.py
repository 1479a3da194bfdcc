"""Writes the setups and messages of docs/stream.md: their sentences, fields and arrays, as the models tell them.

    python -m docs.stream

What opens a section, what stands before the first and after the last, and the examples, are written by hand and kept.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from pydantic.json_schema import models_json_schema

from app.messages.base import Message, ServerMessage
from app.messages.events import AnyEvent
from app.messages.requests import AnyRequest
from descent_lab.checks import LARGEST
from docs.models.setups import referred, setups

FILE = Path(__file__).with_name("stream.md")
SIDES: dict[str, Any] = {"Client to server": AnyRequest, "Server to client": AnyEvent}
SETUP = "Setup"
PARTS = "Parts of setups and messages"
MANY = 12
"""Names that are more than these are not listed; they are those of a catalogue."""
SHARED = {"type", "id"}
"""Fields that every message has, of which the document speaks once."""

Schema = Mapping[str, Any]


def words(schema: Schema) -> str:
    """What a value must be, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        kinds = [words(kind) for kind in schema["anyOf"]]
        return " or ".join(dict.fromkeys(kinds))
    if "oneOf" in schema:
        return words({"anyOf": schema["oneOf"]})
    if len(schema.get("enum", ())) > MANY:
        return "key"
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    if "enum" in schema:
        return " or ".join(f'`"{value}"`' for value in schema["enum"])
    if "prefixItems" in schema:
        return f"[{', '.join(words(item) for item in schema['prefixItems'])}]"
    kind = schema.get("type")
    if kind == "array":
        first, count = words(schema["items"]), schema.get("minItems", 0)
        return (
            f"[{', '.join([first] * count)}]" if count == schema.get("maxItems") else f"list of {many(first)}"
        )
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of name and {words(schema['additionalProperties'])}"
    return PLAIN[str(kind)] + limits(schema)


PLAIN = {
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}


def limits(schema: Schema) -> str:
    """From where to where a number may go, if anybody would come near."""
    low, high = schema.get("minimum", -LARGEST), schema.get("maximum", LARGEST)
    if schema.get("type") == "integer":
        return f" {low} to {high}" if high < 10**6 and high > low else ""
    return f" {low:g} to {high:g}".replace("e+", "e") if low > -LARGEST and high < LARGEST else ""


def many(kind: str) -> str:
    """A kind of value, in the plural."""
    if " or " in kind:
        return f"({kind})"
    first, rest = re.match(r"(list|whole number|number)?(.*)", kind, re.DOTALL).groups()  # pyright: ignore
    return f"{first}s{rest}" if first else kind


def table(heading: str, rows: list[tuple[str, ...]]) -> str:
    """A table; nothing without rows."""
    if not rows:
        return ""
    columns = heading.split(", ")
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n\n"


def fields(schema: Schema) -> str:
    """The fields of a message, but those that all have."""
    needed, rows = set(schema.get("required", ())), list[tuple[str, ...]]()
    for name, field in schema.get("properties", {}).items():
        if name in SHARED:
            continue
        meaning = field["description"]
        default = field.get("default")
        if name not in needed and default is not None:
            meaning += f" Else `{json.dumps(default)}`."
        rows.append((f"`{name}`", words(field), meaning))
    return table("field, holds, meaning", rows)


def arrays(model: type[Message]) -> str:
    """The arrays that come with a message."""
    if not issubclass(model, ServerMessage):
        return ""
    rows = [
        (
            f"`{name}`",
            array.dtypes.replace(" ", " or "),
            " or ".join(f"[{', '.join(axes)}]" for axes in array.shapes),
            array.description,
            array.when or "always",
        )
        for name, array in model.arrays.items()
    ]
    return table("array, numbers, shape, holds, there", rows)


def prose(text: str) -> str:
    """A docstring, in lines of the document's length."""
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    filled = (textwrap.fill(part, 120, break_long_words=False, break_on_hyphens=False) for part in paragraphs)
    return "\n\n".join(filled) + "\n\n"


def examples(text: str) -> dict[str, str]:
    """The example of each message of one side, as it stands in the document."""
    found = re.findall(r"^### (\w+)\n(?:(?!^### ).)*?^```json\n(.*?)\n```", text, re.MULTILINE | re.DOTALL)
    return dict(found)


def messages(union: Any, text: str, schemas: Mapping[Any, Schema]) -> Iterator[str]:
    """The section of each message. text: the part of the document that holds them now."""
    kept = examples(text)
    for model in get_args(union):
        name = model.type_name()
        example = f"```json\n{kept[name]}\n```\n\n" if name in kept else ""
        schema = schemas[model]
        yield f"### {name}\n\n{prose(schema['description'])}{fields(schema)}{arrays(model)}{example}"


def described(name: str, schema: Schema) -> str:
    """The section of a setup, or of a part."""
    return f"### {name}\n\n{prose(schema['description'])}{fields(schema)}"


def rendered(text: str) -> str:
    """The document with its messages as the models tell them."""
    models = [*chain(*(get_args(union) for union in SIDES.values()))]
    found, whole = models_json_schema([(model, "serialization") for model in models])
    families, pieces = setups()
    parts: dict[str, Schema] = pieces | referred(whole["$defs"])
    schemas = {
        model: parts.pop(str(schema["$ref"]).rsplit("/", 1)[-1]) for (model, _), schema in found.items()
    }
    head, *rest = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    done = [head]
    for section in rest:
        title = section.split("\n", 1)[0].removeprefix("## ")
        opening = section.split("\n### ", 1)[0].rstrip() + "\n\n"
        if title in SIDES:
            section = opening + "".join(messages(SIDES[title], section, schemas))
        elif title == SETUP:
            section = opening + "".join(described(name, schema) for name, schema in families.items())
        elif title == PARTS:
            section = opening + "".join(described(name, schema) for name, schema in sorted(parts.items()))
        done.append(section)
    return "".join(done)


if __name__ == "__main__":
    FILE.write_text(rendered(FILE.read_text()))
