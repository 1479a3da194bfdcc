"""A frame whose arrays are not as its event declares them never leaves the server."""

from __future__ import annotations

import numpy as np
import pytest

from app.messages.events import Answer
from app.messages.frames import Array, mismatch
from app.messages.race_events import MapEvent

DECLARED = {
    "x": Array("F64", "nx", ""),
    "loss": Array("F64", "ny nx or nx", ""),
    "pair": Array("F32 U8", "2", "", "where it was asked for"),
}


def arrays(**changed: np.ndarray) -> dict[str, np.ndarray]:
    return {"x": np.zeros(3), "loss": np.zeros((4, 3))} | changed


def test_what_is_declared_is_let_through():
    assert mismatch(DECLARED, arrays()) is None
    assert mismatch(DECLARED, arrays(loss=np.zeros(3), pair=np.zeros(2, np.uint8))) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"more": np.zeros(1)}, "No array 'more'"),
        ({"x": np.zeros(3, np.float32)}, "declared as F64; it is float32"),
        ({"loss": np.zeros((4, 3, 1))}, "its shape is (4, 3, 1)"),
        ({"loss": np.zeros((4, 2))}, "[ny nx or nx], and nx = 3; its shape is (4, 2)"),
        ({"pair": np.zeros(3, np.uint8)}, "its shape is (3,)"),
    ],
)
def test_what_is_not_is_named(changed: dict[str, np.ndarray], said: str):
    fault = mismatch(DECLARED, arrays(**changed))
    assert fault is not None
    assert said in fault


def test_an_array_that_is_always_there_is_missed():
    assert mismatch(DECLARED, {"x": np.zeros(3)}) == "The array 'loss' is missing."


def test_an_answer_is_held_against_its_event():
    event = MapEvent(id=1, window=((0, 1), (0, 1)), size=(2, 2), minima=[], saddles=[])
    with pytest.raises(AssertionError, match="'loss' is missing"):
        Answer(event, {"x": np.zeros(2), "y": np.zeros(2)})
