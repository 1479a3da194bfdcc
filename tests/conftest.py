"""Fixtures of all tests."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings


@pytest.fixture
def settings() -> Settings:
    """The defaults; a test that needs others overrides this fixture."""
    return Settings()  # pyright: ignore[reportCallIssue]


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A client of a server in this process, with lifespan, sockets and refusals as answers."""
    from app.main import create_app  # here, so that the engine's tests start without the web

    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
