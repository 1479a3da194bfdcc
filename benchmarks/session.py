"""The server's own part of a race: from the text of the message to the packed steps, without the socket.

python -m benchmarks.session
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from app.messages.reading import parse_json, read_request
from app.settings import Settings
from app.stream.session import Session
from benchmarks.engine import SEVEN, STEPS, median
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup

SETUP = {
    "surface": "beale",
    "start": [1.0, 1.5],
    "steps": STEPS,
    "entrants": [{"optimizer": key, "knobs": {"lr": lr}} for key, lr in SEVEN.items()],
}
TEXT = json.dumps({"type": "race", "id": 1, "setup": SETUP, "credit": STEPS})


def whole() -> Callable[[], Any]:
    """What a connection has done for one race."""
    session = Session(Settings.model_validate({}))

    def race() -> None:
        request = session.read(TEXT)
        ready = session.follow(request)  # pyright: ignore[reportArgumentType]
        assert ready is not None
        ready.packed()
        steps = session.advance()
        assert steps is not None
        steps.packed()
        assert not session.busy

    return race


def main() -> None:
    """Print the parts."""
    setup = read_setup(SETUP)
    settings = Settings.model_validate({})
    done = Race(setup)
    done.advance(STEPS)
    total = median(whole(), 401, 20)
    engine = median(lambda: Race(setup).advance(STEPS), 401, 20)
    parts = {
        "the message understood": median(lambda: read_request(parse_json(TEXT)), 401, 20),
        "the setup read": median(lambda: read_setup(SETUP, settings), 401, 20),
        "outcomes": median(done.outcomes, 401, 20),
    }
    print(f"a race of {len(SEVEN)} x {STEPS} on Beale, from its text to its frames {total * 1e3:8.3f} ms")
    print(f"  the race itself                                    {engine * 1e3:8.3f} ms")
    print(
        f"  the server's own part                              {(total - engine) * 1e3:8.3f} ms   goal 0.3 ms"
    )
    for name, seconds in parts.items():
        print(f"    of it {name:<43}{seconds * 1e3:8.3f} ms")


if __name__ == "__main__":
    main()
