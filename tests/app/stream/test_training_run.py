"""A training on the stream: its steps, and the questions about it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.messages.events import Answer
from app.settings import Settings
from app.stream.session import Session
from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training

SETUP: dict[str, Any] = {
    "data": "moons",
    "samples": 120,
    "batch": 16,
    "steps": 200,
    "entrants": [{"optimizer": "adam"}, {"optimizer": "gd", "knobs": {"lr": 0.1}}, {"optimizer": "momentum"}],
}


class Client:
    """Someone who trains, without a socket between."""

    def __init__(self, setup: dict[str, Any] = SETUP, credit: int = 200, **more: Any) -> None:
        self.session = Session(Settings.model_validate({}))
        self.ready: Any = self.say(type="race", id=1, setup=setup, credit=credit, **more)

    def say(self, **message: Any) -> Any:
        read = self.session.read(json.dumps({"id": 9, **message}))
        return read if isinstance(read, Answer) else self.session.follow(read)

    def ask(self, **message: Any) -> Any:
        return self.say(race=1, **message)

    def steps(self) -> list[Any]:
        found: list[Any] = []
        while self.session.busy:
            answer = self.session.advance()
            if answer is not None:
                found.append(answer)
        return found


def together(frames: list[Any], name: str) -> np.ndarray:
    return np.concatenate([frame.arrays[name] for frame in frames], axis=-1)


def in_one_go(setup: dict[str, Any] = SETUP) -> Training:
    training = Training(read_setup(setup))
    training.advance(training.setup.steps)
    return training


def test_ready_says_what_the_network_is():
    facts = Client().ready.event.network
    assert (facts.dims, facts.weights, facts.outputs) == ([2, 8, 8, 1], 105, 1)
    assert facts.sets == (84, 18, 18)
    assert facts.epoch == 6


def test_the_steps_are_those_of_the_engine():
    frames, whole = Client().steps(), in_one_go()
    assert np.array_equal(together(frames, "losses"), whole.losses(0, 200))
    assert together(frames, "records").tolist() == [record.step for record in whole.records(0, 200)]
    for name, values in whole.measured(0, 200).items():
        assert np.array_equal(together(frames, name), values)
    assert [frame.event.last for frame in frames] == [*[False] * (len(frames) - 1), True]


def test_no_step_beyond_the_credit():
    client = Client(credit=50)
    assert client.steps()[-1].event.to == 50
    client.say(type="grant", id=1, to=70)
    assert client.steps()[-1].event.to == 70


def test_who_comes_back_gets_what_is_missing():
    client = Client(after=120)
    frames = client.steps()
    assert frames[0].event.first == 121
    assert np.array_equal(together(frames, "losses"), in_one_go().losses(121, 200))


@pytest.mark.parametrize(
    "change",
    [{"at": 77, "setting": "l2", "value": 0.1}, {"at": 77, "entrant": 0, "knob": "lr", "value": 0.1}],
    ids=str,
)
def test_a_change_goes_back_to_its_step(change: dict[str, Any]):
    client = Client()
    before = client.steps()
    client.say(type="change", **{**change, "id": 1})
    after = client.steps()
    assert after[0].event.first == 77
    whole = in_one_go({**SETUP, "changes": [change]})
    assert np.array_equal(together(after, "losses"), whole.losses(77, 200))
    assert np.array_equal(together(before, "losses")[:, :77], whole.losses(0, 76))


def test_a_mini_batch_too_large_for_the_server_is_refused_and_the_training_goes_on():
    client = Client()
    client.session.settings = Settings.model_validate({"max_training": read_setup(SETUP).cost})
    refused = client.say(type="change", id=1, at=10, setting="batch", value=64)
    assert refused.event.type == "error"
    assert "the mean of all mini-batches" in refused.event.message
    assert np.array_equal(together(client.steps(), "losses"), in_one_go().losses(0, 200))


def test_how_long_a_step_of_each_takes():
    client = Client()
    client.steps()
    seconds = client.ask(type="pace", step=0).event.seconds
    assert len(seconds) == 3
    assert all(0 < each < 0.1 for each in seconds)


def test_a_look_shows_what_the_networks_say():
    client = Client()
    client.steps()
    looked = client.ask(type="look", step=137, entrant=1, grid=20, neurons=8)
    training = in_one_go()
    w = training.weights(137)
    assert np.array_equal(looked.arrays["weights"], w[:, 1])
    regions = looked.arrays["regions"]
    assert regions.shape == (3, 1, 20, 20)
    x, y = looked.arrays["x"], looked.arrays["y"]
    said = training.network.answers(w, np.array([[x[3], y[17]]]))[0, -1]
    np.testing.assert_allclose(regions[:, 0, 17, 3], said, rtol=1e-6)
    assert looked.arrays["neurons"].shape == (17, 8, 8)


@pytest.mark.parametrize(
    ("data", "shape"), [("curve", (3, 1, 200)), ("blobs3", (3, 3, 50, 50)), ("iris", None)]
)
def test_a_look_has_the_shape_of_the_data(data: str, shape: tuple[int, ...] | None):
    client = Client({**SETUP, "data": data, "samples": 0})
    client.steps()
    arrays = client.ask(type="look", step=200).arrays
    assert ("regions" in arrays) == (shape is not None)
    if shape is not None:
        assert arrays["regions"].shape == shape


@pytest.mark.parametrize("kind", ["pca", "random", "three"])
def test_a_plane_holds_the_loss_and_the_paths(kind: str):
    client = Client()
    client.steps()
    planed = client.ask(type="plane", step=200, kind=kind, entrants=[0, 1, 2], size=[9, 7])
    arrays = planed.arrays
    assert arrays["loss"].shape == (7, 9)
    assert arrays["records"].tolist() == list(range(0, 201, 10))
    assert arrays["paths"].shape == (3, 21, 2)
    training = in_one_go()
    numbers = training.network.block(training.network.rows[0])
    np.testing.assert_allclose(arrays["true"], training.network.score(training.weights(200), numbers)[0])
    if kind == "three":  # all three lie in it
        np.testing.assert_allclose(arrays["shown"], arrays["true"], rtol=1e-9)
    if kind == "random":  # its middle is the racer
        np.testing.assert_allclose(arrays["paths"][0, -1], [0, 0], atol=1e-9)
        assert arrays["shown"][0] == pytest.approx(arrays["true"][0])
    if kind == "pca":
        first, second = planed.event.explained
        assert 1 >= first >= second >= 0
        assert first + second > 0.8
        (x0, x1), (y0, y1) = planed.event.window
        assert ((arrays["paths"] > [x0, y0]) & (arrays["paths"] < [x1, y1])).all()


def test_losses_are_told_of_any_step_while_the_plane_stays():
    client = Client()
    client.steps()
    last, early = (client.ask(type="plane", step=200, size=[2, 2], **more) for more in ({}, {"at": 35}))
    assert (last.event.at, early.event.at) == (200, 35)
    assert early.event.window == last.event.window
    np.testing.assert_array_equal(early.arrays["paths"], last.arrays["paths"])
    training = in_one_go()
    numbers = training.network.block(training.network.rows[0])
    np.testing.assert_allclose(early.arrays["true"], training.network.score(training.weights(35), numbers)[0])
    late = client.ask(type="plane", step=100, at=101)
    assert (late.event.type, late.event.field) == ("error", "at")


def test_a_racer_that_runs_away_does_not_spoil_the_plane():
    wild = {"optimizer": "gd", "knobs": {"lr": 1e150}}
    client = Client({**SETUP, "data": "curve", "entrants": [wild, *SETUP["entrants"]]})
    client.steps()
    planed = client.ask(type="plane", step=200, size=[5, 5])
    assert np.isfinite(planed.arrays["loss"]).all()
    assert np.ptp(planed.event.window) < 100
    alone = Client({**SETUP, "data": "curve", "entrants": [wild]})
    alone.steps()
    assert np.isfinite(alone.ask(type="plane", step=200, size=[5, 5]).arrays["loss"]).all()


def test_principal_directions_are_those_of_scikit_learn():
    from sklearn.decomposition import PCA

    client = Client()
    client.steps()
    planed = client.ask(type="plane", step=200, size=[2, 2])
    rows = np.concatenate([record.w.T for record in in_one_go().records(0, 200)])
    judge = PCA(2).fit(rows)
    np.testing.assert_allclose(planed.event.explained, judge.explained_variance_ratio_, rtol=1e-6)
    projected = judge.transform(rows).reshape(21, 3, 2).transpose(1, 0, 2)
    np.testing.assert_allclose(np.abs(planed.arrays["paths"]), np.abs(projected), atol=1e-6)


def test_samples_are_sent_with_their_sets():
    client = Client()
    sampled = client.say(type="samples", setup=SETUP)
    network = read_setup(SETUP).network
    assert sampled.event.count == 120
    np.testing.assert_allclose(sampled.arrays["inputs"], network.samples.inputs, rtol=1e-6)
    assert [int((sampled.arrays["sets"] == which).sum()) for which in range(3)] == [84, 18, 18]
    part = client.say(type="samples", setup=SETUP, rows=[100, 110])
    assert part.arrays["rows"].tolist() == list(range(100, 110))


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"type": "look", "step": 201}, "step must be from 0 to 200; got 201"),
        ({"type": "look", "step": 5, "entrant": 3}, "entrant must be from 0 to 2; got 3"),
        ({"type": "look", "step": 5, "grid": 1}, "grid must be from 2 to 200"),
        ({"type": "plane", "step": 5, "kind": "three", "entrants": [0, 0, 1]}, "three that differ"),
        ({"type": "plane", "step": 5, "kind": "three"}, "three that differ; got null"),
        ({"type": "plane", "step": 5, "size": [5, 100_000]}, "size.1 must be from 2 to"),
        ({"type": "look", "step": 5, "race": 4}, "the training that runs here, 1; got 4"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_question_that_makes_no_sense_gets_a_sentence(message: dict[str, Any], says: str):
    client = Client()
    client.steps()
    answer = client.say(**{"race": 1, **message})
    assert answer.event.type == "error"
    assert says in answer.event.message


def test_a_race_is_asked_nothing_about_a_training():
    client = Client({"surface": "beale", "entrants": [{"optimizer": "adam"}]})
    answer = client.ask(type="look", step=0)
    assert "the training that runs here, none; got 1" in answer.event.message


def test_a_training_is_ended_by_its_id_while_steps_are_to_come():
    client = Client()
    assert client.say(type="cancel", id=2) is None
    ended: Any = client.say(type="cancel", id=1)
    assert (ended.event.code, ended.event.id, client.session.busy) == ("cancelled", 1, False)
    assert client.say(type="grant", id=1, to=200).event.code == "order"
    assert client.say(type="cancel", id=1) is None


def test_one_that_has_come_as_far_as_it_may_is_not_ended():
    client = Client()
    client.steps()
    assert client.say(type="cancel", id=1) is None
    assert client.session.running is not None
