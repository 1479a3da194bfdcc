"""What is kept on disk is what would be made, and never stands in the way of making it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from descent_lab import cache, listings
from descent_lab.cli.listing import LISTS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "CACHE", tmp_path)
    return tmp_path


def test_a_value_is_made_once() -> None:
    assert cache.cached("a", lambda: [1, "°"]) == [1, "°"]
    assert cache.cached("a", lambda: pytest.fail("made again")) == [1, "°"]
    assert cache.cached("b", lambda: 2) == 2


def test_another_version_of_the_code_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.cached("a", lambda: 1)
    monkeypatch.setattr(cache, "fingerprint", lambda: "another")
    assert cache.cached("a", lambda: 2) == 2


def test_what_depends_on_more_is_made_anew_where_that_is_another() -> None:
    assert cache.cached("a", lambda: 1, "narrow") == 1
    assert cache.cached("a", lambda: 2, "wide") == 2
    assert cache.cached("a", lambda: pytest.fail("made again"), "wide") == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"of": null}', "\x00"])
def test_what_cannot_be_read_is_made_anew(folder: Path, text: str) -> None:
    (folder / "a.json").write_text(text)
    assert cache.cached("a", lambda: 3) == 3
    assert cache.cached("a", lambda: 4) == 3


def test_where_nothing_can_be_kept_nothing_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "CACHE", folder / "not there")
    assert cache.cached("a", lambda: 5) == 5


def test_a_change_of_the_package_changes_the_fingerprint(tmp_path: Path) -> None:
    fingerprint = cache.fingerprint.__wrapped__
    before = fingerprint(tmp_path)
    assert before == fingerprint(tmp_path)
    (tmp_path / "more.py").write_text("1")
    assert before != fingerprint(tmp_path)


@pytest.mark.parametrize("name", LISTS.values())
def test_every_listing_comes_back_as_it_was_made(name: str) -> None:
    made = getattr(listings, name)()
    cache.cached(name, lambda: made)
    back = cache.cached(name, lambda: pytest.fail("made again"))
    assert _plain(back) == _plain(made)


def _plain(value: object) -> object:
    """With lists for tuples, which JSON does not tell apart."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    return value


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such locks there")
def test_one_process_at_a_time_is_in_there(tmp_path: Path) -> None:
    path = tmp_path / "kernel.py"
    with cache.alone(path), pytest.raises(BlockingIOError):
        cache.hold(path, wait=False)
    held = cache.hold(path, wait=False)
    assert held is not None
    os.close(held)


def test_where_nothing_can_be_locked_nobody_waits(tmp_path: Path) -> None:
    with cache.alone(tmp_path / "no folder" / "kernel.py"):
        pass
