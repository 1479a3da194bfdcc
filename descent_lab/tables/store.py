"""The store of texts that are too large for a setup: each lies under the hash of its content, and writing it twice is
harmless. One machine keeps them in a folder, which all its processes share; several share a Redis or a Valkey."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, Field, PositiveFloat, PositiveInt

from descent_lab.limits import PREFIX, from_environment
from descent_lab.refusals import Refusal
from descent_lab.tables.folder_store import FolderStore

SCHEMES = ("redis://", "rediss://", "unix://")
"""How the address of a store begins that is no folder."""


class Store(Protocol):
    """Keeps bytes by names that say what they are. What cannot be done is a `Refusal`."""

    def put(self, name: str, data: bytes) -> None:
        """Keep it, for as long as the settings say after its last use, and let go of the oldest where there is too
        much."""
        ...

    def get(self, name: str) -> bytes | None:
        """What is kept by that name, which is used so; None where nothing is, or no longer."""
        ...

    def reach(self) -> None:
        """A `Refusal` where it does not answer."""
        ...


class Keeping(BaseModel):
    """Where, for how long, and how much is kept of what people bring."""

    store: str | None = Field(
        default=None,
        description="Where files are kept that are brought, for several machines: a Redis or a Valkey by its address, "
        "such as `redis://valkey:6379/0`. Else the cache folder, which all processes of one machine share.",
    )
    store_seconds: PositiveFloat = Field(
        default=86_400.0, description="Seconds after its last use that a file is kept."
    )
    store_bytes: PositiveInt = Field(
        default=2_000_000_000,
        description="Size of all files together that are kept; those that were used last stay.",
    )


def store_of(folder: Path) -> Store:
    """The store of this process, as the environment says: that folder, where it names no other."""
    # Read each time, for a command line is short and a test has an environment of its own.
    named = tuple(os.environ.get(PREFIX + name.upper()) for name in Keeping.model_fields)
    return _store(named, folder)


@cache
def _store(_named: tuple[str | None, ...], folder: Path) -> Store:
    keeping = from_environment(Keeping)
    if keeping.store is None:
        return FolderStore(folder, keeping.store_seconds, keeping.store_bytes)
    if not keeping.store.startswith(SCHEMES):
        raise Refusal("store address", field="store", known=[*SCHEMES])
    from descent_lab.tables.redis_store import RedisStore

    return RedisStore(keeping.store, keeping.store_seconds, keeping.store_bytes)
