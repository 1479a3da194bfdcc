# pyright: basic, reportCallIssue=false
# Compiled code has no types but those of its signatures.
"""exp, tanh and their like without a branch and without a table, so that a loop over many of them is vectorised.

A library's `tanh` takes 40 cycles a number, one at a time; these take 3, eight at a time. And they are the same
operations on every processor, so that a training has the same bits everywhere. All are within a few units in the last
place.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import float64, int64, njit, uint64
from numba.extending import intrinsic

from descent_lab.machine.kernels import OPTIONS

inlined = njit(forceinline=True, **OPTIONS)
"""Without being told, the compiler leaves the longer of these as calls, and a loop with a call is not vectorised."""


@intrinsic
def _as_bits(_context: Any, x: Any) -> Any:
    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return int64(float64), codegen


@intrinsic
def _as_float(_context: Any, bits: Any) -> Any:
    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return float64(int64), codegen


@intrinsic
def _fma(_context: Any, a: Any, b: Any, c: Any) -> Any:
    def codegen(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.fma(*arguments)

    return float64(float64, float64, float64), codegen


fma: Any = _fma
"""`fma(a, b, c)`: a b + c, rounded once."""

MAGIC = 6755399441055744.0
"""1.5 * 2**52: whoever adds it to a small number rounds that to a whole one, which lies in the last bits of the sum."""

LOG2E = 1.4426950408889634
LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
LOWEST, HIGHEST = -708.0, 709.0
_MAGIC_BITS = int(np.float64(MAGIC).view(np.int64))
_ROOT_HALF = int(np.float64(np.sqrt(0.5)).view(np.int64))
_POSITIVE = 1024 << 52


@inlined
def _split(x: float) -> tuple[float, float]:
    """e**x = 2**k (1 + p): the pair 2**k, p. x is held between LOWEST and HIGHEST."""
    x = LOWEST if x < LOWEST else x
    x = HIGHEST if x > HIGHEST else x
    shifted = fma(x, LOG2E, MAGIC)
    k = shifted - MAGIC
    r = fma(k, -LN2_LOW, fma(k, -LN2_HIGH, x))
    p = 1.0 / 6227020800.0  # Taylor's series; |r| is at most ln 2 / 2, so that 13 terms reach the last bit
    p = fma(p, r, 1.0 / 479001600.0)
    p = fma(p, r, 1.0 / 39916800.0)
    p = fma(p, r, 1.0 / 3628800.0)
    p = fma(p, r, 1.0 / 362880.0)
    p = fma(p, r, 1.0 / 40320.0)
    p = fma(p, r, 1.0 / 5040.0)
    p = fma(p, r, 1.0 / 720.0)
    p = fma(p, r, 1.0 / 120.0)
    p = fma(p, r, 1.0 / 24.0)
    p = fma(p, r, 1.0 / 6.0)
    p = fma(p, r, 0.5)
    p = fma(p * r, r, r)
    return _as_float((_as_bits(shifted) + 1023) << 52), p


@inlined
def exp(x: float) -> float:
    """e**x, for x from -708 to 709; beyond, the value at the end."""
    power, p = _split(x)
    return fma(power, p, power)


@inlined
def tanh(x: float) -> float:
    """Hyperbolic tangent, exact to the last bits near 0 too: by e**y - 1, never by a difference."""
    size = x if x > 0.0 else -x
    power, p = _split(-2.0 * size)
    less = fma(power, p, power - 1.0)  # e**(-2 |x|) - 1
    found = -less / (2.0 + less)
    return found if x > 0.0 else -found


@inlined
def sigmoid(x: float) -> float:
    """1 / (1 + e**-x)."""
    return 1.0 / (1.0 + exp(-x))


@inlined
def log(x: float) -> float:
    """Natural logarithm of a positive number."""
    bits = _as_bits(x)
    # Signed shifts are not vectorised.
    exponent = int64(uint64(bits - _ROOT_HALF + _POSITIVE) >> uint64(52)) - 1024
    f = _as_float(bits - (exponent << 52)) - 1.0  # x = 2**exponent (1 + f), and 1 + f lies about 1
    k = _as_float(exponent + _MAGIC_BITS) - MAGIC
    s = f / (2.0 + f)
    z = s * s
    # 2 artanh(s) = 2 s + 2 s**3 / 3 + ...; |s| is at most 0.172.
    t = 2.0 / 21.0
    t = fma(t, z, 2.0 / 19.0)
    t = fma(t, z, 2.0 / 17.0)
    t = fma(t, z, 2.0 / 15.0)
    t = fma(t, z, 2.0 / 13.0)
    t = fma(t, z, 2.0 / 11.0)
    t = fma(t, z, 2.0 / 9.0)
    t = fma(t, z, 2.0 / 7.0)
    t = fma(t, z, 2.0 / 5.0)
    t = fma(t, z, 2.0 / 3.0)
    half = 0.5 * f * f
    return k * LN2_HIGH - ((half - (s * (half + z * t) + k * LN2_LOW)) - f)


@inlined
def log1p(x: float) -> float:
    """Natural logarithm of 1 + x, for x from 0 to 1."""
    w = 1.0 + x
    return log(w) + (x - (w - 1.0)) / w


@inlined
def softplus(x: float) -> float:
    """ln(1 + e**x)."""
    size = x if x > 0.0 else -x
    above = 0.0 if x <= 0.0 else x  # so that NaN stays NaN
    return above + log1p(exp(-size))
