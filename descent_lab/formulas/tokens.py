"""What a typed formula is read as, sign by sign, and how a place in it is refused."""

from __future__ import annotations

import re
from typing import NamedTuple

from descent_lab.refusals import Refusal


def refusal(code: str, message: str, start: int, end: int) -> Refusal:
    """A refusal of the typed formula, for what stands from `start` to `end`."""
    return Refusal(message, code=code, field="expression", position=(start, end))


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[π√]|[^\W\d⁰¹²³⁴-⁹π][^\W⁰¹²³⁴-⁹π]*)
    | (?P<superscript>⁻?[⁰¹²³⁴-⁹]+)
    | (?P<sign>\*\*|[-+*/^(),|·×⋅∙−–÷])
    )""",
    re.VERBOSE,
)
_SIGNS = {"**": "^", "·": "*", "×": "*", "⋅": "*", "∙": "*", "−": "-", "–": "-", "÷": "/"}
SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_STRANGERS = {
    "=": "A formula has no '='; type only what stands on its right side.",
    "<": "Comparisons are not part of a formula; min and max may do what you want.",
    ">": "Comparisons are not part of a formula; min and max may do what you want.",
    "[": "Square brackets are not part of a formula; use round ones.",
    "{": "Curly brackets are not part of a formula; use round ones.",
    "%": "A formula has no remainder '%'.",
    "!": "A formula has no factorial '!'.",
}


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
            message = _STRANGERS.get(text[at], f"{text[at]!r} cannot stand in a formula.")
            raise refusal("character", message, at, at + 1)
        kind, word = match.lastgroup, match.group(match.lastgroup)
        at = match.end()
        tokens.append(Token(_SIGNS.get(word, word) if kind == "sign" else kind, word, at - len(word), at))
    tokens.append(Token("end", "", end, end))
    return tokens
