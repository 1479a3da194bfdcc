"""The setup of a regression as a link, and back."""

import random
from typing import Any

from descent_lab.links import grammar as link_grammar
from tests.browser.state.conftest import Run
from tests.browser.state.race.test_link import doubles

DIMS = {"line": 3, "bend": 4}  # points of each set


def random_setup(dice: random.Random) -> dict[str, Any]:
    def number() -> float:
        return dice.choice([dice.uniform(-9, 9), dice.gauss(0, 1) * 10 ** dice.randint(-30, 30), 0.0, 1.0])

    def point() -> list[float]:
        return [number(), number()]

    kind = dice.choice(["points", "preset", "dataset"])
    degree = dice.randint(1, 12) if kind != "dataset" else 1
    steps = dice.randint(2, 10_000)
    drawn = [point() for _ in range(dice.randint(0, 30))]
    preset = dice.choice(["line", "bend"])
    data: dict[str, Any] = {
        "points": {"points": drawn},
        "preset": {"preset": preset},
        "dataset": {"dataset": "patients"},
    }[kind]
    count = len(drawn) if kind == "points" else DIMS[preset]
    changes: list[dict[str, Any]] = []
    for at in sorted(dice.sample(range(1, steps), min(steps - 1, dice.randint(0, 4)))):
        if kind == "dataset" or dice.random() < 0.3:
            changes.append({"at": at, "entrant": 0, "knob": "lr", "value": number()})
        elif count > 0 and dice.random() < 0.3:
            changes.append({"at": at, "point": dice.randrange(count), "to": None})
            count -= 1
        else:
            changes.append({"at": at, "point": count, "to": point()})
            count += 1
    share = dice.randint(0, 40)
    maybe = (
        {"standardise": dice.random() < 0.5} if dice.random() < 0.5 or data.get("preset") == "bend" else {}
    )
    return {
        **data,
        "degree": degree,
        "loss": dice.choice(["mse", "mae", "huber"]),
        "delta": dice.choice([1.0, 0.25]),
        "l2": dice.choice([0, abs(number())]),
        "l1": dice.choice([0, abs(number())]),
        "jitter": dice.choice([0, 0.1]),
        "batch": dice.choice([0, 1, 7]),
        "split": [100 - 2 * share, share, share],
        "patience": dice.choice([0, 20]),
        **maybe,
        "start": [number() for _ in range(4 if kind == "dataset" else degree + 1)],
        "steps": steps,
        "seed": dice.randrange(2**53),
        "noise": abs(number()),
        "entrants": [{"optimizer": "gd", "knobs": {"lr": number()}}],
        "changes": changes,
    }


def test_five_hundred_setups_survive_their_link_bit_for_bit(run: Run) -> None:
    dice = random.Random(5)
    setups = [random_setup(dice) for _ in range(500)]
    links = run(
        """const { written, read } = await import("/state/regression/link.js");
        return argument.map((setup) => {
          const link = new URL(`http://x.test/#${written(setup)}`).hash;
          return { link, ...read(link, catalog) };
        });""",
        setups,
    )
    for setup, back in zip(setups, links, strict=True):
        assert back["faults"] == [], back["link"]
        assert doubles(back["setup"]) == doubles(setup), back["link"]


def test_the_command_line_reads_the_same_setup_from_a_link(run: Run) -> None:
    dice = random.Random(6)
    setups = [random_setup(dice) for _ in range(200)]
    links: list[str] = run(
        "const { written } = await import('/state/regression/link.js'); return argument.map(written);", setups
    )
    whole = run(
        """const { completed } = await import("/state/regression/setup.js");
        return argument.map((part) => completed(part, catalog));""",
        [link_grammar.read(link) for link in links],
    )
    for setup, back, link in zip(setups, whole, links, strict=True):
        assert doubles(back) == doubles(setup), link


def test_a_link_reads_like_the_command_line(run: Run) -> None:
    setup = {
        "points": [[2.4, 1.7], [2.8, 1.85]],
        "degree": 1,
        "loss": "mse",
        "delta": 1,
        "l2": 0.01,
        "l1": 0,
        "jitter": 0,
        "batch": 4,
        "split": [70, 15, 15],
        "patience": 0,
        "start": [3.1, -4.5],
        "steps": 300,
        "seed": 0,
        "noise": 0,
        "entrants": [{"optimizer": "adam", "knobs": {"lr": 0.1}}],
        "changes": [{"at": 40, "point": 1, "to": [2.5, 1.9]}, {"at": 50, "point": 0, "to": None}],
    }
    link = run("return (await import('/state/regression/link.js')).written(argument);", setup)
    assert link == (
        "points=2.4,1.7;2.8,1.85&degree=1&split=70,15,15&l2=0.01&batch=4&start=3.1,-4.5&steps=300&seed=0"
        "&entrant=adam:lr=0.1&data=40:1:2.5,1.9&data=50:0:"
    )


def test_a_short_link_takes_the_rest_from_the_point_set(run: Run) -> None:
    back = run("return (await import('/state/regression/link.js')).read('#preset=bend&seed=3', catalog);")
    assert back["faults"] == []
    assert back["setup"]["degree"] == 2
    assert back["setup"]["split"] == [70, 15, 15]
    assert back["setup"]["start"] == [1.5, -1, 3]
    assert back["setup"]["seed"] == 3
    assert [each["optimizer"] for each in back["setup"]["entrants"]] == ["gd", "momentum", "adagrad", "adam"]
