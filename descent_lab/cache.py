"""What is kept on disk between runs, and where: things that take long to make and come out the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import site
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any


def cache_folder() -> Path:
    """Where things are kept: `DESCENT_LAB_CACHE`, else the user's cache folder, else a temporary one."""
    candidates = [os.environ.get("DESCENT_LAB_CACHE"), os.environ.get("XDG_CACHE_HOME"), "~/.cache"]
    for index, candidate in enumerate(candidates):
        if not candidate:
            continue
        folder = Path(candidate).expanduser()
        folder = folder if index == 0 else folder / "descent-lab"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="descent-lab-"))


CACHE = cache_folder()


def cached(name: str, make: Callable[[], Any], of: str = "") -> Any:
    """The JSON values that `make` gives: from disk, where the same code has kept them there under that name.

    What cannot be read is made anew, and where nothing can be written nothing is kept. of: what else they depend on.
    """
    path = CACHE / f"{name}.json"
    of = hashlib.sha256(f"{fingerprint()} {of}".encode()).hexdigest()  # it may be a secret
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["of"] == of:
            return found["value"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    value = make()
    try:
        with tempfile.NamedTemporaryFile("w", dir=CACHE, delete=False, encoding="utf-8") as file:
            json.dump({"of": of, "value": value}, file, ensure_ascii=False)
        Path(file.name).replace(path)  # at once: another process reads the old or the new, never half of one
    except OSError:
        pass
    return value


def hold(path: Path, wait: bool = True) -> int | None:
    """A lock on a file, made where there is none: other processes that ask for it wait until it is closed, or end.

    wait: whether to wait for another who holds it, else `OSError`. None where files have no locks: nobody waits there.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    held = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(held)
        raise
    return held


@contextmanager
def alone(path: Path) -> Generator[None]:
    """One process at a time is in here for that file; where it can be neither written nor locked, all are."""
    try:
        held = hold(path)
    except OSError:
        held = None
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


@cache
def fingerprint(package: Path = Path(__file__).parent) -> str:
    """Another one whenever a file of the package changes, or what is installed beside it."""
    files = sorted(path for path in package.rglob("*") if path.suffix in (".py", ".json"))
    sources = [*files, *(Path(folder) for folder in site.getsitepackages())]
    seen = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sources if path.exists()]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
