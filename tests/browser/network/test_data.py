"""What the page of networks learns from, how it shows what comes of it, and what it does when the server fails it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Server, free_port
from tests.browser.lab_page import DESKTOP, eventually
from tests.browser.network.network_page import NetworkPage, in_one_go

SHORT = "data=moons&samples=100&hidden=4&batch=8&steps=400&seed=3&entrant=sgd:lr=0.1&entrant=adam:lr=0.02"


def test_data_that_are_chosen_bring_their_network_along(network: NetworkPage) -> None:
    network.open(SHORT)
    scene = network.part("data-card", "scene")
    for key, dims in (("spirals", [2, 16, 16, 1]), ("curve", [1, 16, 16, 1]), ("iris", [4, 8, 3])):
        scene.select_option(key)
        network.wait("({ facts }, dims) => facts.get()?.dims.join() === dims.join()", dims)
        network.wait("({ samples }, inputs) => samples.get().dims[0] === inputs", dims[0])
        expect(scene).to_have_value(key)
    expect(network.part("data-card", "spread")).to_be_hidden()
    scene.select_option("cure-l2")
    network.wait("({ setup }) => setup.get().l2 === 0.01")
    expect(scene).to_have_value("cure-l2")
    expect(network.part("data-card", "watch")).to_contain_text("price on large weights")
    network.wait("() => location.hash.includes('l2=0.01')")  # written a moment later
    network.open(network.ask("() => location.hash.slice(1)"))
    expect(scene).to_have_value("cure-l2")
    network.part("data-card", "samples").locator("[data-part='value']").fill("70")
    expect(scene).to_have_value("moons")


def test_early_stopping_marks_the_best_step(network: NetworkPage) -> None:
    network.open(size=DESKTOP, playing=True)
    network.part("data-card", "scene").select_option("cure-stopping")
    network.settled()
    network.pause()
    network.page.keyboard.press("End")
    stops = in_one_go(network.setup).stopped()
    network.wait("({ run }, stops) => run.get().stopped.join() === stops.join()", stops)
    pills = network.page.locator("#standings [data-part='outcome']")
    told = {f"early stop: {step}" for step in stops}
    assert eventually(lambda: {*pills.all_inner_texts()}, lambda seen: seen == told) == told


def test_curves_show_losses_or_right_answers_against_steps_epochs_or_seconds(network: NetworkPage) -> None:
    network.open(SHORT, size=DESKTOP)
    learning = network.page.locator("#learning")
    for name, store in (("Accuracy", "of"), ("epoch", "by"), ("time", "by")):
        learning.get_by_role("button", name=name, exact=True).click()
        assert network.get("curve")[store] == name.lower()
        network.shows("#loss-curve canvas", 2_000)
    network.wait("({ paces }) => paces.get().length === 2 && paces.get().every((each) => each > 0)")
    network.part("data-card", "scene").select_option("curve")
    network.wait("({ facts }) => facts.get()?.classes.length === 0")
    expect(learning.locator("[data-part='of']")).to_be_hidden()
    assert network.get("curve")["of"] == "loss"


GOOD = "length,width,kind\n" + "\n".join(f"{i % 7},{i % 5},{'odd' if i % 2 else 'even'}" for i in range(40))


def test_a_table_of_ones_own(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("data-card", "paste").click()
    text, use = network.part("data-card", "text"), network.part("data-card", "use")
    text.fill("a,b,kind\n1,two,x\n2,3,y")
    expect(network.part("data-card", "table-sheet").locator("[data-part='error']")).not_to_be_empty()
    assert network.setup["data"] == "moons", "what was there stays"
    text.fill("\n".join(f"{i - 1 if i else ''},{line}" for i, line in enumerate(GOOD.split("\n"))))
    use.click()
    network.wait("({ samples }) => samples.get().classes.join() === 'even,odd'")
    expect(network.part("data-card", "table-sheet")).to_be_hidden()
    expect(network.part("data-card", "watch")).to_have_text(
        "A table of your own: 40 rows, 2 inputs, 2 classes. "
        "The first column counts or names the rows: it is an index, and left out."
    )
    network.settled()
    network.trained()


def test_who_diverges_says_so_and_the_others_go_on(network: NetworkPage) -> None:
    network.open("data=curve&hidden=4&steps=200&entrant=sgd:lr=1000&entrant=adam:lr=0.01")
    network.go_to(200)
    rows = network.page.locator("#standings tr")
    expect(rows.filter(has_text="SGD").locator("[data-part='outcome']")).to_contain_text("diverged at step")
    expect(rows.filter(has_text="Adam").locator("[data-part='outcome']")).to_be_hidden()
    assert network.ask("({ run }) => run.get().losses[1].every(Number.isFinite)")


def test_a_killed_server_costs_no_step(
    network: NetworkPage, own_server: Server, complaints: list[str]
) -> None:
    network.open(SHORT + "&noise=0.01&dropout=0.1", base=own_server.url)
    network.go_to(120)
    own_server.kill()
    network.wait("({ connection }) => connection.get().state === 'lost'")
    network.setting("l2").fill("0.01")  # nobody hears of it yet
    own_server.start()
    network.wait("({ connection }) => connection.get().state === 'open'")
    assert network.setup["changes"] == [{"at": 120, "setting": "l2", "value": 0.01}]
    network.trained()
    network.go_to(300)
    network.wait("({ look, facts }) => look.get().step === 300 - (300 % facts.get().every)")
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]


def test_whoever_finds_all_places_taken_is_told_so_and_comes_next(
    network: NetworkPage, tmp_path: Path, complaints: list[str]
) -> None:
    server = Server(free_port(), tmp_path / "log.txt", {"DESCENT_LAB_MAX_TRAININGS": "1"})
    server.start()
    try:
        other = NetworkPage(network.page.context.new_page())
        other.open(
            "data=mnist&hidden=64,64&batch=256&steps=1100&entrant=adam&entrant=sgd",
            base=server.url,
            playing=True,
        )
        other.page.locator("#main").focus()
        other.page.keyboard.press("End")
        network.page.bring_to_front()
        network.page.goto(f"{server.url}/network#{SHORT}")  # nothing comes yet
        banner = network.part("banner", "words")
        expect(banner).to_have_text(
            "All places for trainings are taken (1), and yours is the next. It begins by itself."
        )
        wait = network.part("banner", "wait")
        expect(wait).to_have_text("Do not wait")
        wait.click()
        expect(banner).to_have_text("This training has no place, and waits for none.")
        expect(wait).to_have_text("Wait for a place")
        wait.click()
        expect(banner).to_contain_text("yours is the next")
        other.page.close()
        network.wait("({ run }) => run.get().complete")
        expect(wait).to_be_hidden()
        expect(banner).to_be_empty()
    finally:
        server.kill()
    complaints[:] = [each for each in complaints if "WebSocket" not in each and "ERR_CONNECTION" not in each]


def test_points_of_one_class_wait_for_another(network: NetworkPage) -> None:
    network.open("drawn=0,0,0;1,1,1;2,1,0;1,2,0&split=100,0,0&hidden=2&steps=100&entrant=adam")
    network.trained()
    expect(network.part("data-card", "watch")).to_have_text("4 points of your own, in the classes you drew.")
    page = network.page
    page.goto(f"{page.url.split('#')[0]}#drawn=0,0,0;1,1,0&hidden=2&steps=100&entrant=adam")
    network.wait("({ setup, run }) => setup.get().drawn?.length === 2 && run.get().have < 0")
    expect(network.part("regions", "waiting")).to_contain_text("All of class A so far")
    expect(page.locator("#data-card > .field-error")).to_be_empty()
    network.part("data-card", "scene").select_option("blobs")
    network.wait("({ facts, setup }) => setup.get().data === 'blobs' && facts.get()?.dims[1] === 4")


def test_a_table_without_text_or_with_a_bad_row_says_so(network: NetworkPage) -> None:
    network.open(SHORT)
    network.part("data-card", "paste").click()
    error = network.part("data-card", "table-sheet").locator("[data-part='error']")
    network.part("data-card", "use").click(force=True)
    expect(error).to_contain_text("no text here yet")
    network.part("data-card", "text").fill("a,b,kind\n1,two,x\n2,3,y")
    expect(error).to_contain_text("a number was expected in column 2, as in the rows around")


def test_a_table_with_a_number_at_the_end_of_each_row_is_a_curve(network: NetworkPage) -> None:
    network.open(SHORT)
    before = network.setup
    for text, inputs, told in (
        (
            "\n".join(f"{i / 10},{(i - 20) ** 2 / 100}" for i in range(40)),
            1,
            "a number to follow from one input",
        ),
        (
            "\n".join(f"{i % 7},{i % 5},{i % 3},{1000.5 + i}" for i in range(40)),
            3,
            "a number to follow from 3 inputs. The number is counted in standard deviations",
        ),
    ):
        network.part("data-card", "paste").click()
        network.part("data-card", "text").fill(text)
        network.part("data-card", "use").click()
        network.wait("({ facts }, inputs) => facts.get()?.dims[0] === inputs", inputs)
        expect(network.part("data-card", "watch")).to_contain_text(told)
        assert network.setup["loss"] == "mse"
        network.settled()
        network.trained()
        expect(network.part("network-card", "loss").locator("option", has_text="Cross")).to_be_disabled()
    link = network.ask("() => location.hash.slice(1)")
    assert "loss=mse" in link
    network.page.keyboard.press("Escape")
    for _ in range(2):
        network.part("undo-redo", "undo").click()
    assert network.setup == before


def test_a_change_that_is_too_much_work_is_told_and_taken_back(network: NetworkPage) -> None:
    network.open("data=digits&hidden=64,64,64&batch=4&steps=3000&entrant=adam:lr=0.001", size=DESKTOP)
    network.go_to(200)
    batch = network.setting("batch", "slider")
    batch.focus()
    batch.press("End")
    expect(network.page.locator("#toast")).to_contain_text("may be at most")
    network.wait("({ setup }) => setup.get().changes.length === 0")
    expect(network.setting("batch")).to_have_text("4")
    network.settled()
    network.trained()
