"""A formula typed into the page is a surface like any other; a wrong one says where."""

import json
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.lab_page import RUNNING
from tests.browser.race.race_page import RacePage

SHORT = "surface=beale&start=1,1.6&steps=60&entrant=gd:lr=0.003&entrant=adam:lr=0.2"
BOWL = "expression=x^2 %2B 20y^2&start=-2,1&steps=60&window=-3,3,-2,2&entrant=gd:lr=0.01"


def typed(race: RacePage) -> Locator:
    """The formula's field, opened the way a person opens it."""
    race.part("surface-picker", "open").click()
    race.part("surface-picker", "type").click()
    field = race.part("typed-surface", "expression")
    expect(field).to_be_focused()
    return field


def test_a_typed_formula_races(race: RacePage, base_url: str) -> None:
    race.open(SHORT)
    field = typed(race)
    field.fill("sin(3x) + 0.1(x^2 + y^2)")
    race.wait("({ setup }) => setup.get().expression === 'sin(3x) + 0.1(x^2 + y^2)'")
    race.wait("({ map, setup }) => map.get()?.of === setup.get().expression")
    race.agrees(base_url)
    expect(race.page.locator("#formula")).to_contain_text("sin")
    race.wait("({ ground }) => ground.get().minima.length > 0")  # the server has looked for them
    race.page.wait_for_url("**expression=*")


def test_a_wrong_formula_says_where_and_the_old_race_stays(race: RacePage) -> None:
    race.open(BOWL)
    setup, paths = race.setup, race.paths()
    field = race.part("typed-surface", "expression")
    error = race.part("typed-surface", "error")
    for text, wrong in [
        ("x^2 + foo(y)", "foo"),
        ("x^2 + 3 * ", None),
        ("sin(x", None),
        ("__import__(2)", "__import__"),
        ("9**9**9**9**9**9**9**9*x", None),
    ]:
        field.fill(text)
        race.wait("({ problem }) => problem.get()?.field === 'expression'")
        expect(error).to_be_visible()
        expect(error).not_to_be_empty()
        expect(field).to_have_attribute("aria-invalid", "true")
        assert race.get("problem")["position"] is not None
        expect(error.locator("mark")).to_be_visible()
        if wrong:
            expect(error.locator("mark")).to_contain_text(wrong)
        assert race.setup == setup
        assert race.paths() == paths
        below = error.bounding_box()
        above = field.bounding_box()
        assert below is not None
        assert above is not None
        assert below["y"] >= above["y"] + above["height"] - 1
        field.fill("x^2 + 20y^2")
        expect(error).to_be_empty()


def test_a_surface_is_picked_from_the_list(race: RacePage, base_url: str) -> None:
    race.open(SHORT)
    race.part("surface-picker", "open").click()
    search = race.part("surface-picker", "search")
    search.fill("rosen")
    tiles = race.page.locator("#surface-sheet .tile:visible")
    expect(tiles).to_have_count(1)
    race.page.wait_for_function(
        """() => {
          const canvas = document.querySelector("#surface-sheet .tile:not([hidden]) canvas");
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value);
        }"""
    )
    tiles.click()
    assert race.setup["surface"] == "rosenbrock"
    assert race.get("playhead")["playing"] is True
    expect(race.part("surface-picker", "open")).to_contain_text("Rosenbrock")
    race.wait("({ map }) => map.get()?.of === 'rosenbrock'")
    race.agrees(base_url)


def test_the_way_from_a_formula_back_to_the_catalogue(race: RacePage) -> None:
    race.open(SHORT)
    field = typed(race)
    field.fill("x^2 + y^2")
    race.wait("({ setup }) => setup.get().expression === 'x^2 + y^2'")
    race.part("typed-surface", "close").click()
    assert race.setup["surface"] == "beale"
    assert "expression" not in race.setup
    expect(field).to_be_hidden()


def test_a_scene_says_what_to_watch(race: RacePage) -> None:
    race.open()
    for scene in race.ask("({ catalog }) => catalog.scenes"):
        race.part("scene-picker", "open").click()
        race.page.locator("#scene-sheet .scene", has_text=scene["name"]).first.click()
        race.wait(RUNNING)
        expect(race.page.locator("#scene-line")).to_be_visible()
        expect(race.page.locator("#scene-line [data-part='watch']")).to_have_text(scene["watch"])
        assert race.get("problem") is None
    race.page.locator("#scene-line [data-part='close']").click()
    expect(race.page.locator("#scene-line")).to_be_hidden()


BENT = (
    "expression=a*x^2 %2B b*y^2&parameters=a:2;b:0.5:0,10&start=1.5,1.2&steps=60"
    "&entrant=gd:lr=0.05&entrant=adam:lr=0.1"
)


