"""What a connection has granted of its race or training, and what of that has been sent."""

from __future__ import annotations

from abc import ABC, abstractmethod

from descent_lab.refusals import Refusal
from descent_lab.setups.setup import Setup


class CreditedRun(ABC):
    """Steps are computed up to `credit` and no further; those up to `sent` have been sent, and a frame is `due` where
    a change was made, even if no step is new."""

    def __init__(self, id: int, setup: Setup, credit: int, after: int | None) -> None:
        if after is not None and after > setup.steps:
            raise Refusal("after", field="after", last=setup.steps, came=after)
        self.id = id
        self.credit = min(credit, setup.steps)
        self.sent = -1 if after is None else after
        self.due = False

    @property
    @abstractmethod
    def setup(self) -> Setup:
        """The setup with all changes that were made."""

    @property
    def busy(self) -> bool:
        """Whether there is something to compute or to send."""
        return self.sent < self.credit or self.due

    def grant(self, to: int) -> None:
        """More credit; never less."""
        self.credit = max(self.credit, min(to, self.setup.steps))

    def send_again(self, after: int) -> None:
        """The steps behind that one are others now, and are to be sent again."""
        self.sent = min(self.sent, after)
        self.due = True
