"""Every term: a sentence that is read in passing, names that exist, formulas and pictures that are what they say."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from descent_lab import listings
from descent_lab.glossary import GLOSSARY
from descent_lab.glossary.drawing import HEIGHT, WIDTH
from descent_lab.glossary.pictures import evaluated, path
from descent_lab.glossary.samples import learning_curves
from descent_lab.glossary.term import LONGEST, Term
from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.optimizers.schedules import SCHEDULES

ROOT = Path(__file__).resolve().parents[2]
TERMS = pytest.mark.parametrize("term", list(GLOSSARY.values()), ids=list(GLOSSARY))


@TERMS
def test_a_sentence_is_one_and_short(term: Term) -> None:
    assert 4 < len(term.sentence.split()) <= LONGEST
    assert term.sentence[0].isupper()
    assert term.sentence.endswith(".")


@TERMS
def test_what_it_points_to_is_there_and_is_another(term: Term) -> None:
    assert set(term.see) <= set(GLOSSARY) - {term.key}
    assert len(set(term.see)) == len(term.see)


@TERMS
def test_a_key_can_stand_in_an_address(term: Term) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term.key)


def test_no_two_terms_have_one_name_or_one_sentence() -> None:
    for said in ("name", "sentence"):
        values = [getattr(term, said).lower() for term in GLOSSARY.values()]
        assert len(set(values)) == len(values)


@TERMS
def test_a_picture_is_a_drawing_in_the_colour_of_the_text(term: Term) -> None:
    picture = term.describe()["picture"]
    if term.draw is None:
        assert picture == ""
        return
    svg = ElementTree.fromstring(picture)
    assert len(svg) > 0
    assert {mark.get(paint) for mark in svg for paint in ("fill", "stroke")} <= {"currentColor", "none", None}
    numbers = [float(each) for mark in svg for each in re.findall(r"-?\d+\.?\d*", mark.get("d", ""))]
    assert all(-1 <= each <= max(WIDTH, HEIGHT) + 1 for each in numbers), "the line leaves its picture"


@TERMS
def test_a_formula_is_mathml_without_a_fault(term: Term) -> None:
    mathml = term.describe()["mathml"]
    parts = list(ElementTree.fromstring(f"<all>{mathml}</all>"))
    assert all(part.tag.endswith("math") for part in parts)
    assert len(parts) >= len(term.latex)
    assert "\\" not in mathml


def test_every_optimizer_schedule_and_activation_has_a_term() -> None:
    named = {key.replace("_", "-") for key in (*OPTIMIZERS, *ACTIVATIONS)}
    named |= {f"schedule-{key.replace('_', '-')}" for key in SCHEDULES}
    assert named <= set(GLOSSARY)


def test_every_knob_has_a_term() -> None:
    owners = [*listings.optimizers(), *listings.network_optimizers(), *listings.schedules()]
    without = [
        (each["key"], knob["name"])
        for each in owners
        for knob in each["knobs"]
        if knob["term"] not in GLOSSARY
    ]
    assert without == []


def test_every_term_that_a_page_marks_is_there() -> None:
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.js")]
    marked = {
        key
        for source in sources
        for key in re.findall(
            r"""(?:term\(|data-term="|term=|term: )["']?([a-z0-9][a-z0-9-]+)["']""", source.read_text()
        )
    }
    assert len(marked) > 30
    assert marked <= set(GLOSSARY)


@pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if not each.whole_point])
def test_a_path_in_a_picture_descends(key: str) -> None:
    walked = np.array(path(OPTIMIZERS[key]))
    height = walked[:, 0] ** 2 + 8 * walked[:, 1] ** 2
    assert height[-1] < 0.6 * height[0]


def test_the_activations_are_those_of_the_kernels() -> None:
    assert evaluated(ACTIVATIONS["sigmoid"].value, 0.0) == 0.5
    assert evaluated(ACTIVATIONS["relu"].value, -2.0) == 0.0
    assert evaluated(ACTIVATIONS["gelu"].value, 1.0) == pytest.approx(0.8413447, abs=1e-6)


def test_early_stopping_stops_where_the_validation_loss_turns() -> None:
    training, validation = learning_curves()
    assert 0 < validation.argmin() < len(validation) // 2
    assert validation[-1] > 1.5 * validation.min()
    assert (np.diff(training) < 0).all()
