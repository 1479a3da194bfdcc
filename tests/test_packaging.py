"""The wheel carries everything, and the Dockerfile's steps work, as far as a machine without Docker can show."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from descent_lab import __version__

ROOT = Path(__file__).resolve().parents[1]
STRAIGHT = build_opener(ProxyHandler({}))
CARRIED = ("descent_lab", "app", "static", "templates", "pyproject.toml", "README.md")


def dockerfile() -> dict[str, list[str]]:
    """Instruction -> its arguments, line by line, with continued lines joined."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    steps: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"([A-Z]+)\s+(.*)", line):
            steps.setdefault(match[1], []).append(match[2])
    return steps


def python_of(line: str) -> list[str]:
    """The words after `python` of a step such as `RUN /opt/build/bin/python -m hatchling build ...`."""
    words = shlex.split(line)
    assert words[0].endswith("/python")
    return words[1:]


def run(*command: str | Path, **options: Any) -> None:
    """Run a step; when it fails, show what it said."""
    step = subprocess.run(command, check=False, capture_output=True, text=True, **options)
    assert step.returncode == 0, step.stdout + step.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as the Dockerfile builds it, from a copy of what it copies."""
    source = tmp_path_factory.mktemp("source")
    for name in CARRIED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source / name)
    dist = tmp_path_factory.mktemp("dist")
    build = next(step for step in dockerfile()["RUN"] if "hatchling build" in step)
    words = [str(dist) if word == "/dist" else word for word in python_of(build)]
    run(sys.executable, *words, cwd=source)
    (wheel,) = dist.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a clean environment that holds the wheel; it borrows the libraries of this one."""
    home = tmp_path_factory.mktemp("clean") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    install = next(step for step in dockerfile()["RUN"] if "--no-deps" in step)
    words = [str(wheel) if word.endswith(".whl") else word for word in python_of(install)]
    run(sys.executable, *words[:2], "--python", home / "bin" / "python", *words[2:])
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def test_the_wheel_carries_pages_modules_and_data(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for name in ("app", "static", "templates"):
        files = [
            path
            for path in (ROOT / name).rglob("*")
            if path.is_file() and not path.name.startswith(".") and path.suffix != ".pyc"
        ]
        assert files
        assert {f"descent_lab/{path.relative_to(ROOT).as_posix()}" for path in files} <= inside
    data = [path for path in (ROOT / "descent_lab").rglob("*") if path.suffix in (".json", ".npz", ".md")]
    assert {"mnist.npz", "MNIST-LICENSE.md"} <= {path.name for path in data}
    assert {path.relative_to(ROOT).as_posix() for path in data} <= inside
    assert not [name for name in inside if "__pycache__" in name]
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"descent_lab"}


def test_the_dockerfile_copies_what_the_wheel_is_made_of() -> None:
    copied = {word for line in dockerfile()["COPY"] if "--from" not in line for word in line.split()[:-1]}
    assert set(CARRIED) <= copied
    assert all((ROOT / name).exists() for name in copied)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert copied <= allowed


def test_the_image_is_slim_and_runs_as_nobody_special() -> None:
    steps = dockerfile()
    assert all("slim" in base for base in steps["FROM"])
    assert steps["USER"][-1] not in ("root", "0")
    assert "/healthz" in steps["HEALTHCHECK"][0]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has nothing to do with the tree."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def environment(installed: Path) -> dict[str, str]:
    """The image's environment: the clean commands first, and nothing that points back at the tree."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return kept | {"PATH": f"{installed}:{kept['PATH']}", "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="module")
def address(installed: Path, elsewhere: Path, environment: dict[str, str]) -> Iterator[str]:
    """A server started by the words of ENTRYPOINT, on a free port of this machine."""
    words: list[str] = json.loads(dockerfile()["ENTRYPOINT"][0])
    words[words.index("--port") + 1] = "0"
    words[words.index("--host") + 1] = "127.0.0.1"
    command = [str(installed / words[0]), *words[1:]]
    log = elsewhere / "log.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=elsewhere, env=environment, stdout=output, stderr=output)
    try:
        end = time.monotonic() + 60
        while not (found := re.search(r"is at (http://\S+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def test_the_kernels_are_compiled_by_the_words_of_the_dockerfile(
    installed: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    words = shlex.split(next(step for step in dockerfile()["RUN"] if step.startswith("descent-lab ")))
    run(installed / words[0], *words[1:], cwd=elsewhere, env=environment)


def test_an_installed_wheel_answers_from_another_folder(address: str) -> None:
    health = json.load(STRAIGHT.open(f"{address}/healthz"))
    assert health == {"status": "ok", "version": __version__}
    page = STRAIGHT.open(f"{address}/").read().decode()
    assert 'id="catalog"' in page
    scripts = re.findall(r'src="(/static/[^"]+)"', page)
    assert any("plotly" in script for script in scripts)
    assert all(STRAIGHT.open(f"{address}{script}").status == 200 for script in scripts)


def test_the_healthcheck_of_the_image_passes_and_fails(address: str, environment: dict[str, str]) -> None:
    words = json.loads(dockerfile()["HEALTHCHECK"][0].split("CMD ", 1)[1])
    here = [word.replace("http://127.0.0.1:8000", address) for word in words]
    assert subprocess.run(here, env=environment, check=False).returncode == 0
    nobody = [word.replace("http://127.0.0.1:8000", "http://127.0.0.1:1") for word in words]
    assert subprocess.run(nobody, env=environment, check=False, capture_output=True).returncode != 0


def test_a_missing_page_is_told_in_the_look_of_the_site(address: str) -> None:
    with pytest.raises(HTTPError) as missing:
        STRAIGHT.open(Request(f"{address}/nothing", headers={"Accept": "text/html"}))
    assert missing.value.code == 404
    assert "Descent Lab" in missing.value.read().decode()


def test_a_taken_port_is_one_clear_line(address: str, installed: Path, environment: dict[str, str]) -> None:
    port = address.rsplit(":", 1)[1]
    command = [str(installed / "descent-lab"), "serve", "--port", port]
    answer = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 is taken" in answer.stderr


@pytest.mark.parametrize("arguments", [["serve", "--port", "70000"], ["nonsense"], ["serve", "--nonsense"]])
def test_a_wrong_command_line_is_one_line_and_status_two(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "app", *arguments]
    answer = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 2
    assert answer.stderr.startswith("descent-lab: ")
    assert answer.stderr.count("\n") == 1


# ---------------------------------------------------------------- locks


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock", "requirements-build.lock"])
def test_a_lock_has_hashes_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host|@ ", text)
    packages = re.split(r"\n(?=[a-z])", text)[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


def test_the_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[\[<>=;~! ]", requirement)[0] for requirement in requirements}

    def locked(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(), re.M))

    run, build = locked("requirements.lock"), locked("requirements-build.lock")
    test = locked("requirements-test.lock")
    assert names(project["project"]["dependencies"]) <= run
    assert names(project["dependency-groups"]["build"]) <= build
    ours = {"descent-lab"}  # whose other extras the tests need, too
    assert (
        names(extras["test"]) | names(extras["cluster"]) | names(extras["parquet"])
        <= run | build | test | ours
    )
    assert not test & (run | build), "they are installed at the same time"
    assert names(project["build-system"]["requires"]) == names(project["dependency-groups"]["build"])
