"""Frames keep to the safetensors layout, so that any reader of it reads them."""

import json

import numpy as np
import pytest
from safetensors.numpy import load

from app.messages.frames import pack, unpack

ARRAYS = {
    "picture": np.arange(250, 255, dtype=np.uint8),  # five bytes: what comes after must not begin among them
    "small": np.arange(5, dtype=np.int32),
    "points": np.linspace(0, 1, 12).reshape(2, 3, 2),
    "half": np.array([[1.5, -2.5, np.nan]], dtype=np.float32),
    "empty": np.empty((3, 0, 2)),
    "strided": np.arange(24, dtype=float).reshape(4, 6)[:, 1::2],
}


def test_an_independent_reader_sees_the_same_arrays():
    read = load(pack('{"type":"x"}', ARRAYS))
    assert read.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(read[name], array)
        assert read[name].dtype == array.dtype


def test_our_own_reader_gives_event_and_arrays_back():
    event = json.dumps({"type": "x", "text": 'ü "quoted" \\ \u2028'})
    text, arrays = unpack(pack(event, ARRAYS))
    assert text == event
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], array)


@pytest.mark.parametrize("length", range(9))
def test_every_array_begins_at_a_multiple_of_its_item_size(length):
    frame = pack("x" * length, ARRAYS)
    start = 8 + int.from_bytes(frame[:8], "little")
    assert start % 8 == 0
    header = json.loads(frame[8:start])
    for name, entry in header.items():
        if name != "__metadata__":
            assert (start + entry["data_offsets"][0]) % ARRAYS[name].itemsize == 0


def test_arrays_lie_one_behind_the_other_without_gaps():
    frame = pack("{}", ARRAYS)
    start = 8 + int.from_bytes(frame[:8], "little")
    header = json.loads(frame[8:start])
    header.pop("__metadata__")
    ends = [entry["data_offsets"] for entry in header.values()]
    assert [first for first, _ in ends] == [0, *(last for _, last in ends[:-1])]
    assert start + ends[-1][1] == len(frame)


def test_big_endian_arrays_go_out_little_endian():
    array = np.arange(3, dtype=">f8")
    np.testing.assert_array_equal(unpack(pack("{}", {"a": array}))[1]["a"], array)
