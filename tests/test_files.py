"""No folder and no file is too large to be taken in."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FULLEST, LONGEST = 15, 300
"""Files of a folder, and lines of a file, at the most."""

TRACKED = [
    ROOT / name for name in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
]
FOLDERS = sorted({path.parent for path in TRACKED})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    assert sum(path.is_file() for path in folder.iterdir() if not path.name.startswith(".")) <= FULLEST


def test_a_file_is_read_in_one_sitting() -> None:
    code = [path for path in TRACKED if path.suffix in (".py", ".js", ".css", ".html") and path.exists()]
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in code}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST}


def test_the_formatter_has_pushed_no_comment_behind_a_bracket() -> None:
    """It wraps what a comment at the end of a line makes too long; the comment belongs over it."""
    behind = re.compile(r"^\s*[\])}]+,?\s+# (?!fmt|pyright|noqa|type)")
    assert not [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TRACKED
        if path.suffix == ".py" and path.exists()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if behind.match(line)
    ]
