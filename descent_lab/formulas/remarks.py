"""What is odd about a formula that is in order: said beside it, in words that are kept with those of refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.tree import Binary, Call, Node, Number, children, evaluate, plain, variables
from descent_lab.refusals import Refusal

_LARGEST_ROOT = 9
_NEVER_NEGATIVE = frozenset({"abs", "sqrt", "exp", "cosh", "sigmoid"})


def remark(expression: Expression) -> Refusal | None:
    """A remark on the first thing that is odd, which nobody raises; None where nothing is."""
    return _odd_root(expression.root)


def note_of(problem: Any) -> str | None:
    """The remark on a surface's formula as a sentence; None where there is none, and of other problems."""
    expression = getattr(problem, "expression", None)
    odd = remark(expression) if isinstance(expression, Expression) else None
    return None if odd is None else odd.message


def _odd_root(node: Node) -> Refusal | None:
    """A power such as x^(1/3), which has no value for negative x, though the root has: cbrt(x)."""
    match node:
        case Binary("^", base, exponent) if not _never_negative(base) and not any(variables(exponent)):
            power = evaluate(exponent, {})
            share = Fraction(power).limit_denominator(_LARGEST_ROOT)
            if share.denominator % 2 and share.denominator > 1 and abs(float(share) - power) < 1e-12:
                root = f"cbrt({plain(base)})" if share == Fraction(1, 3) else _root(base, share)
                return Refusal("odd root", field="expression", power=plain(node), base=plain(base), root=root)
        case _:
            pass
    return next(filter(None, map(_odd_root, children(node))), None)


def _root(base: Node, share: Fraction) -> str:
    text = plain(base)
    size = f"abs({text})^({share})"
    return size if share.numerator % 2 == 0 else f"sign({text})*{size}"


def _never_negative(node: Node) -> bool:
    match node:
        case Number(value, _):
            return value >= 0
        case Call(function, _):
            return function in _NEVER_NEGATIVE
        case Binary("^", _, Number(power, _)):
            return power % 2 == 0
        case Binary("+" | "*" | "/", left, right):
            return _never_negative(left) and _never_negative(right)
        case _:
            return False
