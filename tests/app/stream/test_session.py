"""Whatever a client sends, in whatever order, the session answers well and its race comes out right, bit for bit."""

from __future__ import annotations

import json
from typing import Annotated, Any, get_args

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pydantic import Field, TypeAdapter

from app.messages.events import Answer, AnyEvent
from app.messages.frames import unpack
from app.messages.requests import AnyRequest
from app.runs import race_run
from app.runs.race_run import Running
from app.settings import Settings
from app.stream.session import Session
from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup

EVENTS: TypeAdapter[Any] = TypeAdapter(Annotated[AnyEvent, Field(discriminator="type")])
TYPES = [model.type_name() for model in get_args(AnyRequest)]

SETTINGS = Settings(max_steps=400, max_entrants=4)  # pyright: ignore[reportCallIssue]

values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
entrants = st.fixed_dictionaries(
    {
        "optimizer": st.sampled_from(["gd", "momentum", "adam"]),
        "knobs": st.builds(dict, lr=st.floats(1e-4, 2)),
    },
    optional={"schedule": st.sampled_from([None, {"kind": "cosine"}]), "offset": st.just([0.01, 0])},
)
setups = st.fixed_dictionaries(
    {
        "surface": st.sampled_from(["beale", "rosenbrock"]),
        "start": st.lists(st.floats(-3, 3), min_size=2, max_size=2),
        "steps": st.integers(0, 60),
        "seed": st.integers(0, 3),
        "noise": st.sampled_from([0, 0.5]),
        "entrants": st.lists(entrants, min_size=1, max_size=3),
    }
)
fields = st.sampled_from(
    ["id", "setup", "credit", "after", "to", "at", "entrant", "knob", "value", "window", "size"]
)
junk = (
    st.binary(max_size=20)
    | st.text(max_size=30)
    | values.map(json.dumps)
    | st.builds(
        lambda type, rest: json.dumps({"type": type, **rest}),
        st.sampled_from([type for type in TYPES if type not in ("grant", "change", "cancel")]),
        st.dictionaries(fields, values, max_size=6),
    )
)


