"""What a link of the page opens, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from descent_lab.limits import limits_from_environment
from descent_lab.results import tune_result
from descent_lab.search.tuning import tune
from descent_lab.search.workers import Threads
from descent_lab.setups.reading import read_setup

Runs = Callable[..., tuple[int, str, str]]

RACE = "surface=booth&steps=20&seed=5&noise=0.1&entrant=gd:lr=0.01;label=mine&change=9:0:lr=0.02"
REGRESSION = "preset=seven&degree=1&steps=15&entrant=gd:lr=0.02&data=5:0:1,2"
NETWORK = "data=moons&samples=60&hidden=4&steps=10&entrant=adam:lr=0.01&setting=5:batch=8"


def test_a_link_is_printed_as_a_setup_and_a_setup_as_a_link(run: Runs, tmp_path: Path) -> None:
    status, out, _ = run("link", f"https://lab.example/#{RACE}.")
    setup = json.loads(out)
    assert (status, setup["seed"], setup["start"]) == (0, 5, [-4, -2])
    file = tmp_path / "setup.json"
    file.write_text(out)
    status, link, _ = run("link", "--of", str(file))
    assert status == 0
    assert json.loads(run("link", link.strip())[1]) == setup


@pytest.mark.parametrize(("command", "link"), [("race", RACE), ("regress", REGRESSION), ("train", NETWORK)])
def test_a_command_runs_what_a_link_opens(run: Runs, command: str, link: str) -> None:
    status, out, _ = run(command, "--link", link, "--json")
    assert status == 0
    result = json.loads(out)
    assert result["steps"] == json.loads(run("link", link)[1])["steps"]
    assert len(result["entrants"]) == 1
    status, out, _ = run(command, "--link", link, "--steps", "12", "--entrant", "sgd", "--json")
    changed = json.loads(out)
    assert (changed["steps"], changed["entrants"][0]["optimizer"]) == (12, "sgd")
    assert changed["seed"] == result["seed"]


def test_a_link_is_the_race_of_its_options(run: Runs) -> None:
    options = ["booth", "--steps", "20", "--seed", "5", "--noise", "0.1", "--entrant", "gd:lr=0.01"]
    by_options = run("race", *options, "--change", "9:0:lr=0.02", "--json")[1]
    by_link = run("race", "--link", RACE, "--json")[1]
    assert json.loads(by_link) == json.loads(by_options)


def test_any_link_can_be_tuned(run: Runs) -> None:
    status, out, _ = run("tune", "--link", REGRESSION, "--budget", "16")
    assert status == 0
    assert out.splitlines()[1].startswith("gd ")


def test_a_training_is_tuned_as_on_its_page(run: Runs) -> None:
    status, out, err = run("tune", "--link", NETWORK, "--budget", "4", "--json")
    assert (status, err) == (0, "")  # no progress bar where nobody looks
    setup = json.loads(run("link", NETWORK)[1])
    found = tune(read_setup(setup), setup, 4, limits_from_environment(), lambda _done, _of: None, Threads())
    assert json.loads(out) == tune_result(found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("race", "--link", REGRESSION), "descent-lab regress --link"),
        (("train", "--link", RACE), "descent-lab race --link"),
        (("race", "booth", "--link", RACE), "A link says itself what to run"),
        (("train", "--data", "xor", "--link", NETWORK), "A link says itself what to run"),
        (("regress", "--preset", "sine", "--link", REGRESSION), "A link says itself what to run"),
        (("link", "surface=boot"), "Did you mean 'booth'?"),
        (("link",), "Either a LINK or --of is needed"),
        (("link", "--of", "/nowhere.json"), "/nowhere.json cannot be read"),
    ],
)
def test_what_cannot_be_is_said(run: Runs, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
