"""A file of what has been found: one line of JSON for each task, written as it is done.

What is done is named by all that it depends on, so that any search may go on from any such file: it leaves out what it
finds there. Of a line its place alone is remembered: files grow long, and a search asks for each of its tasks once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.search.tasks import Outcome, Task

NAME = bytes.fromhex
"""Of the digits of a key, what is remembered."""


class Journal:
    """Outcomes by the keys of their tasks, in a file; without one nothing is remembered. The last line of a file that
    was being written when the power went is taken off."""

    def __init__(self, path: Path | None = None) -> None:
        self._places: dict[bytes, int] = {}  # where each line begins
        self._file: int | None = None
        if path is None:
            return
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            self._read(path)
        except OSError as error:
            raise Refusal("no file", field="resume", path=str(path), why=error.strerror) from None

    @property
    def count(self) -> int:
        """How many are in the file."""
        return len(self._places)

    def _read(self, path: Path) -> None:
        place = 0
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n"):
                    assert self._file is not None
                    os.ftruncate(self._file, place)
                    return
                try:
                    key, _ = _read_line(line)
                    self._places[NAME(key)] = place
                except (ValueError, KeyError, TypeError):
                    raise Refusal("no results", field="resume", path=str(path), line=number) from None
                place += len(line)

    def found(self, task: Task) -> Outcome | None:
        """What the task came to, if that is known."""
        place = self._places.get(NAME(task.key)) if self._places else None
        if place is None:
            return None
        assert self._file is not None
        line = b""
        while b"\n" not in line and (more := os.pread(self._file, 4_096, place + len(line))):
            line += more
        return _read_line(line.partition(b"\n")[0])[1]

    def add(self, task: Task, outcome: Outcome, **told: Any) -> None:
        """Keep it. told: what a reader of the file would like to know besides."""
        if self._file is not None:
            row: Mapping[str, Any] = {"key": task.key, **told, "outcome": outcome}
            line = (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n").encode()
            os.write(self._file, line)
            self._places[NAME(task.key)] = os.lseek(self._file, 0, os.SEEK_CUR) - len(line)

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _read_line(line: bytes) -> tuple[str, Outcome]:
    row = json.loads(line)
    return row["key"], dict(row["outcome"])