class Stream(RuleBasedStateMachine):
    """A client with a memory, against a session."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(SETTINGS)
        self.setup: dict[str, Any] | None = None
        self.id = 0
        self.credit = 0
        self.have = -1
        self.points = np.empty((0, 0, 2))
        self.losses = np.empty((0, 0))

    # ------------------------------------------------------------ the client

    def report(self, message: Any) -> list[dict[str, Any]]:
        frame = message if isinstance(message, str | bytes) else json.dumps(message)
        request = self.session.read(frame)
        answer = request if isinstance(request, Answer) else self.session.follow(request)
        return [] if answer is None else [self.hear(answer)]

    def hear(self, answer: Answer) -> dict[str, Any]:
        packed = answer.packed()
        text, arrays = unpack(packed) if isinstance(packed, bytes) else (packed, {})
        event = json.loads(text, parse_constant=lambda name: 1 / 0)
        EVENTS.validate_python(event)
        if event["type"] == "steps":
            self.fold(event, arrays)
        return event

    def fold(self, event: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
        assert self.setup is not None
        first, last = event["from"], event["to"]
        assert event["id"] == self.id
        assert 0 <= first <= self.have + 1, "the steps of a frame follow those before it"
        assert last <= min(self.credit, self.setup["steps"]) or last < first, "nothing beyond the credit"
        assert event["last"] == (last == self.setup["steps"])
        count = last - first + 1
        assert arrays["points"].shape == (len(self.points), count, 2)
        assert len(event["outcomes"]) == len(event["reached"]) == len(self.points)
        self.points[:, first : last + 1] = arrays["points"]
        self.losses[:, first : last + 1] = arrays["losses"]
        self.have = last

    # ------------------------------------------------------------ what may happen

    @rule(setup=setups, credit=st.integers(0, 80))
    def race(self, setup: dict[str, Any], credit: int) -> None:
        self.id += 1
        self.setup, self.credit, self.have = {**setup, "changes": []}, credit, -1
        shape = len(setup["entrants"]), setup["steps"] + 1
        self.points, self.losses = np.full((*shape, 2), np.nan), np.full(shape, np.nan)
        (ready,) = self.report({"type": "race", "id": self.id, "setup": setup, "credit": credit})
        assert (ready["type"], ready["steps"], ready["id"]) == ("ready", setup["steps"], self.id)

    @precondition(lambda self: self.setup)
    @rule(to=st.integers(0, 100))
    def grant(self, to: int) -> None:
        assert self.report({"type": "grant", "id": self.id, "to": to}) == []
        self.credit = max(self.credit, to)

    @precondition(lambda self: self.setup)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        assert self.setup is not None
        change = {
            "at": data.draw(st.integers(0, self.setup["steps"])),
            "entrant": data.draw(st.integers(0, len(self.setup["entrants"]) - 1)),
            "knob": "lr",
            "value": data.draw(st.floats(1e-4, 1)),
        }
        assert self.report({"type": "change", "id": self.id, **change}) == []
        self.setup["changes"].append(change)

    @precondition(lambda self: self.setup)
    @rule(
        wrong=st.sampled_from(
            [
                {"type": "grant", "to": -1},
                {"type": "grant", "id": 0, "to": 5},
                {"type": "change", "at": 10**6, "entrant": 0, "knob": "lr", "value": 1},
                {"type": "change", "at": 0, "entrant": 99, "knob": "lr", "value": 1},
                {"type": "change", "at": 0, "entrant": 0, "knob": "nose", "value": 1},
                {"type": "change", "at": 0, "entrant": 0, "knob": "lr", "value": None},
                {"type": "race", "setup": {"surface": "moon"}, "credit": 5},
            ]
        )
    )
    def mistake(self, wrong: dict[str, Any]) -> None:
        (error,) = self.report({"id": self.id, **wrong})
        assert error["type"] == "error"
        assert error["id"] == wrong.get("id", self.id)

    @rule(frame=junk)
    def nonsense(self, frame: str | bytes) -> None:
        (answer,) = self.report(frame)
        assert answer["type"] == "error"

    @rule(id=st.integers(0, 9))
    def cancel(self, id: int) -> None:
        owed = self.session.busy and id == self.id
        answers = self.report({"type": "cancel", "id": id})
        assert [answer["code"] for answer in answers] == (["cancelled"] if owed else [])
        if owed:
            self.ask_again()

    @rule(pieces=st.integers(1, 5))
    def wait(self, pieces: int) -> None:
        for _ in range(pieces):
            answer = self.session.advance()
            if answer is not None:
                self.hear(answer)

    @precondition(lambda self: self.setup)
    @rule()
    def lose_the_connection(self) -> None:
        """To another server: setup and changes again, and only what is missing. See docs/stream.md on `after`."""
        self.drain()
        self.session = Session(SETTINGS)
        self.ask_again()

    def ask_again(self) -> None:
        assert self.setup is not None
        self.id += 1
        after = {"after": self.have} if self.have >= 0 else {}
        self.report({"type": "race", "id": self.id, "setup": self.setup, "credit": self.credit, **after})

    def drain(self) -> None:
        while self.session.busy:
            self.wait(1)

    @invariant()
    def nothing_is_owed_beyond_the_credit(self) -> None:
        running = self.session.running
        assert running is None or isinstance(running, Running)
        assert running is None or running.race.have <= running.credit or running.race.have <= running.sent

    def teardown(self) -> None:
        if self.setup is None:
            return
        self.grant(self.setup["steps"])
        self.drain()
        fresh = Race(read_setup(self.setup))
        fresh.advance(self.setup["steps"])
        assert self.have == self.setup["steps"]
        assert self.points.tobytes() == fresh.points(0, self.have).tobytes()
        assert np.array_equal(self.losses, fresh.losses(0, self.have), equal_nan=True)


class SmallFrames(Stream):
    """The same with frames of a few steps, so that messages come in the midst of everything."""

    def __init__(self) -> None:
        race_run.FRAME_POINTS = 14
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        race_run.FRAME_POINTS = 20_000


PACE = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestStream = Stream.TestCase
TestStream.settings = PACE
TestSmallFrames = SmallFrames.TestCase
TestSmallFrames.settings = PACE
