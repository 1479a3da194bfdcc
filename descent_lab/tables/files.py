"""Texts that are too large for a message: kept by the hash of their content, where the store of this process is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from descent_lab.cache import CACHE
from descent_lab.refusals import Refusal
from descent_lab.tables.store import Store, store_of

FOLDER = CACHE / "files"
"""Where they lie, unless the environment names a store."""

WHOLE = 12_000
"""Bytes of UTF-8 up to which a text stands in a setup whole, and so in its link: an address carries no more."""

_NAME = re.compile("[0-9a-f]{64}")


def store(folder: Path | None = None) -> Store:
    """Where texts are kept: that folder, or as the environment says."""
    return store_of(folder or FOLDER)


def keep(text: str, folder: Path | None = None) -> str:
    """The name of a text, by which it is found again: SHA-256 of its UTF-8, in hexadecimal digits. `Refusal` where it
    cannot be kept: the store does not answer, or is full."""
    data = text.encode("utf-8", "surrogatepass")
    name = hashlib.sha256(data).hexdigest()
    store(folder).put(name, data)
    return name


def kept(name: str, folder: Path | None = None) -> str:
    """The text of that name. `Refusal` where it is not, or no longer, there, and where the store does not answer."""
    data = store(folder).get(name) if _NAME.fullmatch(name) else None
    if data is None:
        raise Refusal("file not here", field="file", name=name[:12])
    return data.decode("utf-8", "surrogatepass")
