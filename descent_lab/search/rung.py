"""One rung of a search at work: what of its tasks is known, and what is still to be done.

Of a try no more is kept than the outcomes that have come, and those until the last has; its tasks are made when a
worker is about to need them, so that memory does not grow with what a try holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from descent_lab.refusals import Refusal
from descent_lab.search.grouping import grouped
from descent_lab.search.journal import Journal
from descent_lab.search.tasks import Outcome, Task, Tick
from descent_lab.search.workers import Workers

Whole = Callable[[int, list[Outcome]], None]
"""Takes the number of a try of which all is known, and the outcomes of its tasks in their order."""


class Rung:
    """Tries that are all made alike. total: tasks of all of them. done: how many tasks are."""

    def __init__(
        self,
        total: int,
        tasks_of: Callable[[int], list[Task]],
        journal: Journal,
        made: Tick,
        whole: Whole,
    ) -> None:
        """made: see `Workers.done`; it takes the steps of tasks that are known, too."""
        self.total, self.done = total, 0
        self._tasks_of, self._journal, self._made, self._whole = tasks_of, journal, made, whole
        self._open: dict[int, list[Outcome | None]] = {}
        self._whose: dict[
            str, list[tuple[int, int]]
        ] = {}  # key -> tries that wait for it, and its place in each

    def run(self, numbers: Iterable[int], workers: Workers, texts: dict[str, str]) -> None:
        """Have done what is not known yet of the tries with these numbers."""
        try:
            groups = grouped(self._unknown(numbers), texts, lambda: workers.count)
            for group, outcomes in workers.done(groups, texts, self._made):
                for task, outcome in zip(group, outcomes, strict=True):
                    told = {"setup": task.setup, "steps": task.steps, "fold": task.fold}
                    self._journal.add(task, outcome, **told)
                for task, outcome in zip(group, outcomes, strict=True):
                    first, *others = self._whose.pop(task.key)
                    self._note(outcome, *first)
                    for number, place in others:
                        self._known(task, outcome, number, place)
        except Refusal as refusal:
            if refusal.reason != "cluster lost":
                raise
            why = refusal.values["why"]
            raise Refusal("search lost", field="cluster", done=self.done, total=self.total, why=why) from None

    def _unknown(self, numbers: Iterable[int]) -> Iterator[Task]:
        """Tasks that somebody must do; those that are known are noted on the way."""
        for number in numbers:
            tasks = self._tasks_of(number)
            self._open[number] = [None] * len(tasks)
            for place, task in enumerate(tasks):
                if (outcome := self._journal.found(task)) is not None:
                    self._known(task, outcome, number, place)
                elif task.key in self._whose:
                    self._whose[task.key].append((number, place))
                else:
                    self._whose[task.key] = [(number, place)]
                    yield task

    def _known(self, task: Task, outcome: Outcome, number: int, place: int) -> None:
        """Of a task that nobody needs to do."""
        self._made(task.steps)
        self._note(outcome, number, place)

    def _note(self, outcome: Outcome, number: int, place: int) -> None:
        outcomes = self._open[number]
        outcomes[place] = outcome
        self.done += 1
        known = [each for each in outcomes if each is not None]
        if len(known) == len(outcomes):
            del self._open[number]
            self._whole(number, known)
