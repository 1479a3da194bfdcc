"""Refusal: the one exception for bad input, whoever sends it and whoever notices.

It is a reason and values; the sentence is made of them where it is read (page, API, command line), so that another
language is another catalogue of sentences.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any

from descent_lab.refusals.sentence import Sentence
from descent_lab.refusals.sentences import SENTENCES


class Refusal(ValueError):
    """Input that cannot be accepted.

    reason: a key of `SENTENCES`. values: what was expected and what came, plain JSON values that the sentence names,
    none of them in a language; where a word must stand, it is named: {"word": "none"}.
    field: path of the offending value, if one can be named. position: [start, end) in a typed formula, counted in
    characters.
    """

    def __init__(
        self,
        reason: str,
        /,
        *,
        field: str | None = None,
        position: tuple[int, int] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = {name: whole_characters(value) for name, value in values.items()}
        self.field = field and whole_characters(field)
        self.position = position

    def within(self, path: str) -> Refusal:
        """The same refusal of a value that is a part of another, at that path."""
        self.field = f"{path}.{self.field}" if self.field else path
        return self

    @property
    def code(self) -> str:
        """A short word for programs: the kind of the fault, which many reasons share."""
        return SENTENCES[self.reason].code

    @property
    def message(self) -> str:
        """The sentence in English: what was expected and what came."""
        return self.sentence(SENTENCES)

    def sentence(self, sentences: Mapping[str, Sentence]) -> str:
        """The sentence in the language of that catalogue."""
        put = _Put(sentences)
        sentence = put.vformat(sentences[self.reason].text, (), {"field": self.field, **self.values})
        near = self.values.get("near")
        return f"{sentence} {put.format(sentences['near'].text, near=near)}" if near else sentence

    def __str__(self) -> str:
        return self.message

    def describe(self) -> dict[str, Any]:
        """The refusal as plain JSON values."""
        return {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "position": None if self.position is None else list(self.position),
            "reason": self.reason,
            "values": self.values,
        }


def whole_characters(value: Any) -> Any:
    """Texts with � for each half of a surrogate pair, which JSON can escape and UTF-8 cannot hold."""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [whole_characters(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    return value


class _Put(string.Formatter):
    """Puts values into a sentence: a list is named item by item, a word is that of the language."""

    def __init__(self, sentences: Mapping[str, Sentence]) -> None:
        self._sentences = sentences

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Mapping):
            return self._sentences[f"word: {value['word']}"].text
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self.format_field(each, format_spec) for each in value)  # pyright: ignore
        return super().format_field(value, format_spec)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, if any is."""
    close = get_close_matches(name, known, n=5)
    # The commonest slip: adma is adam, not adamax.
    swapped = [each for each in close if sorted(each) == sorted(name)]
    return next(iter([*swapped, *close]), None)


def word(name: str) -> dict[str, str]:
    """A word that stands in a sentence as a value does: `word: <name>` of the catalogue."""
    return {"word": name}


SHOWN = 60
"""Characters of what came, and so more than the parts of it that need to be looked at."""


def show(value: Any) -> Any:
    """What came, for a sentence: short, and as JSON writes it but for texts, which stand in simple quotes."""
    if isinstance(value, int) and abs(value) > 10**20:
        return word("larger")
    text = _written(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def _written(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(whole_characters(value[:1_000]))
        case list() | tuple():
            return f"[{', '.join(_written(each) for each in islice(value, SHOWN))}]"  # pyright: ignore
        case Mapping():
            pairs = (f"{_written(key)}: {_written(each)}" for key, each in islice(value.items(), SHOWN))  # pyright: ignore
            return f"{{{', '.join(pairs)}}}"
        case _:
            return repr(value)
