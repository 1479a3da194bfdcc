"""The examples of docs/library.md run as they stand there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = re.findall(
    r"^## (.*?)$.*?^```python\n(.*?)^```", (ROOT / "docs/library.md").read_text(), re.M | re.S
)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize("example", [code for _, code in EXAMPLES], ids=[title for title, _ in EXAMPLES])
def test_an_example_runs(example: str) -> None:
    exec(compile(example, "docs/library.md", "exec"), {})
