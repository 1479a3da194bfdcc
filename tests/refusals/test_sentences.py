"""Every reason has a sentence, every sentence a reason that is given, and both know the same values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal, nearest, show
from descent_lab.refusals.sentence import Sentence
from descent_lab.refusals.sentences import SENTENCES

ROOT = Path(__file__).resolve().parents[2]

SOURCES = [*ROOT.glob("descent_lab/**/*.py"), *ROOT.glob("app/**/*.py")]

SELVES = {"field", "position", "near"}
"""What a refusal may carry that its own sentence need not name."""


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Every call in library and application whose first argument may be a reason, with the place of it."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    ]


def refusals() -> Iterator[tuple[str, str, ast.Call]]:
    """Where, reason and call of every refusal whose reasons are written out."""
    for where, call in calls():
        if isinstance(call.func, ast.Name) and call.func.id == "Refusal":
            match call.args[0]:
                case ast.Constant(value=str(reason)):
                    yield where, reason, call
                case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))):
                    yield where, one, call
                    yield where, other, call
                case _:
                    pass


def names(sentence: str) -> set[str]:
    """The values that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_reason_that_is_given_has_a_sentence() -> None:
    assert not [(where, reason) for where, reason, _ in refusals() if reason not in SENTENCES]


def test_every_sentence_is_said_somewhere() -> None:
    written = {
        node.value
        for path in SOURCES
        if path.parent.name != "refusals" or path.name == "__init__.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = written | {f"word: {name}" for name in written}
    assert set(SENTENCES) - said <= {"near"}  # said after another


def test_a_refusal_carries_what_its_sentence_names_and_nothing_else() -> None:
    wrong: list[str] = []
    for where, reason, call in refusals():
        given = {each.arg or "**" for each in call.keywords}
        needed = names(SENTENCES[reason].text)
        if "**" not in given and (needed - given or given - needed - SELVES):
            wrong.append(f"{where}: {reason}: {sorted(needed ^ (given - SELVES))}")
    assert not wrong


@pytest.mark.parametrize("reason", [each for each in SENTENCES if not each.startswith("word: ")])
def test_a_sentence_is_one(reason: str) -> None:
    text = SENTENCES[reason].text
    assert text[-1] in ".?"
    assert SENTENCES[reason].code


@pytest.mark.parametrize(
    ("name", "near"),
    [("adma", "adam"), ("adamx", "adamax"), ("moemntum", "momentum"), ("nestrov", "nesterov"), ("xyz", None)],
)
def test_the_nearest_name_is_the_one_that_was_meant(name: str, near: str | None) -> None:
    assert nearest(name, OPTIMIZERS) == near


def test_another_language_is_another_catalogue() -> None:
    swapped = {
        "unknown item": Sentence("unknown", "{known} gibt es, {key!r} nicht."),
        "near": Sentence("", "War {near!r} gemeint?"),
    }
    refusal = Refusal("unknown item", noun="surface", key="bale", known=["beale", "bowl"], near="beale")
    assert refusal.sentence(swapped) == "beale, bowl gibt es, 'bale' nicht. War 'beale' gemeint?"
    assert refusal.message.endswith("Did you mean 'beale'?")


def test_a_word_is_that_of_the_language() -> None:
    swapped = {
        "whole": Sentence("number", "{field}: {low} bis {high}, nicht {came}."),
        "word: larger": Sentence("word", "eine größere"),
    }
    refusal = Refusal("whole", field="steps", low=0, high=10, came=show(10**30))
    assert refusal.values["came"] == {"word": "larger"}
    assert refusal.sentence(swapped) == "steps: 0 bis 10, nicht eine größere."
    assert refusal.message == "steps must be a whole number from 0 to 10; got a larger one."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"),
        (True, "true"),
        ("it's", '"it\'s"'),
        (0.5, "0.5"),
        (float("nan"), "nan"),
        ([1, None, "a"], "[1, null, 'a']"),
        ({"a": [False]}, "{'a': [false]}"),
        ("x" * 100, "'" + "x" * 56 + "..."),
    ],
)
def test_what_came_is_shown_as_json_writes_it(value: object, shown: str) -> None:
    assert show(value) == shown
