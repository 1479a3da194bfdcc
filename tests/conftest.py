"""Fixtures of all tests."""

import sys
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings

FIRST = (
    "tests/test_code.py",
    *(f"tests/browser/{room}/" for room in ("race", "regression", "lab", "network", "inside")),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that both cores are done at the same time; races before networks, whose kernels
    take longest to compile on a new machine."""
    items.sort(
        key=lambda item: next((i for i, each in enumerate(FIRST) if item.nodeid.startswith(each)), len(FIRST))
    )


@pytest.fixture
def settings() -> Settings:
    """The defaults; a test that needs others overrides this fixture."""
    return Settings()  # pyright: ignore[reportCallIssue]


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of a server in this process, with lifespan, sockets and refusals as answers."""
    from app.main import create_app

    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process: (status, stdout, stderr)."""
    from descent_lab.cli import main

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["descent-lab", *arguments])
        with pytest.raises(SystemExit) as end:
            main.main()
        captured = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, captured.out, captured.err

    return run
