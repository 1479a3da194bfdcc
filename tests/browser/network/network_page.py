"""The network page as a person has it."""

from typing import Any

import numpy as np
from playwright.sync_api import Locator, ViewportSize

from descent_lab.setups.reading import read_setup
from descent_lab.training.training import Training
from tests.browser.lab_page import LabPage, eventually

SETTLED = """({ run, setup }) => {
  const { complete, have, entrants } = run.get();
  return complete && have === setup.get().steps && entrants === setup.get().entrants.length;
}"""


LOSSES = "({ run }) => run.get().losses.map((each) => Array.from(each))"
MEASURED = """({ run }) => Object.fromEntries(Object.entries(run.get().measured).map(([name, rows]) =>
  [name, rows.map((each) => Array.from(each.subarray(0, run.get().records.length)))]))"""


def in_one_go(setup: dict[str, Any]) -> Training:
    """The training of a setup by the engine itself."""
    training = Training(read_setup(setup))
    training.advance(training.setup.steps)
    return training


class NetworkPage(LabPage):
    """Several optimizers on one network."""

    path = "/network"

    def open(
        self, fragment: str = "", *, size: ViewportSize | None = None, base: str = "", playing: bool = False
    ) -> None:
        """Opens the page and waits until all is trained, unless it is to go on `playing`; then stands at the start."""
        more = {} if size is None else {"size": size}
        super().open(fragment, base=base, playing=True, **more)
        if not playing:
            self.settled()
            self.pause()
            self.page.keyboard.press("Home")
            self.wait("({ playhead }) => playhead.get().step === 0")

    def settled(self, after: int = -1) -> None:
        """Waits until the training on screen has come whole, in a run later than version `after`."""
        self.wait("({ run }, after) => run.get().version > after", after)
        self.wait(SETTLED)

    # ------------------------------------------------------------ looking

    def losses(self) -> list[list[float]]:
        """Every step's loss of every racer."""
        return self.ask(LOSSES)

    def holds(self, losses: list[list[float]]) -> None:
        """Waits until these are the losses, bit for bit."""
        assert eventually(self.losses, lambda seen: seen == losses) == losses

    def trained(self) -> Training:
        """Waits until all that is held on the page is what the engine computes for the setup on screen, bit for bit,
        and gives that. The setup does not change meanwhile."""
        training = in_one_go(self.setup)
        steps = training.setup.steps
        measured = {name: np.asarray(rows).tolist() for name, rows in training.measured(0, steps).items()}
        records = [each.step for each in training.records(0, steps)]
        self.holds(training.losses(0, steps).tolist())
        assert eventually(lambda: self.ask(MEASURED), lambda seen: seen == measured) == measured
        assert self.ask("({ run }) => run.get().records") == records
        return training

    # ------------------------------------------------------------ doing

    def go_to(self, step: int) -> None:
        """Moves the playhead to a step that is there."""
        self.part("player", "scrub").fill(str(step))
        self.wait("({ playhead }, step) => playhead.get().step === step", step)

    def setting(self, name: str, part: str = "value") -> Locator:
        """A line of the network's card: its number, or its "slider"."""
        return self.part("network-card", name).locator(f"[data-part='{part}']")
