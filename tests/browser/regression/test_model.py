"""The model of a regression on its page: degree, sets, validation, what is said where there is little to fit."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab_page import eventually
from tests.browser.regression.regression_page import RegressionPage
from tests.browser.regression.test_regression import SHORT


def test_a_higher_degree_bends_the_line_and_shows_its_weights(
    regression: RegressionPage, base_url: str
) -> None:
    regression.open(SHORT)
    regression.notch("degree").focus()
    version = regression.version()
    regression.page.keyboard.press("ArrowRight")
    regression.settled(version)
    regression.fitted()
    assert regression.setup["degree"] == 2
    assert regression.setup["start"] == [0, 0, 0]
    expect(regression.page.locator("#weights .bar-row")).to_have_count(3)
    expect(regression.page.locator("#model [data-part='standardise']")).to_be_checked()
    regression.agrees(base_url)


def test_the_straight_line_stands_beside_the_curve_that_meets_every_point(
    regression: RegressionPage,
) -> None:
    regression.open("preset=eleven")
    lines, errors = regression.part("data-card", "lines"), regression.part("exact", "errors")
    expect(lines).to_contain_text("straight line")
    expect(errors).to_be_visible()
    curve, line = regression.errors("training")
    assert curve < 1e-15 < 0.01 < line
    expect(regression.part("exact", "note")).to_contain_text("Give the test set a share")
    regression.notch("test").focus()
    for _ in range(6):
        regression.page.keyboard.press("ArrowRight")
    regression.wait("({ data }) => data.get().sets.filter((set) => set === 2).length === 3")
    expect(regression.part("exact", "errors-test")).to_be_visible()
    curve, line = eventually(lambda: regression.errors("test"), lambda seen: seen[0] > seen[1])
    assert curve > line
    expect(regression.part("exact", "errors-validation")).to_be_hidden()
    regression.notch("degree").focus()
    regression.page.keyboard.press("Home")
    expect(lines).to_be_hidden()
    expect(errors).to_be_hidden()
    assert "slope" in eventually(regression.exact, lambda seen: "slope" in seen)


def test_shares_always_make_a_hundred_and_three_losses_are_drawn(regression: RegressionPage) -> None:
    regression.open("preset=noisy&batch=0&steps=60&entrant=gd:lr=0.05")
    for name, key, presses in (
        ("validation", "ArrowRight", 4),
        ("test", "ArrowRight", 3),
        ("training", "ArrowRight", 2),
    ):
        regression.notch(name).focus()
        for _ in range(presses):
            regression.page.keyboard.press(key)
        assert sum(regression.setup["split"]) == 100
    assert regression.setup["split"] == [75, 14, 11]
    regression.wait("({ data }) => new Set(data.get().sets).size === 3")
    regression.wait("({ run }) => [run.get().validation, run.get().test].every((each) => each?.length === 1)")
    expect(regression.page.locator("#loss-sets")).to_be_visible()


def test_cross_validation_finds_the_parabola_and_takes_it(regression: RegressionPage) -> None:
    regression.open("preset=parabola&degree=1&steps=60&entrant=gd:lr=0.05")
    regression.part("cross-validation", "run").click()
    regression.wait("({ validated }) => validated.get().shown !== null")
    best = regression.get("validated")["shown"]["best"]
    assert best["degree"] >= 2
    expect(regression.part("cross-validation", "said")).to_contain_text(f"degree {best['degree']}")
    regression.part("cross-validation", "take").click()
    regression.fitted()
    assert regression.setup["degree"] == best["degree"]
    assert regression.setup["l2"] == best["l2"]


def test_folds_are_trained_by_the_chosen_entrant(regression: RegressionPage) -> None:
    regression.open("preset=parabola&degree=2&steps=20&entrant=gd:lr=0.05&entrant=adam:lr=0.3")
    said, trained = (regression.part("cross-validation", name) for name in ("said", "trained"))
    expect(trained).to_have_text("trained by Adam")
    regression.part("cross-validation", "run").click()
    expect(said).to_contain_text("Solved exactly.")
    exact = regression.ask("({ validated }) => Array.from(validated.get().shown.mean[1])")
    regression.part("explain", "entrant").select_option(label="GD")
    expect(trained).to_have_text("trained by GD")
    trained.click()
    expect(said).to_contain_text("Trained by GD.")
    found = regression.get("validated")
    assert found["shown"]["by"] == {"entrant": 0, "optimizer": "gd", "name": "GD"}
    assert found["rival"]["by"] is None
    means = regression.ask("({ validated }) => Array.from(validated.get().shown.mean[1])")
    assert all(slow > solved for slow, solved in zip(means[:3], exact[:3], strict=True))
    regression.shows("#cross-validation canvas", 500)
    regression.part("cross-validation", "exactly").click()
    expect(said).to_contain_text("Solved exactly.")
    assert regression.get("validated")["rival"]["by"]["name"] == "GD"
    regression.drag_point(3, 20, -20)  # of other points it could not be compared
    regression.part("cross-validation", "run").click()
    regression.wait("({ validated }) => validated.get().rival === null")


def test_folds_that_diverge_are_told(regression: RegressionPage) -> None:
    regression.open("preset=parabola&degree=2&steps=300&entrant=gd:lr=0.6")
    regression.part("cross-validation", "trained").click()
    regression.part("cross-validation", "run").click()
    said = regression.part("cross-validation", "said")
    expect(said).to_contain_text("diverged: their error counts as infinite")
    assert regression.get("validated")["shown"]["best"]["degree"] <= 2
    regression.number(0).fill("50")
    regression.part("cross-validation", "run").click()
    expect(said).to_contain_text("turn the learning rate down")
    expect(regression.part("cross-validation", "take")).to_be_disabled()


def test_random_tries_are_counted_and_the_best_is_kept(regression: RegressionPage) -> None:
    regression.open(SHORT)
    losses: list[float] = []
    for count in (1, 2, 3):
        regression.part("by-hand", "throw").click()
        regression.wait("({ tried }, count) => tried.get()?.tries === 1000 * count", count)
        losses.append(regression.get("tried")["loss"])
    assert losses == sorted(losses, reverse=True)
    expect(regression.part("by-hand", "luck")).to_contain_text("Best of 3,000 random tries")
    regression.part("by-hand", "use").click()
    assert regression.setup["start"] == pytest.approx(regression.get("tried")["best"], rel=1e-5)


def test_no_points_and_one_point_are_said_in_words(regression: RegressionPage) -> None:
    regression.open(SHORT)
    note = regression.part("exact", "note")
    regression.plane.focus()
    for left in range(6, -1, -1):
        regression.page.keyboard.press("PageDown")
        regression.page.keyboard.press("Delete")
        regression.wait("({ data }, left) => data.get().points.length === left", left)
        if left == 1:
            regression.fitted()
            expect(note).not_to_be_empty()
    expect(note).to_contain_text("no points")
    expect(regression.part("data-card", "empty")).to_be_visible()
    regression.part("data-card", "undo").click()
    regression.wait("({ data }) => data.get().points.length === 1")


def test_patience_rests_while_there_is_no_validation_set_and_says_why(regression: RegressionPage) -> None:
    regression.open("preset=sine&degree=3&split=60,20,20&patience=20&steps=60&entrant=gd")
    line, why = regression.part("model", "patience"), regression.part("model", "patience").locator(".hint")
    slider = regression.notch("patience")
    expect(slider).to_be_enabled()
    expect(why).to_be_hidden()
    regression.notch("validation").focus()
    regression.page.keyboard.press("Home")
    expect(slider).to_be_disabled()
    expect(line.get_by_role("spinbutton")).to_be_disabled()
    expect(why).to_have_text("Needs a validation set: give it a share above.")
    assert (regression.setup["split"][1], regression.setup["patience"]) == (0, 0)
    regression.page.keyboard.press("ArrowRight")
    expect(slider).to_be_enabled()
    expect(why).to_be_hidden()


def test_a_link_of_old_with_an_idle_patience_opens_and_says_that_it_is_off(
    regression: RegressionPage,
) -> None:
    regression.open("preset=seven&patience=9&steps=20&entrant=gd:lr=0.02")
    expect(regression.page.locator("#toast")).to_contain_text("a patience of 9, but no validation set")
    expect(regression.page.locator("#link-faults")).to_be_hidden()
    assert regression.setup["patience"] == 0
