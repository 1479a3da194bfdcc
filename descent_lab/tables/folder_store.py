"""A folder as a store: a file for each text, whose time stamp is that of its last use."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from pathlib import Path

from descent_lab.refusals import Refusal


class FolderStore:
    """seconds: how long after its last use a file stays; most: bytes of all together."""

    def __init__(self, path: Path, seconds: float, most: int) -> None:
        self.path = path
        self.seconds = seconds
        self.most = most

    def put(self, name: str, data: bytes) -> None:
        """Keep it. `Refusal` where that cannot be: the disk is full, or not ours to write on."""
        try:
            self._open()
            self._make_room(len(data))
            with tempfile.NamedTemporaryFile(dir=self.path, delete=False) as file:
                file.write(data)
            Path(file.name).replace(self.path / name)  # at once: nobody reads half of it
        except OSError as error:
            raise Refusal("file not kept", field="file", why=error.strerror or "") from None

    def get(self, name: str) -> bytes | None:
        """What is kept by that name; None where nothing is."""
        try:
            os.utime(self.path / name)
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def reach(self) -> None:
        """`Refusal` where nothing can be kept in it."""
        try:
            self._open()
        except OSError as error:
            raise Refusal("file not kept", field="file", why=error.strerror or "") from None
        if not os.access(self.path, os.W_OK):
            raise Refusal("file not kept", field="file", why=os.strerror(errno.EACCES))

    def _open(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _make_room(self, more: int) -> None:
        """Removes what nobody has used for long, and the oldest of the rest where all together are too large."""
        found: list[tuple[float, int, Path]] = []
        for path in self.path.iterdir():
            try:
                known = path.stat()
            except OSError:  # another process has removed it
                continue
            found.append((known.st_mtime, known.st_size, path))
        found.sort(reverse=True)
        total, oldest = more, time.time() - self.seconds
        for used, size, path in found:
            total += size
            if used < oldest or total > self.most:
                path.unlink(missing_ok=True)
