"""Two servers behind a real nginx, which hands connections to them in turn: one of them goes, and nothing is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.lab.test_reconnect import LONG, in_one_go, lost
from tests.browser.lab_page import LabPage
from tests.browser.network.network_page import NetworkPage
from tests.browser.network.test_files import LARGE, drop
from tests.browser.race.race_page import RacePage
from tests.services import Service, free_port, nginx, redis
from tests.waiting import seen

TRAINING = (
    "data=spirals&samples=400&hidden=12,12&steps=6000&seed=4&batch=16&dropout=0.1"
    "&entrant=adam:lr=0.01&entrant=sgd:lr=0.1,noise=0.01"
)
MORE = LARGE + LARGE.partition("\n")[2] * 3
LISTEN = """() => {
  window.said = [];
  descentLab.state.connection.subscribe(({ state }) => said.push(state));
  const banner = document.querySelector("#banner [data-part=words]");
  const heard = new MutationObserver(() => said.push(banner.textContent));
  heard.observe(banner, { childList: true, characterData: true, subtree: true });
}"""


class Replicas:
    """Two servers, the nginx before them, and the store that they share."""

    def __init__(self, folder: Callable[[str], Path]) -> None:
        self.store: Service = redis(folder("redis"))
        where = {"DESCENT_LAB_STORE": f"redis://127.0.0.1:{self.store.port}/0"}
        self.servers = [Server(free_port(), folder(name) / "log.txt", where) for name in ("one", "two")]
        self.proxy: Service = nginx(folder("nginx"), [each.port for each in self.servers])
        self.url = f"http://127.0.0.1:{self.proxy.port}"

    def start(self) -> None:
        """What does not run."""
        for service in (self.store, self.proxy):
            if service.process is None:
                service.start()
        for server in self.servers:
            if server.process is None or server.process.poll() is not None:
                server.start()

    def end(self) -> None:
        for each in (self.proxy, *self.servers, self.store):
            each.kill()

    def holder(self) -> Server:
        """The server that has the page's socket: there is one connection, which stays."""
        assert seen(lambda: sorted(map(connections, self.servers)) == [0, 1])
        return max(self.servers, key=connections)


def connections(server: Server) -> int:
    """How many are open to it, whether or not it has taken them yet."""
    return sum(
        tuple(each.laddr)[1:] == (server.port,) and each.status == psutil.CONN_ESTABLISHED
        for each in psutil.net_connections("tcp4")
    )


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    replicas = Replicas(lambda name: tmp_path_factory.mktemp(name))
    yield replicas
    replicas.end()


@pytest.fixture
def replicas(behind: Replicas) -> Replicas:
    """Both servers run, whatever the test before has done to them."""
    behind.start()
    return behind


def to_the_end(lab: LabPage, steps: int) -> None:
    lab.wait("({ connection }) => connection.get().state === 'open'")
    lab.page.locator("#main").focus()
    lab.page.keyboard.press("End")
    lab.wait(f"({{ playhead }}) => playhead.get().step === {steps}")


def test_a_server_killed_during_a_race_costs_no_step(
    race: RacePage, replicas: Replicas, complaints: list[str]
) -> None:
    race.open(LONG, base=replicas.url, playing=True)
    race.wait("({ run, playhead }) => run.get().have > 0 && playhead.get().step > 5")
    assert race.ask("({ run }) => run.get().have") < 10_000
    race.page.evaluate(LISTEN)
    setup, step = race.setup, race.step
    replicas.holder().kill()
    race.wait("() => said.includes('lost')")
    to_the_end(race, 10_000)
    assert race.step >= step
    assert race.setup == setup
    assert race.agrees(replicas.url) == in_one_go(setup)
    expect(race.part("banner", "words")).to_be_empty()
    lost(complaints)


def test_a_server_killed_during_a_training_costs_no_step(
    network: NetworkPage, replicas: Replicas, complaints: list[str]
) -> None:
    network.open(TRAINING, base=replicas.url, playing=True)
    network.wait("({ run, playhead }) => run.get().have > 0 && playhead.get().step > 5")
    assert network.ask("({ run }) => run.get().have") < 6_000
    network.page.evaluate(LISTEN)
    setup = network.setup
    replicas.holder().kill()
    network.wait("() => said.includes('lost')")
    to_the_end(network, 6_000)
    assert network.setup == setup
    network.settled()
    network.trained()
    lost(complaints)


def test_a_server_that_is_told_to_end_sends_the_race_on_without_a_word(
    race: RacePage, replicas: Replicas, complaints: list[str]
) -> None:
    race.open(LONG, base=replicas.url, playing=True)
    race.wait("({ run, playhead }) => run.get().have > 0 && playhead.get().step > 5")
    race.page.evaluate(LISTEN)
    server, setup = replicas.holder(), race.setup
    assert server.process is not None
    server.process.send_signal(signal.SIGTERM)
    race.wait("() => said.slice(1).includes('open')")
    assert race.page.evaluate("() => said") == ["open", "connecting", "open"]
    assert server.process.wait(10) in (0, -signal.SIGTERM)
    to_the_end(race, 10_000)
    assert race.agrees(replicas.url) == in_one_go(setup)
    assert not complaints


def test_an_upload_is_sent_again_and_both_servers_read_it(
    network: NetworkPage, replicas: Replicas, complaints: list[str]
) -> None:
    network.open("data=moons&samples=40&hidden=3&steps=60&seed=7&entrant=adam:lr=0.02", base=replicas.url)
    replicas.holder()
    before = {server.port: connections(server) for server in replicas.servers}
    for server in replicas.servers:  # neither answers: the file is on its way until one of them is killed
        assert server.process is not None
        server.process.send_signal(signal.SIGSTOP)
    drop(network, MORE)
    assert seen(lambda: any(connections(each) > before[each.port] for each in replicas.servers))
    taker = next(each for each in replicas.servers if connections(each) > before[each.port])
    (other,) = (each for each in replicas.servers if each is not taker)
    taker.kill()
    assert other.process is not None
    other.process.send_signal(signal.SIGCONT)
    expect(network.part("data-card", "verdict")).to_have_text(
        "80,000 rows: which of 2 classes, by kind, told from x, y, day."
    )
    network.part("data-card", "use").click()
    network.wait("({ setup }) => /^[0-9a-f]{64}$/.test(setup.get().file ?? '')")
    network.wait("({ run }) => run.get().have > 0")
    setup = network.setup
    taker.start()  # with nothing of its own: what it reads comes from the store
    other.kill()
    network.page.wait_for_url("**file=*")
    link = network.page.url.partition("#")[2]
    network.page.goto("about:blank")
    network.page.goto(f"{replicas.url}{network.path}#{link}")
    network.wait(f"({{ setup }}) => setup.get().file === '{setup['file']}'")
    network.wait("({ run }) => run.get().have > 0")
    lost(complaints)
    complaints[:] = [each for each in complaints if "502" not in each and "504" not in each]
