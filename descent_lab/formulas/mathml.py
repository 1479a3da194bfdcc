"""Formulas for the eye: MathML of typed formulas, and of update rules line by line with numbers put in."""

from __future__ import annotations

import ast
import html
import inspect
import math
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from descent_lab.formulas.expressions import Expression
from descent_lab.formulas.latex import latex, measured, name
from descent_lab.formulas.tree import (
    FUNCTIONS,
    Binary,
    Call,
    Choice,
    Function,
    Negative,
    Node,
    Number,
    Variable,
    evaluate,
    plain,
    variables,
)
from descent_lab.formulas.words import GREEK

SYMBOLS: Mapping[str, str] = {
    "lr": r"\alpha",
    "beta": r"\beta",
    "beta1": r"\beta_{1}",
    "beta2": r"\beta_{2}",
    "rho": r"\rho",
    "eps": r"\varepsilon",
    "mu": r"\mu",
    "gamma": r"\gamma",
    "delta": r"\delta",
    "noise": r"\sigma",
    "weight_decay": r"\lambda",
    "damping": r"\lambda",
    "eta_minus": r"\eta^{-}",
    "eta_plus": r"\eta^{+}",
}
"""How the knobs and the usual helpers are written. Other letters stand for themselves; `m1` is m with index 1."""


def latex_to_mathml(source: str, alternative: str = "") -> str:
    """MathML for display as a block; `alternative` is what is said where MathML is not."""
    from latex2mathml.converter import convert  # a tenth of a second, and most runs show no formula

    mathml = _tight(convert(source, display="block"))
    if alternative:
        mathml = mathml.replace("<math ", f'<math alttext="{html.escape(alternative)}" ', 1)
    return mathml


_PRIME = re.compile(r"<msup>(<mi>[^<]*</mi>)<mi>&#x02032;</mi></msup>")
_SIGNED = re.compile(r"(<mo([^>]*)>([^<]*)</mo>(?:<mspace[^>]*/>)?)<mo>&#x02212;</mo>")
_OPERANDS = {")", "]", "&#x00029;", "&#x0005D;", "&#x02026;", "&#x02032;", "!"}


def _tight(mathml: str) -> str:
    """The same, with what the browser cannot know: a minus after another operator or a bracket is a sign, and stands
    close to its number; a prime is a mark that is raised already, and no power."""

    def sign(found: re.Match[str]) -> str:
        before, attributes, operator = found.groups()
        if "postfix" in attributes or operator in _OPERANDS:
            return found[0]
        return f'{before}<mo form="prefix" lspace="0em" rspace="0em">&#x02212;</mo>'

    primed = _PRIME.sub(r'<mrow>\1<mo form="postfix" lspace="0em" rspace="0em">&#x02032;</mo></mrow>', mathml)
    return _SIGNED.sub(sign, primed)


def expression_mathml(expression: Expression) -> str:
    """A typed formula as MathML, in the form in which it was typed."""
    return latex_to_mathml(latex(expression.root, lambda text: name(text, _LETTERS)), plain(expression.root))


_LETTERS = {name: "\\varepsilon" if name == "epsilon" else f"\\{name}" for name in GREEK}


@dataclass(frozen=True)
class Line:
    """One line of an update rule: `target` becomes the value of a formula.

    formula: MathML of the whole line. Values are those before the step: a line works out the lines above it.
    """

    target: str
    formula: str
    node: Node = field(repr=False)
    above: tuple[tuple[str, Node], ...] = field(repr=False)
    functions: Mapping[str, Function] = field(repr=False)

    def _now(self, values: Mapping[str, float]) -> dict[str, float]:
        now = dict(values)
        for target, node in self.above:
            now[target] = evaluate(node, now, self.functions)
        return now

    def value(self, values: Mapping[str, float]) -> float:
        """What the target becomes, given every argument of the rule by name."""
        return evaluate(self.node, self._now(values), self.functions)

    def numbers(self, values: Mapping[str, float]) -> str:
        """MathML of the right hand side with the numbers put in, and what it comes to."""
        now = self._now(values)
        result = measured(evaluate(self.node, now, self.functions))[0]
        filled = latex(self._taken(self.node, now), lambda text: measured(now[text]))
        return latex_to_mathml(filled if filled == result else f"{filled} = {result}")

    def _taken(self, node: Node, now: Mapping[str, float]) -> Node:
        """The tree with every choice made."""
        match node:
            case Choice(condition, then, otherwise):
                holds = evaluate(condition, now, self.functions) != 0
                return self._taken(then if holds else otherwise, now)
            case Negative(operand):
                return Negative(self._taken(operand, now))
            case Binary(operator, left, right):
                return Binary(operator, self._taken(left, now), self._taken(right, now))
            case Call(function, arguments):
                return Call(function, tuple(self._taken(a, now) for a in arguments))
            case Number() | Variable():
                return node


