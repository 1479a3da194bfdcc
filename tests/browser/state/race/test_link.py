"""A setup as a link, and back."""

import random
from typing import Any

from tests.browser.state.conftest import Run
from tests.browser.state.setups import CHANGES, THREE


def random_setup(dice: random.Random) -> dict[str, Any]:
    def number() -> float:
        return dice.choice(
            [dice.uniform(-9, 9), dice.gauss(0, 1) * 10 ** dice.randint(-30, 30), 1.0, 5e-324, 1e21]
        )

    def rates(optimizer: str) -> dict[str, float]:
        names = ["lr", "beta1"] if optimizer == "adam" else ["lr"]
        return {name: number() for name in names if dice.random() < 0.7}

    def entrant() -> dict[str, Any]:
        optimizer = dice.choice(["adam", "gd"])
        maybe: dict[str, Any] = {
            "schedule": {"kind": "cosine", "floor": number()},
            "offset": [number(), 0.5],
            "label": dice.choice(["My GD", "50 % & more; #1, «α=½» 100%25", "a+b=c:d", "🏔 hidden"]),
            "color": f"#{dice.randrange(16**6):06x}",
            "hidden": True,
        }
        return {"optimizer": optimizer, "knobs": rates(optimizer)} | {
            key: value for key, value in maybe.items() if dice.random() < 0.4
        }

    entrants = [entrant() for _ in range(dice.randint(1, 4))]
    steps = dice.randint(1, 10_000)
    places = sorted(
        {(dice.randrange(steps), dice.randrange(len(entrants))) for _ in range(dice.randint(0, 3))}
    )
    surface = {"surface": dice.choice(["beale", "bowl"])}
    typed = {"expression": dice.choice(["sin(3*x) + 0.1*(x^2 + y^2)", "|x|**2 & 1% of y; #2", "x+y"])}
    window = {"window": [[-1.5, number() ** 2], [1e-9, 2e-9]]} if dice.random() < 0.5 else {}
    return {
        **(typed if dice.random() < 0.4 else surface),
        "start": [number(), number()],
        "steps": steps,
        "seed": dice.randrange(2**53),
        "noise": abs(number()),
        "entrants": entrants,
        "changes": [{"at": at, "entrant": i, "knob": "lr", "value": number()} for at, i in places],
        **window,
    }


def doubles(value: Any) -> Any:
    """The same with every number as the text of a double: a whole number may come back from the browser as an int."""
    if isinstance(value, dict):
        return {key: doubles(each) for key, each in value.items()}
    if isinstance(value, list):
        return [doubles(each) for each in value]
    return float(value).hex() if isinstance(value, int | float) else value


def test_five_hundred_setups_survive_their_link_bit_for_bit(run: Run) -> None:
    dice = random.Random(3)
    setups = [random_setup(dice) for _ in range(500)]
    for setup in setups:
        if "window" in setup and setup["window"][0][1] > 1e300:
            del setup["window"]
    links = run(
        """const { written, read } = await import("/state/race/link.js");
        return argument.map((setup) => {
          const link = new URL(`http://x.test/#${written(setup)}`).hash;
          return { link, ...read(link, catalog) };
        });""",
        setups,
    )
    for setup, back in zip(setups, links, strict=True):
        assert back["faults"] == []
        assert doubles(back["setup"]) == doubles(setup), back["link"]


def test_the_command_line_reads_the_same_setup_from_a_link(run: Run) -> None:
    dice = random.Random(4)
    setups = [random_setup(dice) for _ in range(200)]
    links = run(
        "const { written } = await import('/state/race/link.js'); return argument.map(written);", setups
    )
    for setup, link in zip(setups, links, strict=True):
        assert doubles(links.read(link)) == doubles(setup), link


def test_a_link_reads_like_the_command_line(run: Run) -> None:
    setup = THREE | {
        "entrants": [
            {"optimizer": "adam", "knobs": {"lr": 0.12, "beta1": 0.9}},
            {
                "optimizer": "gd",
                "knobs": {"lr": 1e-7},
                "schedule": {"kind": "cosine", "floor": 0.01},
                "offset": [0.01, 0],
                "color": "#cc3311",
                "label": "My GD",
                "hidden": True,
            },
        ],
        "changes": CHANGES[:1],
    }
    link = run("return (await import('/state/race/link.js')).written(argument);", setup)
    assert link == (
        "surface=beale&start=1,1&steps=240&seed=0&noise=0&entrant=adam:lr=0.12,beta1=0.9"
        "&entrant=gd:lr=1e-7;schedule=cosine:floor=0.01;offset=0.01,0;color=cc3311;label=My%20GD;hidden"
        "&change=10:0:lr=0.1"
    )


def test_a_short_link_takes_the_rest_from_the_surface(run: Run) -> None:
    back = run("return (await import('/state/race/link.js')).read('#surface=bowl', catalog);")
    assert back["faults"] == []
    assert back["setup"]["start"] == [-1.5, 1]
    assert back["setup"]["entrants"] == [{"optimizer": "gd", "knobs": {"lr": 0.3}}]
