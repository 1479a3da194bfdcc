"""The straight-line code of an expression and its derivatives: statements for a compiler."""

from __future__ import annotations

from descent_lab.formulas.derivatives import terms
from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.program import FUNCTIONS, PAIRS
from descent_lab.formulas.shared_terms import straight_line

# A whole number is a float to us, and numba knows no cbrt of module math.
_WITH_NUMPY = ("cbrt", "floor", "ceil")

PRELUDE = (
    f"from math import {', '.join(name for name in (*FUNCTIONS, *PAIRS) if name not in _WITH_NUMPY)}\n"
    f"from numpy import {', '.join(_WITH_NUMPY)}\n\n"
)
"""What a module of such statements begins with."""


def code(expression: Expression, order: int) -> tuple[list[str], tuple[str, ...]]:
    """Statements that assign t0, t1, ... from the variables, and the expressions of the results in them.

    order 0: (f,); 1: (f, gx, gy); 2: (f, gx, gy, hxx, hxy, hyy). The statements use + - * /, conditional expressions,
    and the functions of PRELUDE. They are meant for numba with error_model="numpy": what has no value comes out
    infinite or NaN.
    """
    return straight_line(terms(expression, order))
