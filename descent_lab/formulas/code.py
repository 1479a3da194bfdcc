"""The straight-line code of an expression and its derivatives: statements for a compiler, or a function of arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from descent_lab.formulas.derivatives import terms
from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.shared_terms import arrays, straight_line


def code(expression: Expression, order: int) -> tuple[list[str], tuple[str, ...]]:
    """Statements that assign t0, t1, ... from the variables, and the expressions of the results in them.

    order 0: (f,); 1: (f, gx, gy); 2: (f, gx, gy, hxx, hxy, hyy). The statements use + - * /, conditional
    expressions, and sin cos tan asin acos atan sinh cosh tanh exp log sqrt fabs pow of module math. They are
    meant for numba with error_model="numpy": what has no value comes out infinite or NaN.
    """
    return straight_line(terms(expression, order))


def numpy_function(expression: Expression, order: int = 0) -> Callable[..., Any]:
    """Function of one array a variable, of any shape: the value (order 0), or the tuple of `code`'s results."""
    statements, results = straight_line(terms(expression, order), arrays)
    lines = [f"def compute({', '.join(expression.names)}):", *statements, f"return {', '.join(results)},"]
    namespace: dict[str, Any] = dict(vars(np))
    exec("\n    ".join(lines), namespace)  # our own generated code, made of the names above
    compute: Callable[..., tuple[Any, ...]] = namespace["compute"]

    def function(*point: Any) -> Any:
        points = np.broadcast_arrays(*[np.asarray(p, dtype=np.float64) for p in point])
        with np.errstate(all="ignore"):
            values = tuple(np.broadcast_to(v, points[0].shape) for v in compute(*points))
        return values[0] if order == 0 else values

    return function