def test_a_letter_has_a_slider_that_bends_the_ground_under_the_race(race: RacePage, base_url: str) -> None:
    race.open(BENT)
    lines = race.page.locator("#typed-surface .parameter")
    expect(lines).to_have_count(2)
    slider = lines.nth(0).locator("input[type=range]")
    ground = race.ask("({ map }) => map.get()?.loss[0]")
    before = race.paths()
    box = slider.bounding_box()
    assert box is not None
    race.page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2)
    race.page.mouse.down()
    race.wait("({ setup }) => setup.get().parameters[0].value === 2")  # where the hand has put it
    race.page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2, steps=8)
    race.wait("({ setup }) => setup.get().parameters[0].value > 3.5")
    race.wait("({ map }, ground) => map.get()?.loss[0] !== ground", ground)
    race.page.mouse.up()
    race.agrees(base_url)
    assert race.paths() != before
    race.page.wait_for_url("**parameters=a:*")
    assert race.setup["parameters"][1] == {"name": "b", "value": 0.5, "range": [0, 10]}


def test_letters_come_and_go_as_a_formula_is_typed_and_keep_their_numbers(race: RacePage) -> None:
    race.open(BENT)
    field = race.part("typed-surface", "expression")
    field.fill("a*x^2 + b*y^2 + c")
    lines = race.page.locator("#typed-surface .parameter")
    expect(lines).to_have_count(3)
    assert [each["value"] for each in race.setup["parameters"]] == [2, 0.5, 1]
    field.fill("c + x^2 + λ*y^2")
    expect(lines).to_have_count(2)
    expect(lines.nth(1)).to_contain_text("λ")
    assert [each["name"] for each in race.setup["parameters"]] == ["c", "lambda"]
    field.fill("x^2 + y^2")
    expect(lines).to_have_count(0)
    assert "parameters" not in race.setup


def test_a_greek_letter_that_came_with_a_link_is_written_as_one(race: RacePage) -> None:
    race.open("expression=λ*x^2 %2B y^2&parameters=lambda:3&steps=40&entrant=gd:lr=0.05")
    line = race.page.locator("#typed-surface .parameter")
    expect(line.locator(".knob-label")).to_have_text("λ")
    expect(line.locator(".knob-number")).to_have_value("3")


def test_the_ends_of_a_slider_are_typed(race: RacePage, base_url: str) -> None:
    race.open(BENT)
    line = race.page.locator("#typed-surface .parameter").nth(0)
    high = line.get_by_label("Upper end of the slider of a")
    high.fill("40")
    race.wait("({ setup }) => setup.get().parameters[0].range?.[1] === 40")
    line.locator("input[type=range]").press("End")
    race.wait("({ setup }) => setup.get().parameters[0].value === 40")
    high.fill("-60")
    expect(high).to_have_attribute("aria-invalid", "true")
    high.blur()
    expect(high).to_have_value("40")
    number = line.locator(".knob-number")
    number.fill("0.125")
    race.wait("({ setup }) => setup.get().parameters[0].value === 0.125")
    race.agrees(base_url)


def test_an_odd_root_is_remarked_on(race: RacePage) -> None:
    race.open(SHORT)
    typed(race).fill("x^(1/3) + y^2")
    note = race.part("typed-surface", "note")
    expect(note).to_contain_text("cbrt(x)")
    race.part("typed-surface", "expression").fill("cbrt(x) + y^2")
    expect(note).to_be_empty()


def test_race_and_map_are_asked_with_the_formula_and_once(race: RacePage, base_url: str) -> None:
    said: list[dict[str, Any]] = []
    race.page.on(
        "websocket", lambda wire: wire.on("framesent", lambda frame: said.append(json.loads(str(frame))))
    )
    race.open(BOWL)
    field = race.part("typed-surface", "expression")
    race.wait("({ explained, paint }) => explained.get() !== null && paint.get() !== null")
    for text, known in [("x^2 + 21y^2", True), ("x^2 + 2(", False), ("x^2 + 23y^2", True)]:
        said.clear()
        run = race.get("run")["id"]
        field.fill(text)
        if known:
            race.wait("({ setup }, text) => setup.get().expression === text", text)
            race.wait(
                "({ run, map, setup }) => run.get().complete && map.get()?.of === setup.get().expression"
            )
            race.agrees(base_url)
        else:
            race.wait("({ problem, stale }) => problem.get()?.field === 'expression' && !stale.get()")
            assert race.get("run")["id"] == run
        asked = [each["type"] for each in said if each.get("setup", each).get("expression") == text]
        assert asked[:3] == ["formula", "race", "map"]
        assert not {"formula", "race"} & set(asked[3:])  # a map of hurried ground comes once more, finer
