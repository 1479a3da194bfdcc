"""One term of art: what it means in a sentence, its formula, a small picture, and what to read next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from descent_lab.formulas.mathml import latex_to_mathml

LONGEST = 30
"""Words of a sentence, at most: it is read in passing."""


@dataclass(frozen=True)
class Term:
    """One entry of the glossary.

    sentence: at most `LONGEST` words. latex: its formulas, one a line; mathml: the same where they are made already.
    draw: makes its picture, an `svg` element. see: keys of terms that belong to it.
    """

    key: str
    name: str
    group: str
    sentence: str
    latex: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    draw: Callable[[], str] | None = None
    mathml: str = ""

    def describe(self) -> dict[str, Any]:
        """What everyone who shows it needs, as plain JSON values."""
        return {
            "key": self.key,
            "name": self.name,
            "group": self.group,
            "sentence": self.sentence,
            "mathml": self.mathml + "".join(latex_to_mathml(line) for line in self.latex),
            "picture": self.draw() if self.draw else "",
            "see": list(self.see),
        }


class Heading:
    """Makes terms that stand under one heading."""

    def __init__(self, group: str) -> None:
        self.group = group

    def __call__(
        self,
        key: str,
        name: str,
        sentence: str,
        *,
        latex: tuple[str, ...] = (),
        see: tuple[str, ...] = (),
        draw: Callable[[], str] | None = None,
    ) -> Term:
        return Term(key, name, self.group, sentence, latex, see, draw)
