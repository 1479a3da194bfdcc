"""Networks that have been trained, once for all tests of this room."""

from __future__ import annotations

import pytest

from tests.app.questions.inside_client import CURVE, DIGITS, IRIS, MOONS, Client


@pytest.fixture(scope="session")
def moons() -> Client:
    return Client(MOONS)


@pytest.fixture(scope="session")
def curve() -> Client:
    return Client(CURVE)


@pytest.fixture(scope="session")
def iris() -> Client:
    return Client(IRIS)


@pytest.fixture(scope="session")
def digits() -> Client:
    return Client(DIGITS)
