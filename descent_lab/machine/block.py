"""A block of lanes on their way: who leaves it, and how the others close up.

A block has either many lanes of one rule, or one lane for each of several. A column of it holds all that the loop knows
of one lane. At first the columns are those of the caller's own arrays, where lane k stands in column k. Once somebody
leaves, the others close up in arrays of their own, and what became of a lane is brought home to the caller's. In a
large block that would be too much work for a single lane that died: its column is taken by a shadow, the double of a
neighbour, until there are enough of them (see `stepping`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

BY_LANE, ASKS_DRAWS, FADES = 1, 2, 4
"""Traits of a rule: what it keeps lies lane by lane, not row by row; it moves by the draws; what it keeps may become 0
when it has faded below the normal numbers, which take a processor up to a hundred times as long as others."""


class Rule(NamedTuple):
    """A rule in a block: its kernel's address, its traits, how many numbers it keeps of a lane, how many knobs."""

    address: int
    traits: int
    state: int
    knobs: int


@dataclass(frozen=True)
class Layout:
    """What lies where in a block. Of each rule, (rules,): addresses, traits, counts of lanes; (rules + 1,): where its
    columns, the numbers that it keeps and its knobs begin. by_chance: (columns,), who moves by the draws."""

    rules: tuple[Rule, ...]
    addresses: np.ndarray
    traits: np.ndarray
    counts: np.ndarray
    columns: np.ndarray
    states: np.ndarray
    knobs: np.ndarray
    by_chance: np.ndarray

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        """As `stepping` takes them."""
        return self.addresses, self.traits, self.counts, self.columns, self.states, self.knobs


@lru_cache(maxsize=1024)
def layout(rules: tuple[Rule, ...], each: int = 1) -> Layout:
    """Of a block with so many lanes of each rule."""

    def starts(sizes: list[int]) -> np.ndarray:
        return np.cumsum([0, *(each * size for size in sizes)], dtype=np.int64)

    def whole(numbers: list[int]) -> np.ndarray:
        return np.array(numbers, dtype=np.int64)

    traits = whole([rule.traits for rule in rules])
    return Layout(
        rules,
        whole([rule.address for rule in rules]),
        traits,
        whole([each] * len(rules)),
        starts([1] * len(rules)),
        starts([rule.state for rule in rules]),
        starts([rule.knobs for rule in rules]),
        np.repeat(traits & ASKS_DRAWS != 0, each),
    )


@dataclass
class Block:
    """Lanes, a column each.

    lanes: (columns,), who stands there; -1 is a shadow. here, gradient: (dim, columns). state, knobs: flat, rule after
    rule. The rest: (columns,).
    """

    layout: Layout
    lanes: np.ndarray
    here: np.ndarray
    gradient: np.ndarray
    loss: np.ndarray
    state: np.ndarray
    knobs: np.ndarray
    noise: np.ndarray
    goal: np.ndarray
    ceiling: np.ndarray
    reached: np.ndarray

    def __len__(self) -> int:
        return len(self.lanes)

    @property
    def of_one(self) -> Rule | None:
        """The rule, where there is but one."""
        return self.layout.rules[0] if len(self.layout.rules) == 1 else None

    def kept(self, rule: Rule, state: np.ndarray) -> np.ndarray:
        """What the one rule keeps of each lane: (rows, columns)."""
        n = len(self)
        return state.reshape(n, rule.state).T if rule.traits & BY_LANE else state.reshape(rule.state, n)

    def bring_home(self, home: Block, chosen: np.ndarray) -> None:
        """What became of the lanes in the chosen columns goes to where lane k stands in column k."""
        columns = np.nonzero(chosen & (self.lanes >= 0))[0]
        lanes = self.lanes[columns]
        home.here[:, lanes] = self.here[:, columns]
        home.reached[lanes] = self.reached[columns]
        if (rule := self.of_one) is not None and (one := home.of_one) is not None:
            home.kept(one, home.state)[:, lanes] = self.kept(rule, self.state)[:, columns]
            return
        for column, lane in zip(columns.tolist(), lanes.tolist(), strict=True):
            home.state[home.layout.states[lane] : home.layout.states[lane + 1]] = self.of(column, self.state)

    def of(self, column: int, state: np.ndarray) -> np.ndarray:
        """What is kept of the lane in a column, where each has a rule of its own."""
        return state[self.layout.states[column] : self.layout.states[column + 1]]

    def without(self, leaving: np.ndarray) -> Block:
        """The others, without shadows, in arrays of their own."""
        stays = ~leaving & (self.lanes >= 0)
        if (rule := self.of_one) is not None:
            lies = layout((rule,), int(np.count_nonzero(stays)))
            kept = self.kept(rule, self.state)[:, stays]
            state = kept.ravel(order="F" if rule.traits & BY_LANE else "C")
            knobs = self.knobs.reshape(rule.knobs, len(self))[:, stays].ravel()
        else:
            rules = [rule for rule, stay in zip(self.layout.rules, stays.tolist(), strict=True) if stay]
            lies = layout(tuple(rules))
            state = self.state[np.repeat(stays, np.diff(self.layout.states))]
            knobs = self.knobs[np.repeat(stays, np.diff(self.layout.knobs))]
        return Block(
            *(
                lies,
                self.lanes[stays],
                self.here[:, stays].copy(order="C"),
                self.gradient[:, stays].copy(order="C"),
            ),
            *(self.loss[stays], state, knobs),
            *(each[stays] for each in (self.noise, self.goal, self.ceiling, self.reached)),
        )

    def still(self, before: np.ndarray) -> np.ndarray:
        """Who stands where it stood a step before, and whom no chance will move. before: (dim, columns)."""
        same = np.all(self.here == before, axis=0)
        return same & (self.noise == 0.0) & (self.lanes >= 0) & ~self.layout.by_chance

    def unchanged(self, still: np.ndarray, state: np.ndarray) -> np.ndarray:
        """Of whom the same is kept as in a state of a step before, among those who are still."""
        if (rule := self.of_one) is not None:
            return still & np.all(self.kept(rule, self.state) == self.kept(rule, state), axis=0)
        same = still.copy()
        for column in np.nonzero(still)[0].tolist():
            same[column] = np.array_equal(self.of(column, self.state), self.of(column, state))
        return same
