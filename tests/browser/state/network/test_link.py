"""The setup of a training as a link, and back; read by the command line in the same way."""

import random
from typing import Any

import pytest

from app.pages.routes import learning
from app.settings import get_settings
from descent_lab.links import grammar as links
from descent_lab.setups.reading import read_setup
from descent_lab.training.scenes import NETWORK_SCENES
from tests.browser.state.conftest import Run
from tests.browser.state.race.test_link import doubles

CATALOG = learning(get_settings())
ACTIVATIONS = [each["key"] for each in CATALOG["activations"]]


def random_setup(dice: random.Random) -> dict[str, Any]:
    def number() -> float:
        return dice.choice([dice.uniform(0, 9), abs(dice.gauss(0, 1)) * 10 ** dice.randint(-30, 5), 0.0, 1.0])

    def share() -> float:
        return dice.choice([0, 0.1, 0.95, dice.uniform(0, 0.9)])

    layers = dice.randint(0, 6)
    steps = dice.randint(2, 10_000)

    def dropout() -> Any:
        return [share() for _ in range(layers)] if layers > 1 and dice.random() < 0.5 else share()

    data: dict[str, Any] = dice.choice(
        [
            {"data": "moons", "samples": dice.randint(10, 2000), "spread": dice.uniform(0, 0.5)},
            {"data": "blobs3"},
            {"data": "digits", "samples": 500},
            {"drawn": [[number(), -number(), dice.randrange(3)] for _ in range(dice.randint(1, 30))]},
            {"csv": "a, b; kind=x & y\n1,2,yes#\n3,4,50 % nö\n"},
        ]
    )
    changes: list[dict[str, Any]] = []
    for at in sorted(dice.sample(range(1, steps), min(steps - 1, dice.randint(0, 4)))):
        setting = dice.choice(["batch", "l2", "l1", "dropout", "jitter", None])
        value = {"batch": dice.randint(0, 99), "dropout": dropout()}.get(setting or "", number())
        if setting is None:
            changes.append({"at": at, "entrant": 0, "knob": "lr", "value": number()})
        else:
            changes.append({"at": at, "setting": setting, "value": value})
    validation = dice.randint(0, 40)
    return {
        **data,
        "split": [100 - 2 * validation, validation, validation],
        "output": dice.choice(["linear", "sigmoid"]),
        "initial": dice.choice(["xavier", "he", "normal", "zeros"]),
        "batch": dice.choice([0, 1, 32]),
        "l2": dice.choice([0, number()]),
        "l1": dice.choice([0, number()]),
        "dropout": dropout(),
        "jitter": dice.choice([0, 0.1]),
        "patience": dice.choice([0, 20]),
        "hidden": [dice.randint(1, 64) for _ in range(layers)],
        "activation": [dice.choice(ACTIVATIONS) for _ in range(layers)],
        "loss": dice.choice(["mse", "cross_entropy"]),
        "steps": steps,
        "seed": dice.randrange(2**53),
        "noise": number(),
        "entrants": [{"optimizer": "muon", "knobs": {"lr": number()}}, {"optimizer": "sgd", "knobs": {}}],
        "changes": changes,
    }


def there_and_back(run: Run, setups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return run(
        """const { written, read } = await import("/state/network/link.js");
        const [known, setups] = argument;
        return setups.map((setup) => {
          const link = new URL(`http://x.test/#${written(setup, known)}`).hash;
          return { link, ...read(link, known) };
        });""",
        [CATALOG, setups],
    )


def test_three_hundred_setups_survive_their_link_bit_for_bit(run: Run) -> None:
    dice = random.Random(11)
    setups = [random_setup(dice) for _ in range(300)]
    for setup, back in zip(setups, there_and_back(run, setups), strict=True):
        assert back["faults"] == [], back["link"]
        assert doubles(back["setup"]) == doubles(setup), back["link"]


def test_the_command_line_reads_every_link_as_the_same_training(run: Run) -> None:
    dice = random.Random(12)
    setups = [random_setup(dice) for _ in range(100)]
    for setup, back in zip(setups, there_and_back(run, setups), strict=True):
        told = links.read(back["link"])
        layers = len(setup["hidden"])
        for name, value in setup.items():
            came = told.get(name, {"activation": [], "loss": "cross_entropy"}.get(name, 0))
            if name == "activation" and isinstance(came, str):
                came = [came] * layers
            plain = {"split": [70, 15, 15], "output": "linear", "initial": "xavier"}
            assert came == value or (name not in told and plain.get(name) == value), (name, back["link"])


@pytest.mark.parametrize("key", NETWORK_SCENES)
def test_every_scene_is_the_same_training_by_its_link(run: Run, key: str) -> None:
    link = run(
        """const { written } = await import("/state/network/link.js");
        const { sceneSetup } = await import("/state/network/setup.js");
        const [known, key] = argument;
        return written(sceneSetup(key, known), known);""",
        [CATALOG, key],
    )
    assert read_setup(links.read(link)) == read_setup(NETWORK_SCENES[key].setup) or (
        str(read_setup(links.read(link))) == str(read_setup(NETWORK_SCENES[key].setup))
    )


def test_python_writes_what_the_page_reads(run: Run) -> None:
    dice = random.Random(13)
    setups = [random_setup(dice) for _ in range(100)]
    read = run(
        """const { read } = await import("/state/network/link.js");
        const [known, links] = argument;
        return links.map((link) => read(new URL(`http://x.test/#${link}`).hash, known));""",
        [CATALOG, [links.written(setup) for setup in setups]],
    )
    for setup, back in zip(setups, read, strict=True):
        assert back["faults"] == []
        expected = setup if setup["hidden"] else setup | {"activation": []}
        assert doubles(back["setup"]) == doubles(expected)
