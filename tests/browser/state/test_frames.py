"""Frames of the server, folded into a run."""

import json

import numpy as np

from app.messages.frames import pack
from tests.browser.state.conftest import Run


def frame(first: int, to: int, entrants: int, value: float, last: bool = False, run_id: int = 1) -> list[int]:
    """A steps frame as the server packs it, all numbers `value`; as a list of bytes."""
    count = to - first + 1
    outcome = {"kind": "running", "step": None, "where": None}
    event = {"type": "steps", "id": run_id, "from": first, "to": to, "last": last}
    event |= {"outcomes": [outcome] * entrants, "reached": [None] * entrants}
    arrays = {
        "points": np.full((entrants, count, 2), float(value)),
        "losses": np.full((entrants, count), float(value)),
    }
    return list(pack(json.dumps(event), arrays))


def test_a_frame_of_the_server_is_read_without_copying(run: Run) -> None:
    arrays = {
        "reached": np.arange(6, dtype=np.int32).reshape(2, 3),
        "loss": np.array([[1.5, np.nan], [-0.0, np.inf]]),
        "empty": np.zeros((2, 0)),
    }
    result = run(
        """const { unpacked, rows } = await import("/net/frames.js");
        const bytes = new Uint8Array(argument).buffer;
        const { event, arrays } = unpacked(bytes);
        return {
          event, shapes: Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape])),
          shared: Object.values(arrays).every(({ data }) => data.buffer === bytes),
          loss: rows(arrays.loss).map((row) => Array.from(row, (x) => Object.is(x, -0) ? "-0" : String(x))),
          reached: rows(arrays.reached).map((row) => Array.from(row)),
          empty: rows(arrays.empty).map((row) => row.length),
        };""",
        list(pack('{"type": "é"}', arrays)),
    )
    assert result == {
        "event": {"type": "é"},
        "shapes": {"reached": [2, 3], "loss": [2, 2], "empty": [2, 0]},
        "shared": True,
        "loss": [["1.5", "NaN"], ["-0", "Infinity"]],
        "reached": [[0, 1, 2], [3, 4, 5]],
        "empty": [0, 0],
    }


FOLD = """
    const { begun, folded } = await import("/state/running/run.js");
    const { unpacked } = await import("/net/frames.js");
    let run = begun({ id: 1, steps: 5, goal: null, goals: [null, null], entrants: [{ name: "a" }, { name: "b" }] });
    const first = run.losses[1], versions = [run.version];
    for (const bytes of argument) {
      const { event, arrays } = unpacked(new Uint8Array(bytes).buffer);
      run = folded(run, event, arrays);
      versions.push(run.version);
    }
"""


def test_frames_fold_into_one_path_and_a_rewind_writes_over_it(run: Run) -> None:
    frames = [frame(0, 2, 2, 1), frame(3, 5, 2, 2, last=True), frame(2, 3, 2, 7)]
    result = run(
        FOLD
        + """return { have: run.have, losses: Array.from(run.losses[1]), points: Array.from(run.points[0]),
          inPlace: run.losses[1] === first, rising: versions.every((v, i) => i === 0 || v > versions[i - 1]) };""",
        frames,
    )
    assert result["have"] == 3
    assert result["inPlace"]
    assert result["rising"]
    assert result["losses"] == [1, 1, 7, 7, 2, 2]
    assert result["points"] == [1, 1, 1, 1, 7, 7, 7, 7, 2, 2, 2, 2]


def test_a_gap_between_frames_is_a_fault(run: Run) -> None:
    said = run(
        FOLD.replace("for (", "try { for (", 1) + "} catch (error) { return error.message; }",
        [frame(0, 1, 2, 1), frame(3, 4, 2, 2)],
    )
    assert said == "steps 3 to 4 do not follow step 1 of 5"
