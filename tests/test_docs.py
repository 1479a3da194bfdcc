"""The documents agree with the code: settings, pictures, and files that they name."""

import re
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import Settings
from descent_lab.limits import PREFIX
from docs.rooms import SVG, WAY, drawn
from pictures.scenes import PICTURES
from tests.test_rooms import PYTHON_ROOMS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]


def test_the_drawing_of_the_rooms_is_todays() -> None:
    assert SVG.read_text() == drawn(), "python -m docs.rooms draws it anew"
    assert set(WAY) <= PYTHON_ROOMS.keys()


def test_every_setting_is_listed_with_its_default_and_meaning() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", (ROOT / "docs" / "settings.md").read_text(), re.M))
    assert rows.keys() == {PREFIX + name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default, meaning = rows[PREFIX + name.upper()].split(" | ", 1)
        assert meaning == field.description
        shown = default.replace(",", "")
        assert shown in (
            str(field.default),
            f"{field.default:g}" if isinstance(field.default, float) else "",
            "none" if not field.default else "",
            str(field.default).lower(),
        )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text()):
        if not target.startswith(("http:", "https:")):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize(
    "document", [path for path in DOCUMENTS if path.name != "CHANGELOG.md"], ids=lambda path: path.name
)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    named = re.findall(
        r"`((?:descent_lab|app|static|templates|tests|docs|benchmarks|pictures)/[\w./-]+)`",
        document.read_text(),
    )
    for name in named:
        assert (ROOT / name.rstrip("/")).exists(), name


def test_every_picture_that_is_shown_is_taken_and_the_other_way_round() -> None:
    """`make pictures` takes them; the drawing of the rooms is not taken but drawn."""
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for target in re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", document.read_text())
    }
    folder = ROOT / "docs" / "pictures"
    taken = {folder / f"{picture.name}.webp" for picture in PICTURES}
    assert shown == taken | {SVG} == set(folder.iterdir())
    assert all(path.stat().st_size < 300_000 for path in taken)


def test_every_route_is_listed() -> None:
    """By its whole path, or without /api where it stands beside others."""
    listed = {
        path
        for told in re.findall(r"`(?:GET |POST )?(/[\w/{}]*)`", (ROOT / "docs" / "api.md").read_text())
        for path in (told, f"/api{told}")
    }
    assert create_app().openapi()["paths"].keys() <= listed
