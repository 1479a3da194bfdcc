"""The inside of trained networks on the stream: answers, and refusals in clear sentences."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load

from descent_lab.inside.export import script
from descent_lab.inside.one_sample import passage
from tests.app.questions.inside_client import CURVE, MOONS, Client

# ---------------------------------------------------------------- one sample


@pytest.mark.parametrize("step", [0, 37, 60])
def test_a_sample_goes_forth_and_back_at_any_step(moons: Client, step: int):
    event, arrays = moons.ask("sample", step=step, entrant=1, row=11, weight=30)
    network = moons.training.network
    w = moons.training.weights(step)[:, 1]
    own = passage(network, w, network.seen(np.array([11]))[0], float(network.samples.targets[11]))
    assert (event["type"], event["row"], event["target"]) == ("sampled_one", 11, network.samples.targets[11])
    assert event["loss"] == own.loss
    assert np.array_equal(arrays["gradient"], own.gradient)
    assert [len(arrays[name]) for name in ("inputs", "z", "a", "slope", "e", "output")] == [
        2,
        17,
        17,
        17,
        17,
        1,
    ]
    assert (event["weight"]["layer"], event["weight"]["source"], event["weight"]["target"]) == (1, 0, 6)
    assert event["weight"]["gradient"] == own.gradient[30]
    assert event["weight"]["value"] == w[30]
    assert [line["part"] for line in event["lines"]] == [
        "sum",
        "answer",
        "slope",
        "loss",
        "error",
        "gradient",
    ]
    assert 11 in network.rows[["training", "validation", "test"].index(event["set"])]


def test_without_a_weight_there_is_no_chain(curve: Client):
    event, _ = curve.ask("sample", row=0)
    assert event["lines"] == []
    assert event["weight"] is None
    assert event["said"] is None


# ---------------------------------------------------------------- tweak


def test_a_tweak_of_two_inputs_is_a_picture_for_every_neuron(moons: Client):
    event, arrays = moons.ask("tweak", weight=104, value=2.5, neurons=10)
    assert arrays["before"].shape == arrays["after"].shape == (17, 10, 10)
    assert arrays["before"].dtype == np.float32
    assert event["changed"] == [False] * 16 + [True]  # the last bias
    assert event["loss"][0] != event["loss"][1]
    assert event["was"] == moons.training.weights(60)[104, 0]
    again, _ = moons.ask("tweak", weight=104, value=2.5, neurons=10)
    assert again["was"] == event["was"] != 2.5  # the training keeps the weights that it has


def test_a_tweak_along_one_input_and_for_one_sample(curve: Client, iris: Client):
    assert curve.ask("tweak", weight=0, value=1)[1]["after"].shape == (7, 200)
    event, arrays = iris.ask("tweak", weight=0, value=1, row=3)
    assert arrays["after"].shape == (9,)
    assert event["changed"] == [True, *[False] * 5, True, True, True]


def test_huge_weights_are_no_fault(moons: Client):
    event, _ = moons.ask("tweak", weight=0, value=1e99)
    assert event["loss"][0] is not None


# ---------------------------------------------------------------- explain_weight


def test_the_step_of_a_weight_is_explained_between_two_records_too(moons: Client):
    assert moons.training.every > 1
    event, arrays = moons.ask("explain_weight", step=33, weight=30)
    assert arrays == {}
    assert (event["step"], event["entrant"], event["weight"]) == (33, 0, 30)
    assert event["was"] == moons.training.weights(33)[30, 0]
    assert event["now"] == moons.training.weights(34)[30, 0]
    assert event["samples"] == 32
    assert event["sentence"] == moons.training.setup.entrants[0].optimizer.sentence
    assert all(line["numbers"] for line in event["lines"])
    assert moons.ask("explain_weight", weight=30, entrant=1)[0]["gradient"] is not None


# ---------------------------------------------------------------- stopwatch


def test_the_stopwatch_compares_both_ways(moons: Client):
    event, arrays = moons.ask("stopwatch", step=33)
    assert arrays == {}
    assert event["weights"] == event["measured"] == 105
    assert event["forward"] == {"backpropagation": 1, "differences": 210}
    assert 0 < event["seconds"]["backpropagation"] < event["seconds"]["differences"] < 1
    assert event["relative"] < 1e-6


# ---------------------------------------------------------------- confusion


def test_confusion_counts_all_of_a_set_and_shows_the_worst(digits: Client):
    event, arrays = digits.ask("confusion", set="training", entrant=1, worst=5)
    samples = len(digits.training.network.rows[0])
    assert event["samples"] == samples
    assert arrays["counts"].shape == (2, 10, 10)
    assert arrays["counts"].sum(axis=(1, 2)).tolist() == [samples] * 2
    assert event["accuracy"][1] == pytest.approx(arrays["counts"][1].trace() / samples)
    assert event["mistakes"] == samples - arrays["counts"][1].trace()
    assert arrays["inputs"].shape == (5, 64)
    assert arrays["inputs"].dtype == np.uint8
    assert np.all(np.diff(arrays["loss"]) <= 0)
    assert np.array_equal(arrays["inputs"], digits.training.network.samples.inputs[arrays["rows"]])


def test_confusion_without_an_entrant_shows_no_mistakes(moons: Client):
    event, arrays = moons.ask("confusion")
    assert (list(arrays), event["set"], event["mistakes"]) == (["counts"], "test", None)


# ---------------------------------------------------------------- digit


def test_a_drawing_as_the_samples_are_is_told_what_the_sample_is_told(digits: Client):
    network, w = digits.training.network, digits.training.weights(60)
    event, arrays = digits.ask("digit", pixels=network.samples.inputs[5].tolist())
    told = network.answers(w, network.seen(np.array([5])))[0, -10:].T
    assert np.array_equal(arrays["probabilities"], told)
    assert np.array_equal(arrays["picture"].ravel(), network.samples.inputs[5])
    assert event["said"] == told.argmax(axis=1).tolist()


def test_a_drawing_is_framed_if_asked(digits: Client):
    drawn = np.zeros((40, 40), dtype=int)
    drawn[4:12, 30:32] = 255
    _, arrays = digits.ask("digit", pixels=drawn.ravel().tolist(), centred=True)
    assert arrays["picture"].shape == (8, 8)
    assert arrays["picture"].any(axis=1).all()


def test_other_inputs_are_answered_too(moons: Client, curve: Client):
    event, arrays = moons.ask("digit", pixels=[0.3, -0.2])
    assert arrays["probabilities"].shape == (2, 2)
    np.testing.assert_allclose(arrays["probabilities"].sum(axis=1), 1)
    assert event["said"] == arrays["probabilities"].argmax(axis=1).tolist()
    assert curve.ask("digit", pixels=[0.3])[1]["probabilities"].shape == (2, 1)


# ---------------------------------------------------------------- export


def test_files_are_taken_home(moons: Client):
    event, arrays = moons.ask("export", kind="safetensors", entrant=1, step=20)
    assert event["name"] == "descent-lab-2-8-8-1-gd-20.safetensors"
    tensors = load(arrays["file"].tobytes())
    assert sorted(tensors) == ["0.bias", "0.weight", "2.bias", "2.weight", "4.bias", "4.weight"]
    event, arrays = moons.ask("export", kind="pytorch", entrant=1, step=20)
    assert arrays["file"].tobytes().decode() == script(moons.training, 20, 1)
    assert "descent-lab-2-8-8-1-gd-20.safetensors" in arrays["file"].tobytes().decode()
    event, arrays = moons.ask("export", kind="csv")
    assert event["media"] == "text/csv"
    assert arrays["file"].tobytes().startswith(b"step,epoch,mini-batch loss of Adam,")


# ---------------------------------------------------------------- needle


def test_a_needle_tells_how_far_it_is(moons: Client):
    told: list[Any] = []
    request: Any = moons.session.read(
        json.dumps({"type": "needle", "id": 4, "setup": MOONS, "tries": 600, "seed": 2, "scale": 2})
    )
    answer: Any = moons.session.follow(request, told.append)
    assert [word.event.done for word in told] == [256, 512, 600]
    assert answer.event.grid == "10^105"
    assert answer.event.loss == answer.arrays["losses"][-1] == told[-1].event.loss
    assert answer.event.accuracy == answer.arrays["accuracy"][-1]
    assert answer.event.samples == 84
    assert len(answer.arrays["at"]) == len(answer.arrays["losses"])


def test_a_curve_has_a_needle_without_accuracy(curve: Client):
    answer = curve.say(type="needle", setup=CURVE, tries=50)
    assert set(answer.arrays) == {"at", "losses"}
    answer.packed()
