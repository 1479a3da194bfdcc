"""Watches a race over the websocket: `python examples/watch_race.py [ws://127.0.0.1:8000/ws]` (pip install websockets).

It grants fifty steps at a time, and asks for the next fifty when those have come.
"""

import json
import struct
import sys
from array import array

from websockets.sync.client import connect

SETUP = {
    "surface": "beale",
    "start": [1, 1.6],
    "steps": 200,
    "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.1}}, {"optimizer": "gd", "knobs": {"lr": 0.004}}],
}


def unpack(frame: bytes) -> tuple[dict, dict[str, tuple[list[int], array]]]:
    """The message of a binary frame, and its arrays as (shape, numbers)."""
    (length,) = struct.unpack_from("<Q", frame)
    header = json.loads(frame[8 : 8 + length])
    event = json.loads(header.pop("__metadata__")["event"])
    arrays = {}
    for name, entry in header.items():
        first, last = entry["data_offsets"]
        numbers = array(
            {"F64": "d", "I32": "i"}[entry["dtype"]], frame[8 + length + first : 8 + length + last]
        )
        arrays[name] = entry["shape"], numbers
    return event, arrays


def main(address: str) -> None:
    with connect(address, compression=None) as socket:
        granted = 50
        socket.send(json.dumps({"type": "race", "id": 1, "setup": SETUP, "credit": granted}))
        for frame in socket:
            event, arrays = unpack(frame) if isinstance(frame, bytes) else (json.loads(frame), {})
            if event["type"] == "error":
                sys.exit(event["message"])
            if event["type"] == "ready":
                print("  ".join(f"{entrant['name']:>12}" for entrant in event["entrants"]))
                continue
            (entrants, steps), losses = arrays["losses"]
            lowest = "  ".join(f"{losses[(i + 1) * steps - 1]:12.6g}" for i in range(entrants))
            print(f"{lowest}   loss after {event['to']} steps")
            if event["last"]:
                print("  ".join(f"{outcome['kind']:>12}" for outcome in event["outcomes"]))
                break
            if event["to"] == granted:
                granted += 50
                socket.send(json.dumps({"type": "grant", "id": 1, "to": granted}))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ws://127.0.0.1:8000/ws")
