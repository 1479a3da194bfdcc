"""Early stopping: who has had no better validation loss for a while learns no more, and keeps the best weights it had.

(Prechelt 1998, "Early stopping - but when?": the patience counted in steps, and the best weights restored.)
"""

from __future__ import annotations

import numpy as np


class EarlyStopping:
    """Of each lane the best record of its validation loss, and where it stopped.

    patience: steps without a better loss after which a lane stops; 0 for never. best, at: (lanes,), the step of the
    best loss, and that at which the lane stopped; -1 while it learns. Records are noted in the order of their steps.
    What was noted once can be noted again, so that a training may go back: a lane that has stopped stands still.
    """

    def __init__(self, lanes: int, patience: int) -> None:
        self.patience = patience
        self.best, self.at = np.full(lanes, -1), np.full(lanes, -1)
        self._least = np.full(lanes, np.inf)
        self._w: dict[int, np.ndarray] = {}
        self._measured: dict[int, dict[str, float]] = {}

    def note(
        self, step: int, w: np.ndarray, measured: dict[str, np.ndarray]
    ) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The weights, (dim, lanes), and what was measured, (lanes,) each, as they count: of lanes that have stopped,
        the best they had. A lane that diverged, whose losses are NaN, has not stopped."""
        losses = measured.get("validation")
        if not self.patience or losses is None:
            return w, measured
        for lane in np.flatnonzero((self.at < 0) & (losses < self._least)).tolist():
            self._least[lane], self.best[lane] = losses[lane], step
            self._w[lane] = w[:, lane].copy()
            self._measured[lane] = {name: row[lane] for name, row in measured.items()}
        late = (self.at < 0) & ~np.isnan(losses) & (self.best >= 0) & (step - self.best >= self.patience)
        self.at[late] = step
        stopped: list[int] = np.flatnonzero(self.at >= 0).tolist()
        if stopped:
            w, measured = w.copy(), {name: row.copy() for name, row in measured.items()}
            for lane in stopped:
                w[:, lane] = self._w[lane]
                for name, value in self._measured[lane].items():
                    measured[name][lane] = value
        return w, measured