def rule_lines(function: Callable[..., Any], symbols: Mapping[str, str] | None = None) -> list[Line]:
    """The lines of an update rule `(w, g, *state, *knobs) -> w, *state`, written as assignments and one return.

    symbols: LaTeX of names, over `SYMBOLS`. The new w is the line of the return's first element; a returned
    state that is not merely a name gets a line of its own, after w's where w still needs the old one. Raises
    `TypeError` for Python that is no formula.
    """
    definition = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise TypeError("an update rule is a function")
    reader = _Reader(function)
    symbols = {**SYMBOLS, **(symbols or {})}
    program: list[tuple[str, Node]] = []
    lines: list[Line] = []

    def line(target: str, node: Node) -> Line:
        written = rf"{name(target, symbols)[0]} \leftarrow {latex(node, lambda text: name(text, symbols))}"
        formula = latex_to_mathml(written, f"{target} ← {plain(node)}")
        return Line(target, formula, node, tuple(program), reader.functions)

    for statement in definition.body:
        match statement:
            case ast.Expr(ast.Constant(str())):
                continue
            case ast.Assign([ast.Name(target)], value):
                node = reader.node(value)
                lines.append(line(target, node))
                program.append((target, node))
                reader.assigned.add(target)
            case ast.Return(ast.Tuple(elements)) if elements:
                lines += _returned(reader, elements, line)
            case ast.Return(ast.expr() as element):
                lines += _returned(reader, [element], line)
            case _:
                raise TypeError(f"line {statement.lineno} of an update rule is no formula")
    return lines


def _returned(reader: _Reader, elements: list[ast.expr], line: Callable[[str, Node], Line]) -> list[Line]:
    new, *states = [reader.node(element) for element in elements]
    needed = set(variables(new))
    targets = reader.parameters[2 : 2 + len(states)]
    changed = [(t, node) for t, node in zip(targets, states, strict=True) if node != Variable(t)]
    before = [line(target, node) for target, node in changed if target not in needed]
    after = [line(target, node) for target, node in changed if target in needed]
    return [*before, line(reader.parameters[0], new), *after]


_OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^", ast.And: "and", ast.Or: "or",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_CALLED = {"fabs": "abs", "absolute": "abs", "minimum": "min", "maximum": "max", "pow": "^", "power": "^"}


class _Reader:
    """Python's syntax tree -> ours, for one rule."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.parameters = list(inspect.signature(function).parameters)
        self.assigned = set(self.parameters)
        self.around: Mapping[str, Any] = getattr(function, "__globals__", {})
        self.functions: dict[str, Function] = {**FUNCTIONS, "copysign": Function(math.copysign, 2, 2)}

    def node(self, expression: ast.expr) -> Node:
        match expression:
            case ast.Constant(int() | float() as value):
                return Number(float(value), f"{value:.12g}")
            case ast.Name(text) if text in self.assigned:
                return Variable(text)
            case ast.Name(text) if isinstance(self.around.get(text), int | float):
                value = self.around[text]  # a constant of the rule's own file
                return Number(float(value), text if text in ("pi", "e") else f"{value:.6g}")
            case ast.UnaryOp(ast.USub(), operand):
                return Negative(self.node(operand))
            case ast.BinOp(left, ast.Mult(), right):
                return _product(self.node(left), self.node(right))
            case ast.BinOp(left, operator, right):
                return Binary(self.operator(operator), self.node(left), self.node(right))
            case ast.BoolOp(operator, operands):
                return self.chained(self.operator(operator), [self.node(operand) for operand in operands])
            case ast.Compare(left, operators, others):
                sides = [self.node(side) for side in (left, *others)]
                pairs = zip(operators, sides, sides[1:], strict=False)
                return self.chained("and", [Binary(self.operator(o), a, b) for o, a, b in pairs])
            case ast.IfExp(condition, then, otherwise):
                return Choice(self.node(condition), self.node(then), self.node(otherwise))
            case ast.Call(ast.Name(called) | ast.Attribute(_, called), arguments, []):
                return self.call(called, tuple(self.node(argument) for argument in arguments))
            case _:
                raise TypeError(f"{ast.unparse(expression)} has no place in an update rule's formula")

    def operator(self, operator: ast.AST) -> str:
        if type(operator) not in _OPERATORS:
            raise TypeError(f"{type(operator).__name__} has no place in an update rule's formula")
        return _OPERATORS[type(operator)]

    def chained(self, operator: str, parts: list[Node]) -> Node:
        whole, *rest = parts
        for part in rest:
            whole = Binary(operator, whole, part)
        return whole

    def call(self, called: str, arguments: tuple[Node, ...]) -> Node:
        function = _CALLED.get(called, called)
        if function == "^":
            return Binary("^", *arguments)
        if function not in self.functions:
            raise TypeError(f"{called} is no function that formulas know: {', '.join(self.functions)}")
        return Call(function, arguments)


def _product(left: Node, right: Node) -> Node:
    """left * right, where a factor that repeats becomes a power: g * g is g^2."""
    if isinstance(left, Binary) and left.operator == "*":
        last = _product(left.right, right)
        if isinstance(last, Binary) and last.operator == "^":
            return Binary("*", left.left, last)
        return Binary("*", left, right)
    if left == right and not isinstance(left, Number):
        return Binary("^", left, Number(2.0, "2"))
    return Binary("*", left, right)
