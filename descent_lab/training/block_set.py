"""A block set: the lanes of a training in blocks, which the cores share.

A lane has the same bits whoever it shares a block with, so how lanes are divided changes nothing but the time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from descent_lab.machine.endpoints import pool
from descent_lab.machine.lanes import Lanes
from descent_lab.machine.mixed_block import MixedBlock
from descent_lab.machine.rules import Optimizer
from descent_lab.networks.network import Network

ENOUGH = 4
"""So many lanes are worth the handing over to another core."""

LARGE = 1_000
"""Of networks with so many weights each lane is a mixed block of its own: its layers fill the processor's vectors by
themselves, and its weights lie in a row."""

T = TypeVar("T")

Seen = tuple[np.ndarray, dict[str, np.ndarray]]
"""Where lanes stood, (dim, lanes), and what was measured there, (lanes,) each."""


class BlockSet:
    """Single lanes of several optimizers on one network, in blocks (see `MixedBlock`)."""

    def __init__(self, blocks: Sequence[MixedBlock]) -> None:
        self.blocks = list(blocks)

    @classmethod
    def start(
        cls,
        network: Network,
        optimizers: Sequence[Optimizer],
        start: np.ndarray,
        knobs: Sequence[Sequence[float]],
        noise: Sequence[float],
        first: np.ndarray,
    ) -> BlockSet:
        """Before the first step. start: (dim, lanes). first: (lanes,), the losses there. The rest is of each lane."""
        parts = _parts(len(optimizers), network.dim)
        return cls(
            [
                MixedBlock(
                    network,
                    optimizers[own],
                    np.ascontiguousarray(start[:, own]),
                    knobs[own],
                    noise[own],
                    [-np.inf] * len(optimizers[own]),
                    first[own],
                )
                for own in parts
            ]
        )

    @property
    def step(self) -> int:
        """Steps taken."""
        return self.blocks[0].step

    @property
    def w(self) -> np.ndarray:
        """Where everybody stands, (dim, lanes); a copy."""
        return np.concatenate([block.w for block in self.blocks], axis=1)

    @property
    def died(self) -> np.ndarray:
        """The step at which each lane died, -1 for the living: (lanes,)."""
        return np.concatenate([block.marks[1] for block in self.blocks])

    @property
    def network(self) -> Network:
        """The network with the settings that hold now."""
        network = self.blocks[0].problem
        assert isinstance(network, Network)
        return network

    @network.setter
    def network(self, network: Network) -> None:
        for block in self.blocks:
            block.problem = network

    def lane(self, index: int) -> Lanes:
        """One lane, as a view that goes on changing with the block set."""
        for block in self.blocks:
            if index < block.w.shape[1]:
                return block.lane(index)
            index -= block.w.shape[1]
        raise IndexError(index)

    def copy(self) -> BlockSet:
        """The block set as it stands, to come back to."""
        return BlockSet([block.copy() for block in self.blocks])

    def advance(
        self, ends: Sequence[int], rates: np.ndarray, draws: np.ndarray, losses: np.ndarray
    ) -> list[Seen]:
        """Take rates.shape[1] steps; what was seen at those of the steps in `ends`, which rise.

        Between two ends nobody waits for anybody. rates: (lanes, steps). draws: (steps, dim), or anything with so many
        rows if nobody draws. losses: (steps + 1, lanes), filled.
        """
        begin = self.step
        stops = [*(end - begin for end in ends), rates.shape[1]]

        def part(block: MixedBlock, own: slice) -> list[Seen]:
            mine, seen, found = np.ascontiguousarray(rates[own]), losses[:, own], list[Seen]()
            at = 0
            for stop in stops:
                if stop > at:
                    here = np.empty((stop - at + 1, block.w.shape[1]))
                    steps = np.ascontiguousarray(mine[:, at:stop])
                    block.advance(steps, draws[at:stop], _NO_PATH, here)
                    seen[at : stop + 1] = here
                    at = stop
                if len(found) < len(ends):
                    found.append((block.w.copy(), self.network.measure(block.w)))
            return found

        parts = self._each(part)
        return [
            (np.concatenate([w for w, _ in each], axis=1), _joined([measured for _, measured in each]))
            for each in zip(*parts, strict=True)
        ]

    def measure(self) -> dict[str, np.ndarray]:
        """What `Network.measure` says of everybody, (lanes,) each."""
        return _joined(self._each(lambda block, _: self.network.measure(block.w)))

    def _each(self, task: Callable[[MixedBlock, slice], T]) -> list[T]:
        """The task for every block and the numbers of its lanes. The cores share them, whoever asks among them."""
        ends = np.cumsum([block.w.shape[1] for block in self.blocks]).tolist()
        owned = [slice(end - block.w.shape[1], end) for block, end in zip(self.blocks, ends, strict=True)]
        given = list(zip(self.blocks, owned, strict=True))
        cores = min(os.cpu_count() or 1, len(given))

        def share(core: int) -> list[T]:
            return [task(*each) for each in given[core::cores]]

        handed = [pool().submit(share, core) for core in range(1, cores)]
        shares = [share(0), *(each.result() for each in handed)]
        return [shares[i % cores][i // cores] for i in range(len(given))]


def _parts(lanes: int, weights: int) -> list[slice]:
    """Which lanes make a mixed block."""
    if weights >= LARGE:
        return [slice(lane, lane + 1) for lane in range(lanes)]
    if lanes >= ENOUGH and (os.cpu_count() or 1) > 1:
        half = -(-lanes // 2)
        return [slice(0, half), slice(half, lanes)]
    return [slice(0, lanes)]


def _joined(found: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]}


_NO_PATH = np.empty((0, 0, 0))
