"""What may be imported before there is work to do: a command line that keeps people waiting is not used."""

import subprocess
import sys
from pathlib import Path

import pytest

SERVER = ["fastapi", "starlette", "uvicorn", "jinja2", "app"]
SCIENCE = ["sklearn", "scipy.linalg", "scipy.optimize", "scipy.special", "scipy.stats"]

LISTING = "from descent_lab.cli.main import main; import sys; sys.argv[1:] = ['list', 'surfaces']"
RACING = "from descent_lab.cli.main import main; import sys; sys.argv[1:] = ['race', 'beale', '--steps', '5']"
RUN = "\ntry:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"

STARTS = {
    "the package": ("import descent_lab", [*SERVER, *SCIENCE, "numpy", "numba", "pydantic", "typer"]),
    "the list of surfaces": (LISTING + RUN, [*SERVER, *SCIENCE]),
    "a race": (
        RACING + RUN,
        [*SERVER, *SCIENCE, "descent_lab.setups.network_setup", "descent_lab.training.training"],
    ),
}


@pytest.mark.parametrize("what", STARTS)
def test_nothing_heavy_is_imported_that_is_not_used(what: str) -> None:
    code, unwanted = STARTS[what]
    tell = "\nimport sys; print(*sys.modules, sep=',', file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stderr.splitlines()[-1].split(","))
    assert not loaded & set(unwanted)


def test_a_list_that_was_made_before_is_read_from_disk() -> None:
    code = LISTING + RUN + "\nprint(*sys.modules, sep=',', file=sys.stderr)"
    _, run = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
        for _ in range(2)
    )
    assert "beale" in run.stdout
    loaded = set(run.stderr.splitlines()[-1].split(","))
    assert not loaded & {*SERVER, *SCIENCE, "numpy", "numba"}


# ---------------------------------------------------------------- the end, which is short too


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "descent_lab", *arguments]
    return subprocess.run(whole, capture_output=True, text=True, timeout=120)


def test_all_that_was_written_arrives() -> None:
    lines = command("race", "beale", "--steps", "5000", "--csv").stdout.splitlines()
    entrants = len({line.split(",")[1] for line in lines[1:]})
    assert len(lines) == 1 + 5001 * entrants


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    whole = [sys.executable, "-m", "descent_lab", "race", "beale"]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(whole, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    assert run.returncode == 1
    assert run.stderr == "descent-lab: No space left on device\n"
