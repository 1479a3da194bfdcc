"""A file of what has been found: one line of JSON for each task, written as it is done.

What is done is named by all that it depends on, so that any search may go on from any such file: it leaves out what it
finds there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from descent_lab.refusals import Refusal
from descent_lab.search.tasks import Outcome, Task


class Journal:
    """Outcomes by the keys of their tasks; with a path, those of the file too. The last line of one that was being
    written when the power went is taken off."""

    def __init__(self, path: Path | None = None) -> None:
        self.found: dict[str, Outcome] = {}
        self._file: int | None = None
        if path is None:
            return
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            self._read(path)
        except OSError as error:
            raise Refusal("no file", field="resume", path=str(path), why=error.strerror) from None

    def _read(self, path: Path) -> None:
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        for number, line in enumerate(data[:whole].splitlines(), 1):
            try:
                row = json.loads(line)
                self.found[row["key"]] = dict(row["outcome"])
            except (ValueError, KeyError, TypeError):
                raise Refusal("no results", field="resume", path=str(path), line=number) from None
        if whole < len(data):
            assert self._file is not None
            os.ftruncate(self._file, whole)

    def add(self, task: Task, outcome: Outcome, **told: Any) -> None:
        """Keep it. told: what a reader of the file would like to know besides."""
        self.found[task.key] = outcome
        if self._file is not None:
            row: Mapping[str, Any] = {"key": task.key, **told, "outcome": outcome}
            os.write(self._file, (json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n").encode())

    def close(self) -> None:
        """Nothing more is written."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
