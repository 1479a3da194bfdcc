"""A change of the data while the optimizers run."""

from __future__ import annotations

from dataclasses import dataclass

from descent_lab.refusals import Refusal


@dataclass(frozen=True)
class DataChange:
    """From step `at` on, point number `point` lies at `to`; the first number not taken adds one, None removes."""

    at: int
    point: int
    to: tuple[float, float] | None

    @property
    def replaces(self) -> tuple[object, ...]:
        """A later change with the same takes the place of this one: a point that is dragged on."""
        return (self.at, "point", self.point) if self.to is not None else (self.at, "removed", id(self))

    def counted(self, count: int) -> int:
        """How many points there are after it. `Refusal` where there is no such point."""
        last = count if self.to is not None else count - 1
        if not 0 <= self.point <= last:
            raise Refusal(
                "no such point", field="changes", at=self.at, count=count, last=last, point=self.point
            )
        return count + (self.point == count) if self.to is not None else count - 1
