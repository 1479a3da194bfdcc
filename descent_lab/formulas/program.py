"""A formula and its derivatives as a program: an array of operations on registers, in place of code for a compiler.

The same operations on the same numbers as the straight-line code, in the same order, so the same bits; ready in a
millisecond, and gone when nobody holds it. `machine.register_machine` runs it.

A program is one array of numbers, and the whole numbers in it are stored as their bits:

    HEAD counts   of variables, registers, constants, results, words, and of all these numbers
    constants     numbers
    results       whole numbers: the registers in which they are found
    words         whole numbers: an operation, the register it writes, and those it reads

The first registers hold the variables, the next the constants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from descent_lab.formulas.derivatives import terms
from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.shared_terms import Term, schedule

HEAD = 6
"""Whole numbers at the beginning of a program."""

BITS = 16
"""Of a word, for its operation and for each register; an operation on more than two has a second word."""

FUNCTIONS = (
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "exp", "log", "sqrt", "cbrt", "erf", "fabs", "floor", "ceil",
)  # fmt: skip
PAIRS = ("pow", "atan2")

OPERATIONS: Mapping[str, tuple[str, str]] = {
    **{sign: ("ab", f"a {sign} b") for sign in "+-*/"},
    "neg": ("a", "-a"),
    **{name: ("a", f"{name}(a)") for name in FUNCTIONS},
    **{name: ("ab", f"{name}(a, b)") for name in PAIRS},
    **{sign: ("abcd", f"c if a {sign} b else d") for sign in ("<", "<=", ">", ">=", "==")},
    # Two at once, where nobody else needs the first: rounded one after the other as if they were two.
    "*+": ("abc", "a * b + c"),
    "*-": ("abc", "a * b - c"),
    "-*": ("abc", "c - a * b"),
    "**": ("abc", "a * b * c"),
    "(+)*": ("abc", "(a + b) * c"),
    "(-)*": ("abc", "(a - b) * c"),
}
"""What a word can say: the registers that are read, and what is made of them. Its number is the place here."""

_NUMBERS = {name: number for number, name in enumerate(OPERATIONS)}
_TWO = {("*", "+"): "*+", ("*", "-"): "*-", ("*", "*"): "**", ("+", "*"): "(+)*", ("-", "*"): "(-)*"}


def programs(expression: Expression) -> tuple[np.ndarray, np.ndarray]:
    """The program of a formula and its gradient, and that of its Hessian's upper triangle, row by row."""
    results = terms(expression, 2)
    of_field = 1 + len(expression.names)
    return assembled(expression.names, results[:of_field]), assembled(expression.names, results[of_field:])


def assembled(names: tuple[str, ...], results: Sequence[Term]) -> np.ndarray:
    """The program that computes the terms from the variables `names`."""
    order, uses = schedule(results)
    numbers = [term for term in order if term.constant]
    held = {term: names.index(term.name) for term in order if term.operator == "variable"}
    held |= {term: len(names) + place for place, term in enumerate(numbers)}
    steps = _steps([term for term in order if term not in held], uses, set(results))
    words, registers = _words(steps, held, len(names) + len(numbers), set(results))
    constants = np.array([term.value for term in numbers], dtype=float)
    found = [held[term] for term in results]
    counts = [len(names), registers, len(numbers), len(found), len(words)]
    parts = [constants, _bits(found), _bits(words)]
    return np.concatenate([_bits([*counts, HEAD + sum(map(len, parts))]), *parts])


def _bits(values: Sequence[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64).view(np.float64)


@dataclass(frozen=True, slots=True)
class _Step:
    """An operation, the term that it computes, and the terms that it reads."""

    operation: str
    term: Term
    reads: tuple[Term, ...]


def _steps(order: Sequence[Term], uses: Mapping[Term, int], results: set[Term]) -> list[_Step]:
    """The operations that compute the terms, two at once where that can be."""
    steps: list[_Step] = []
    absorbed: set[Term] = set()
    for term in order:
        step = _Step(term.name if term.operator == "call" else term.operator, term, term.arguments)
        for place, first in enumerate(term.arguments[:2]):
            operation = _TWO.get((first.operator, term.operator))
            if operation is None or uses[first] > 1 or first in results or first in absorbed:
                continue
            if any(part in absorbed for part in first.arguments):
                continue  # it is two at once itself
            other = term.arguments[1 - place]
            operation = "-*" if (operation, place) == ("*-", 1) else operation
            step = _Step(operation, term, (*first.arguments, other))
            absorbed.add(first)
            break
        steps.append(step)
    return [step for step in steps if step.term not in absorbed]


def _words(
    steps: Sequence[_Step], held: dict[Term, int], registers: int, kept: set[Term]
) -> tuple[list[int], int]:
    """The words, and how many registers they take. held: the register of every term; it is filled.

    No register is written by an operation that reads it, so that blocks of lanes never overlap.
    """
    last = {term: place for place, step in enumerate(steps) for term in step.reads}
    free: list[int] = []
    words: list[int] = []
    fixed = {*held, *kept}
    for place, step in enumerate(steps):
        if not free:
            free.append(registers)
            registers += 1
        held[step.term] = free.pop()
        read = [held[term] for term in step.reads]
        free += [
            held[term] for term in dict.fromkeys(step.reads) if last[term] == place and term not in fixed
        ]
        words.append(_packed(_NUMBERS[step.operation], held[step.term], *read[:2]))
        if len(read) > 2:
            words.append(_packed(*read[2:]))
    return words, registers


def _packed(*parts: int) -> int:
    """Whole numbers side by side, the first in the lowest bits."""
    return sum(part << BITS * i for i, part in enumerate(parts))
