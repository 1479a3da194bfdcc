"""The names of a formula, and words that are several of them: `xsin(y)` is x times sin(y), `axy` is a times x times y.

A letter that is no variable is a parameter, and so is a Greek letter's name. A word is never taken apart where it may
be a slip of the pen: what holds a function's name and no bracket, what is called and is no function, what has many
letters of which some are no variables.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from descent_lab.formulas.tokens import Token, refusal
from descent_lab.formulas.tree import FUNCTIONS
from descent_lab.refusals import Refusal, nearest

CONSTANTS = {"pi": math.pi, "e": math.e}

SHORT = {"pow": 2, "hypot": 2, "where": 3}
"""Functions that are short for an operation or a choice, and how many arguments they take."""

CALLED = frozenset({*FUNCTIONS, *SHORT})

JOINING = ("and", "or")
"""Words that stand between conditions."""

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
"""Letters that a parameter may be called by: their names, under which it is known, and their signs."""

ALIASES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "fabs": "abs", "sgn": "sign",
    "π": "pi", "√": "sqrt", "∛": "cbrt",
} | {sign: name for name, sign in GREEK.items()} | {"ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta"}  # fmt: skip

_PYTHON = ("if", "else")
_MOST_FACTORS = 3  # of a word in which a letter is a parameter


def is_parameter(name: str, names: Sequence[str]) -> bool:
    """Whether a name that is none of the variables `names` stands for a number that may be turned."""
    if name in GREEK:
        return True
    taken = {*names, *CONSTANTS}
    return len(name) == 1 and name.isalpha() and name not in taken and name.lower() not in taken


def taken_apart(tokens: Sequence[Token], names: Sequence[str]) -> list[Token]:
    """The tokens, every word among them a name. Raises `Refusal` for a word that is none and no product of some."""
    return [part for token, after in _pairs(tokens) for part in _names(token, after, names)]


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    return zip(tokens, [*tokens[1:], tokens[-1]], strict=True)


def _names(token: Token, after: Token, names: Sequence[str]) -> list[Token]:
    word = token.text
    plain = ALIASES.get(word, word)
    known = (*names, *CONSTANTS, *CALLED, *JOINING)
    if token.kind != "name" or word in names or plain in known or is_parameter(plain, names):
        return [token]
    called = after.kind == "("
    factors = None if word in _PYTHON else _factors(word, called, names)
    if factors is None:
        raise _unknown(token, called, names)
    starts = [token.start + sum(map(len, factors[:i])) for i in range(len(factors))]
    return [Token("name", each, at, at + len(each)) for each, at in zip(factors, starts, strict=True)]


def _factors(word: str, called: bool, names: Sequence[str]) -> list[str] | None:
    """The names of which a word is the product, the last of them perhaps a function; None where it is none."""
    functions = sorted({*CALLED, *(each for each, plain in ALIASES.items() if plain in CALLED)}, key=len)
    function = next((each for each in reversed(functions) if called and word.endswith(each)), "")
    head = word.removesuffix(function)
    letters = list(_letters(head, (*names, *CONSTANTS, "π")))
    free = [each for each in letters if each not in names and ALIASES.get(each, each) not in CONSTANTS]
    if free:
        slips = (
            any(each in head for each in functions),
            word.lower() in functions,
            len(letters) > _MOST_FACTORS,
            called and not function and letters[-1] in free,
            not all(is_parameter(ALIASES.get(each, each), names) for each in free),
        )
        if any(slips):
            return None
    return [*letters, *filter(None, [function])]


def _letters(word: str, known: Iterable[str]) -> Iterator[str]:
    """A word as known names, the longest that fit, and single letters."""
    longest = sorted(known, key=len, reverse=True)
    while word:
        first = next((name for name in longest if word.startswith(name)), word[0])
        yield first
        word = word.removeprefix(first)


def _unknown(token: Token, called: bool, names: Sequence[str]) -> Refusal:
    """That a word is none of a variable, a constant or a function, and what may have been meant."""
    word = token.text[:40]

    def refused(reason: str, **values: Any) -> Refusal:
        return refusal(reason, token.start, token.end, name=word, **values)

    if word in _PYTHON:
        return refused("choice in words")
    letters = [*names, *CONSTANTS]
    if all(letter.lower() in letters for letter in word):
        return refused("like a name", like="*".join(word.lower()))
    if word[0] in letters and word[1:].isdecimal():
        return refused("power or product", power=f"{word[0]}^{word[1:]}", product=f"{word[1:]}*{word[0]}")
    functions = [*CALLED, *ALIASES]
    begun = next(
        (each for each in sorted(functions, key=len, reverse=True) if each in word and len(each) > 1), None
    )
    like = nearest(word.lower(), [*letters, *functions])
    if begun is not None and not called:
        rest = word.partition(begun)[2] or names[0]
        return refusal("needs brackets", token.start, token.end, function=begun, variable=rest)
    return refused("like a name", like=like) if like else refused("unknown name", known=list(names))
