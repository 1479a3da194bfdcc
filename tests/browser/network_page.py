"""The network page as a person has it."""

from tests.browser.lab_page import LabPage

SETTLED = """({ run, setup }) => {
  const { complete, have, entrants } = run.get();
  return complete && have === setup.get().steps && entrants === setup.get().entrants.length;
}"""


class NetworkPage(LabPage):
    """Several optimizers on one network."""

    path = "/network"

    def open(
        self, fragment: str = "", *, size: dict[str, int] | None = None, base: str = "", playing: bool = False
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
