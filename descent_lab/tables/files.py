"""Texts that are too large for a message: kept by the hash of their content, for all processes of a machine."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from pathlib import Path

from descent_lab.cache import CACHE
from descent_lab.refusals import Refusal

FOLDER = CACHE / "files"

LONGEST_VISIT = 24 * 3600.0
"""Seconds after its last use that a file is kept."""

MOST_BYTES = 2_000_000_000
"""Of all files together; those that were used last stay."""

WHOLE = 12_000
"""Bytes of UTF-8 up to which a text stands in a setup whole, and so in its link: an address carries no more."""

_NAME = re.compile("[0-9a-f]{64}")


def keep(text: str, folder: Path | None = None) -> str:
    """The name of a text, by which it is found again: SHA-256 of its UTF-8, in hexadecimal digits. `Refusal` where it
    cannot be kept: the disk is full, or not ours to write on."""
    folder = folder or FOLDER
    data = text.encode("utf-8", "surrogatepass")
    name = hashlib.sha256(data).hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_room(folder, len(data))
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(data)
        Path(file.name).replace(folder / name)  # at once: nobody reads half of it
    except OSError as error:
        raise Refusal("file not kept", field="file", why=error.strerror or "", most=WHOLE) from None
    return name


def kept(name: str, folder: Path | None = None) -> str:
    """The text of that name. `Refusal` where it is not, or no longer, here."""
    path = (folder or FOLDER) / name
    try:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError
        os.utime(path)
        return path.read_bytes().decode("utf-8", "surrogatepass")
    except OSError:
        raise Refusal("file not here", field="file", name=name[:12]) from None


def _make_room(folder: Path, more: int) -> None:
    """Removes what nobody has used for long, and the oldest of the rest where all together are too large."""
    found: list[tuple[float, int, Path]] = []
    for path in folder.iterdir():
        try:
            known = path.stat()
        except OSError:  # another process has removed it
            continue
        found.append((known.st_mtime, known.st_size, path))
    found.sort(reverse=True)
    total, oldest = more, time.time() - LONGEST_VISIT
    for used, size, path in found:
        total += size
        if used < oldest or total > MOST_BYTES:
            path.unlink(missing_ok=True)
