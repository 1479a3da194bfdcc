"""Setups that several tests start from."""

from typing import Any

CHANGES: list[dict[str, Any]] = [
    {"at": 10, "entrant": 0, "knob": "lr", "value": 0.1},
    {"at": 20, "entrant": 1, "knob": "lr", "value": 0.2},
    {"at": 30, "entrant": 2, "knob": "lr", "value": 0.3},
]
THREE: dict[str, Any] = {
    "surface": "beale",
    "start": [1, 1],
    "steps": 240,
    "seed": 0,
    "noise": 0,
    "entrants": [{"optimizer": key, "knobs": {}} for key in ("adam", "gd", "gd")],
    "changes": CHANGES,
}
