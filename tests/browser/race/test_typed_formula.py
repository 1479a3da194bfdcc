"""A formula typed into the page is a surface like any other; a wrong one says where."""

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
