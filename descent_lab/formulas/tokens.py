"""What a typed formula is read as, sign by sign, and how a place in it is refused."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from descent_lab.refusals import Refusal


def refusal(reason: str, start: int, end: int, **values: Any) -> Refusal:
    """A refusal of the typed formula, for what stands from `start` to `end`."""
    return Refusal(reason, field="expression", position=(start, end), **values)


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[π√∛]|[^\W\d⁰¹²³⁴-⁹π][^\W⁰¹²³⁴-⁹π]*)
    | (?P<superscript>⁻?[⁰¹²³⁴-⁹]+)
    | (?P<sign>\*\*|[<>=!]=|[-+*/^(),|<>?:≤≥≠·×⋅∙−–÷])
    )""",
    re.VERBOSE,
)
_SIGNS = {
    "**": "^",
    "·": "*",
    "×": "*",
    "⋅": "*",
    "∙": "*",
    "−": "-",
    "–": "-",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}
SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_STRANGERS = {
    "=": "equals sign",
    "[": "square bracket",
    "{": "curly bracket",
    "%": "remainder",
    "!": "factorial",
}
"""Signs that people try -> the reason why they cannot stand in a formula."""


class Token(NamedTuple):
    kind: str  # "number", "name", "superscript", "end", or the sign itself
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise refusal(_STRANGERS.get(text[at], "character"), at, at + 1, sign=text[at])
        kind, word = match.lastgroup, match.group(match.lastgroup)
        at = match.end()
        tokens.append(Token(_SIGNS.get(word, word) if kind == "sign" else kind, word, at - len(word), at))
    tokens.append(Token("end", "", end, end))
    return tokens
