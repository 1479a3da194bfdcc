"""The commands that README and docs show work as they stand there."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(?:sh)?\n(.*?)^```", re.M | re.S)
LASTING = ("serve", "warm")
"""These are run by tests of their own: tests/test_packaging.py, tests/test_warm.py."""

POINTS = "x,y\n" + "".join(f"{k / 10},{(k / 10) ** 2 + k % 3 / 10}\n" for k in range(40))
SAMPLES = "a,b,class\n" + "".join(f"{k % 7},{k % 5},{'up' if k % 7 > k % 5 else 'down'}\n" for k in range(90))
HOUSES = "size;rooms;district;price\n" + "".join(
    f"{40 + 3 * k},5;{1 + k % 5 if k % 9 else ''};{'North' if k % 3 else 'South'};{1_000 + 37 * k},25\n"
    for k in range(60)
)


def shown(document: str) -> list[list[str]]:
    """The words behind `descent-lab` of every line of a document's blocks of commands."""
    blocks = "".join(BLOCK.findall((ROOT / document).read_text()))
    lines = [shlex.split(line, comments=True) for line in blocks.splitlines() if "descent-lab " in line]
    return [line[1:] for line in lines if line[0].endswith("descent-lab")]


COMMANDS = [words for words in shown("docs/command-line.md") if words[0] not in LASTING]


def test_there_are_commands_of_every_kind() -> None:
    assert {words[0] for words in COMMANDS} == {
        *("list", "race", "tune", "regress", "train", "search", "look", "link")
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_that_is_shown_works(
    words: list[str],
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "points.csv").write_text(POINTS)
    (tmp_path / "samples.csv").write_text(SAMPLES)
    (tmp_path / "houses.csv").write_bytes(HOUSES.encode("utf-16"))
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*words)
    assert status == 0, err
    assert out
