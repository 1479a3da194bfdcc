"""The register machine: two kernels, compiled once, that run the program of any formula (see `formulas.program`).

A single lane is worked on number by number. Many are taken in blocks of LANES: every register is then a row of so many
numbers, and every operation a short loop over rows.
"""

# pyright: reportPrivateImportUsage=false, reportMissingTypeStubs=false
# (numba names its own functions outside __all__, and llvmlite has no types.)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from textwrap import indent
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, int64
from numba.core import cgutils
from numba.extending import intrinsic

from descent_lab.formulas.code import PRELUDE
from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.program import BITS, HEAD, OPERATIONS, programs
from descent_lab.machine.kernels import (
    FIELD,
    HESSIAN,
    Kernel,
    Pointer,
    apart,
    call_field,
    compile_kernel,
    inlined,
    pointer,
    shifted,
)

LANES = 128
"""Lanes of a block: its rows stay in the fastest memory, and an operation is looked up once for all of them."""

ROOM = 8192
"""Numbers for which there is room without asking for it: 64 registers of a block."""


def loaded(expression: Expression) -> np.ndarray:
    """What the two kernels read of a formula: its programs, and where the machine itself is found."""
    machine = np.array([field().address]).view(np.float64)
    of_field, of_hessian = programs(expression)
    return np.concatenate([of_field, machine, of_hessian])


@cache
def field() -> Kernel:
    """Loss and gradient by the program that it is given as data (see `kernels`)."""
    numbers = {
        "carray": carray,
        "np": np,
        "pointer": pointer,
        "shifted": shifted,
        "room": room,
        "whole": whole,
    }
    return compile_kernel(_machine(), FIELD, {**numbers, "inlined": inlined, "apart": apart})


@cache
def hessian() -> Kernel:
    """The Hessian by the program that it is given as data (see `kernels`): the same machine, compiled once."""
    return compile_kernel(_HESSIAN, HESSIAN, {"call_field": call_field, "shifted": shifted, "whole": whole})


_at_entry: Any = vars(cgutils)["alloca_once"]


