"""Questions about the inside that are refused, and how long answers take."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from tests.app.conftest import Client as SocketClient
from tests.app.questions.inside_client import CURVE, ENTRANTS, IRIS, MOONS, Client


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"type": "sample", "row": 120}, "row must be the number of a sample, 0 to 119; got 120"),
        ({"type": "sample", "row": 0, "weight": 105}, "a weight of this network, 0 to 104; got 105"),
        ({"type": "sample", "row": 0, "step": 61}, "step must be from 0 to 60; got 61"),
        ({"type": "sample", "row": 0, "entrant": 2}, "entrant must be from 0 to 1; got 2"),
        (
            {"type": "sample", "row": 0, "race": 5},
            "race must be the id of the training that runs here, 1; got 5",
        ),
        ({"type": "sample"}, "A sample message needs row; none came"),
        ({"type": "tweak", "weight": 0, "value": float("nan")}, "value must be a number from"),
        ({"type": "tweak", "weight": 0, "value": "much"}, "value must be a number from"),
        ({"type": "tweak", "weight": 0, "value": 1, "neurons": 1000}, "neurons must be from 2 to 100"),
        ({"type": "explain_weight", "weight": 105}, "weight must be the number of a weight"),
        ({"type": "explain_weight", "weight": 0, "entrant": 2}, "entrant must be from 0 to 1"),
        ({"type": "tweak", "weight": 0, "value": 1, "row": 400}, "row must be the number of a sample"),
        ({"type": "confusion", "set": "all"}, "set must be one of training, validation, test; got 'all'"),
        ({"type": "confusion", "entrant": 3}, "entrant must be from 0 to 1"),
        ({"type": "confusion", "entrant": 0, "worst": 100}, "worst must be from 0 to 24"),
        ({"type": "digit", "pixels": [1]}, "pixels must be two numbers, x and y"),
        ({"type": "digit", "pixels": [1, "b"]}, "must be a number from"),
        ({"type": "digit", "pixels": [1, 2], "centred": True}, "Only pictures are centred"),
        ({"type": "export", "kind": "onnx"}, "kind must be one of safetensors, pytorch, csv; got 'onnx'"),
    ],
)
def test_what_cannot_be_followed_is_refused(moons: Client, message: dict[str, Any], words: str):
    event: Any = moons.say(**{"race": 1, "step": 60, **message}).event
    assert event.type == "error"
    assert words in event.message


def test_what_these_samples_have_not_is_refused(curve: Client, iris: Client, digits: Client):
    def said(client: Client, type: str, **message: Any) -> str:
        return client.ask(type, **message)[0]["message"]

    assert "needs classes; these samples follow a curve" in said(curve, "confusion")
    assert "4 inputs make no picture" in said(iris, "tweak", weight=0, value=1)
    assert "pixels must be 64 numbers, 8 rows of 8; got 3" in said(digits, "digit", pixels=[1, 2, 3])
    assert "pixels.0 must be a number from 0 to 255; got 256" in said(digits, "digit", pixels=[256] * 64)
    assert "must be a square of pixels" in said(digits, "digit", pixels=[0] * 65, centred=True)
    assert "must be a square of pixels" in said(digits, "digit", pixels=[], centred=True)


def test_an_empty_set_is_refused():
    client = Client({**MOONS, "split": [80, 20, 0], "steps": 5})
    assert "The test set is empty" in client.ask("confusion")[0]["message"]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"setup": {"surface": "beale", "entrants": ENTRANTS}}, "setup must be a network's"),
        ({"setup": MOONS, "tries": 0}, "tries must be from 1 to 100000; got 0"),
        ({"setup": MOONS, "scale": 0}, "scale must be a number from"),
        ({"setup": {**MOONS, "initial": "zeros"}}, "every try would be the same"),
        (
            {"setup": {**MOONS, "data": "mnist", "samples": 0}, "tries": 100_000},
            "Tries times weights times samples",
        ),
    ],
)
def test_a_needle_that_cannot_be_sought_is_refused(moons: Client, message: dict[str, Any], words: str):
    event: Any = moons.say(type="needle", **message).event
    assert event.type == "error"
    assert words in event.message


def test_who_diverged_is_still_answered():
    entrants = [{"optimizer": "gd", "knobs": {"lr": 1e4}}, *ENTRANTS]
    client = Client({**CURVE, "activation": "linear", "steps": 40, "entrants": entrants})
    assert client.training.diverged()[0] is not None
    for type, more in (
        ("sample", {"row": 0, "weight": 3}),
        ("tweak", {"weight": 3, "value": 0}),
        ("explain_weight", {"weight": 3}),
        ("stopwatch", {}),
        ("digit", {"pixels": [0.5]}),
        ("export", {"kind": "csv"}),
        ("export", {"kind": "pytorch"}),
    ):
        assert client.ask(type, **more)[0]["type"] != "error"


# ---------------------------------------------------------------- over the socket, and how long it takes


def test_over_the_socket(ws: SocketClient):
    ws.send("race", 1, setup=IRIS, credit=20)
    while ws.answer()[0].get("to") != 20:
        pass
    event, arrays = ws.ask("confusion", 2, race=1, step=20, set="training", entrant=0)
    assert event["type"] == "confusion"
    assert arrays["inputs"].dtype == np.float32
    ws.send("needle", 3, setup=IRIS, tries=2_000)
    answers = [ws.answer()[0]]
    while answers[-1]["type"] != "needle":
        answers.append(ws.answer()[0])
    assert {answer["type"] for answer in answers} <= {"seeking", "needle"}


def test_mnist_is_counted_in_a_moment():
    client = Client({"data": "mnist", "hidden": [15], "steps": 3, "entrants": 7 * [{"optimizer": "adam"}]})
    client.ask("confusion")  # compiles
    begun = time.perf_counter()
    event, _ = client.ask("confusion", entrant=0)
    assert event["samples"] == 10_000
    assert time.perf_counter() - begun < 2  # 0.06 s where nobody else works