@intrinsic
def room(_context: Any) -> Any:
    """ROOM numbers that last as long as the function that asks."""

    def codegen(_context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        return _at_entry(builder, ir.DoubleType(), ROOM)

    return Pointer(), codegen


@intrinsic
def whole(_context: Any, address: Any, place: Any) -> Any:
    """The whole number whose bits stand at a place among the numbers."""

    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        begin = builder.bitcast(arguments[0], ir.IntType(64).as_pointer())
        return builder.load(builder.gep(begin, [arguments[1]]))

    return int64(address, place), codegen


# ---------------------------------------------------------------- source

_SOURCE = """\
{loops}
@inlined
def one(words, end, R):
    at = 0
    while at < end:
        word = whole(words, at)
        at += 1
        operation, t, a, b = word & {mask}, {t}, {a}, {b}
{one}


@inlined
def at_row(r, register, stride):
    return shifted(r, register * stride)


@inlined
def many(words, end, r, stride, n):
    at = 0
    while at < end:
        word = whole(words, at)
        at += 1
        operation = word & {mask}
        t, a, b = at_row(r, {t}, stride), at_row(r, {a}, stride), at_row(r, {b}, stride)
{many}


@apart
def copied(source, target, n):
    S, T = carray(source, (n,)), carray(target, (n,))
    for j in range(n):
        T[j] = S[j]


@inlined
def execute(data, w, n, stride, r, first, rest):
    variables, constants, results, end = whole(data, 0), whole(data, 2), whole(data, 3), whole(data, 4)
    numbers = shifted(data, {head})
    found = shifted(numbers, constants)
    words = shifted(found, results)
    C, R = carray(numbers, (constants,)), carray(r, (whole(data, 1) * stride,))
    for i in range(constants):
        for j in range(stride):
            R[(variables + i) * stride + j] = C[i]
    if n == 1:
        W, FIRST, REST = carray(w, (variables,)), carray(first, (1,)), carray(rest, (results - 1,))
        for i in range(variables):
            R[i] = W[i]
        one(words, end, R)
        FIRST[0] = R[whole(found, 0)]
        for i in range(1, results):
            REST[i - 1] = R[whole(found, i)]
        return
    begin = 0
    while begin < n:
        width = min(stride, n - begin)
        for i in range(variables):
            copied(shifted(w, i * n + begin), at_row(r, i, stride), width)
        many(words, end, r, stride, width)
        for i in range(results):
            target = first if i == 0 else shifted(rest, (i - 1) * n)
            copied(at_row(r, whole(found, i), stride), shifted(target, begin), width)
        begin += width


def kernel(data, w, n, first, rest):
    stride = min(n, {lanes})
    size = whole(data, 1) * stride
    if size <= {room}:
        execute(data, w, n, stride, room(), first, rest)
    else:
        heap = np.empty(size)
        execute(data, w, n, stride, pointer(heap), first, rest)
        heap[0] = 0.0  # kept until now: an address holds nothing
"""

# The second program lies behind the first, and between them is the address of the kernel above.
_HESSIAN = f"""\
def kernel(data, w, n, hessian):
    behind = shifted(data, whole(data, {HEAD - 1}))
    call_field(whole(behind, 0), (shifted(behind, 1), w, n, hessian, shifted(hessian, n)))
"""

_LOOP = """\
@apart
def loop{number}(t, {operands}, n):
    T = carray(t, (n,))
    {arrays}
    for j in range(n):
        T[j] = {written}


"""


def _part(word: str, place: int) -> str:
    """Of a word, the number at a place: 0 is the lowest."""
    return f"{word} >> {BITS * place} & {(1 << BITS) - 1}"


_C, _D = _part("whole(words, at)", 0), _part("whole(words, at)", 1)


def _put(written: str, operands: Mapping[str, str]) -> str:
    """An operation with its operands in the place of their letters."""
    return re.sub(r"\b[abcd]\b", lambda letter: operands[letter[0]], written)


def _loop(number: int, letters: str, written: str) -> str:
    """A function that does an operation for a row of lanes."""
    return _LOOP.format(
        number=number,
        operands=", ".join(letters),
        arrays="; ".join(f"{letter.upper()} = carray({letter}, (n,))" for letter in letters),
        written=_put(written, {letter: f"{letter.upper()}[j]" for letter in letters}),
    )


def _for_one(_number: int, _letters: str, written: str) -> str:
    return f"R[t] = {_put(written, {'a': 'R[a]', 'b': 'R[b]', 'c': f'R[{_C}]', 'd': f'R[{_D}]'})}"


def _for_many(number: int, letters: str, _written: str) -> str:
    given = {"a": "a", "b": "b", "c": f"at_row(r, {_C}, stride)", "d": f"at_row(r, {_D}, stride)"}
    return f"loop{number}(t, {', '.join(given[letter] for letter in letters)}, n)"


def _branches(does: Callable[[int, str, str], str]) -> str:
    """What to do for every operation. A second word is passed over when it has been read."""
    return indent(
        "\n".join(
            f"{'elif' if number else 'if'} operation == {number}:\n    {does(number, *form)}"
            + ("\n    at += 1" if "c" in form[0] else "")
            for number, form in enumerate(OPERATIONS.values())
        ),
        " " * 8,
    )


def _machine() -> str:
    """The source of the machine: a branch for every operation, once for a single lane and once for a block."""
    return PRELUDE + _SOURCE.format(
        loops="".join(_loop(number, *form) for number, form in enumerate(OPERATIONS.values())),
        mask=(1 << BITS) - 1,
        t=_part("word", 1),
        a=_part("word", 2),
        b=_part("word", 3),
        one=_branches(_for_one),
        many=_branches(_for_many),
        head=HEAD,
        lanes=LANES,
        room=ROOM,
    )
