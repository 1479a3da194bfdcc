"""The grammar of typed formulas: text -> tree. What is typed is never executed, only read.

Loosest first: the choice `x < 0 ? a : b`, then `or`, `and`, comparisons (`0 < x < 1` is both of them), `+ -`, then
`* /` and multiplication without a sign (`2x`, `x y`, `(x+1)(y-2)`; as strong as `*`, so `1/2x` is `(1/2)*x`), then the
sign (`-x^2` is `-(x^2)`), then `^` or `**` or raised figures (from the right). A number never multiplies what stands
before it without a sign: `2 3` and `x 2` are refused. What names there are, and words made of several: see `words`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from descent_lab.formulas.tokens import SUPERSCRIPT, Token, refusal, tokens
from descent_lab.formulas.tree import (
    FUNCTIONS,
    LEVELS,
    NEGATIVE,
    OPERATIONS,
    Binary,
    Call,
    Choice,
    Negative,
    Node,
    Number,
    Variable,
)
from descent_lab.formulas.words import ALIASES, CONSTANTS, JOINING, SHORT, is_parameter, taken_apart

MAX_DEPTH = 60
"""Brackets, signs and powers inside one another."""

MAX_NODES = 400
"""Numbers, variables, operations and functions in a formula."""

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def read(text: str, names: tuple[str, ...]) -> tuple[Node, tuple[str, ...]]:
    """The tree of a formula in the variables `names`, and its parameters as they are met. Raises `Refusal` pointing at
    the place."""
    parser = _Parser(text, names)
    root = parser.formula()
    return root, tuple(parser.parameters)


# ---------------------------------------------------------------- parser

_FACTOR_STARTS = frozenset({"name", "(", "|"})


class _Part(NamedTuple):
    """A parsed piece: its tree, where it stands, and its value if it has no variables."""

    node: Node
    start: int
    end: int
    value: float | None


class _Parser:
    """Precedence climbing over the tokens of one formula."""

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        self.text = text
        self.names = names
        self.tokens = taken_apart(tokens(text), names)
        self.parameters = dict[str, None]()
        self.at = 0
        self.depth = 0
        self.nodes = 0
        self.bars = [False]  # whether the innermost open bracket is a bar, which the next bar closes

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def formula(self) -> Node:
        if self.token.kind == "end":
            raise refusal("empty formula", 0, len(self.text))
        whole = self.choice()
        token = self.token
        if token.kind == ")":
            raise refusal("bracket closes nothing", token.start, token.end)
        if token.kind == ",":
            raise refusal("decimal comma", token.start, token.end)
        if token.kind == ":":
            raise refusal("colon", token.start, token.end)
        return whole.node

    def choice(self) -> _Part:
        """An expression, or a condition and what follows from it."""
        condition = self.expression()
        question = self.token
        if question.kind != "?":
            return condition
        self.at += 1
        self.enter(question)
        then = self.choice()
        if self.token.kind != ":":
            raise refusal("open choice", question.start, question.end)
        self.at += 1
        otherwise = self.choice()
        self.depth -= 1
        return self.chosen(condition, then, otherwise, condition.start, otherwise.end)

    def expression(self, floor: int = 0) -> _Part:
        return self.continued(self.prefix(), floor)

    def continued(self, left: _Part, floor: int) -> _Part:
        """What begins with `left`, as far as its operations hold as tightly as `floor`."""
        compared: _Part | None = None  # the right side of the comparison that `left` is
        while True:
            token = self.token
            if token.kind == "superscript":
                self.at += 1
                number = token.text.translate(SUPERSCRIPT)
                exponent = self.made(Number(float(number), number), token.start, token.end, float(number))
                if self.token.kind == "^":
                    exponent = self.continued(exponent, LEVELS["^"])
                left = self.operation("^", left, exponent)
                continue
            if token.kind == "number":
                what = self.text[left.start : left.end][-20:]
                raise refusal("missing operation", left.start, token.end, before=what, after=token.text)
            joining = token.kind == "name" and token.text in JOINING
            implied = (
                token.kind in _FACTOR_STARTS and not joining and not (token.kind == "|" and self.bars[-1])
            )
            operator = "*" if implied else token.text if joining else token.kind
            if operator not in LEVELS or LEVELS[operator] < floor:
                return left
            if not implied:
                self.at += 1
            if operator == "^":  # from the right, and its exponent may have a sign
                self.enter(token)
                right = self.expression(LEVELS["^"])
                self.depth -= 1
            else:
                right = self.expression(LEVELS[operator] + 1)
            if compared and operator in COMPARISONS:  # 0 < x < 1
                left = self.operation("and", left, self.operation(operator, compared, right))
            else:
                left = self.operation(operator, left, right)
            compared = right if operator in COMPARISONS else None

    def prefix(self) -> _Part:
        token = self.token
        if token.kind not in ("-", "+"):
            return self.atom()
        self.at += 1
        self.enter(token)
        operand = self.expression(NEGATIVE)
        self.depth -= 1
        if token.kind == "+":
            return operand._replace(start=token.start)
        value = None if operand.value is None else -operand.value
        return self.made(Negative(operand.node), token.start, operand.end, value)

    def atom(self) -> _Part:
        token = self.token
        self.at += 1
        match token.kind:
            case "number":
                value = float(token.text)
                return self.made(Number(value, token.text), token.start, token.end, value)
            case "name":
                return self.name(token)
            case "(":
                inside = self.inside(token, ")")
                return inside._replace(start=token.start, end=self.tokens[self.at - 1].end)
            case "|":
                inside = self.inside(token, "|")
                return self.call("abs", [inside], token)
            case "end":
                before = self.tokens[self.at - 2]
                raise refusal("missing end", before.start, before.end, before=before.text)
            case _:
                raise refusal("operand", token.start, token.end, came=token.text)

    def name(self, token: Token) -> _Part:
        name = token.text if token.text in self.names else ALIASES.get(token.text, token.text)
        if name in self.names:
            return self.made(Variable(name), token.start, token.end, None)
        if name in CONSTANTS:
            return self.made(Number(CONSTANTS[name], name), token.start, token.end, CONSTANTS[name])
        if is_parameter(name, self.names):
            self.parameters[name] = None
            return self.made(Variable(name), token.start, token.end, None)
        if name in JOINING:
            raise refusal("operand", token.start, token.end, came=token.text)
        if self.token.kind != "(":
            raise refusal(
                "needs brackets", token.start, token.end, function=token.text, variable=self.names[0]
            )
        return self.arguments(name, token)

    def arguments(self, name: str, token: Token) -> _Part:
        fewest, most = (
            (SHORT[name], SHORT[name]) if name in SHORT else (FUNCTIONS[name].fewest, FUNCTIONS[name].most)
        )
        opening = self.token
        self.at += 1
        given: list[_Part] = []
        if self.token.kind == ")":
            self.at += 1
        else:
            given.append(self.inside(opening, ")", ","))
            while self.tokens[self.at - 1].kind == ",":
                given.append(self.inside(opening, ")", ","))
        if not fewest <= len(given) <= most:
            raise refusal(
                "one argument" if most == 1 else "arguments",
                token.start,
                self.tokens[self.at - 1].end,
                function=token.text,
                wanted=f"{fewest}" if fewest == most else f"{fewest} to {most}",
                count=len(given),
            )
        return self.call(name, given, token)

    def inside(self, opening: Token, *closings: str) -> _Part:
        """What stands between `opening` and the first of `closings`, which is taken too."""
        self.enter(opening)
        self.bars.append(opening.kind == "|")
        part = self.choice()
        if self.token.kind not in closings:
            if self.token.kind == ",":
                raise refusal("comma", self.token.start, self.token.end)
            reason = "open bar" if opening.kind == "|" else "open bracket"
            raise refusal(reason, opening.start, opening.end)
        self.at += 1
        self.bars.pop()
        self.depth -= 1
        return part

    def call(self, name: str, given: list[_Part], token: Token) -> _Part:
        end = self.tokens[self.at - 1].end
        if name == "pow":
            return self.operation("^", given[0], given[1])._replace(start=token.start, end=end)
        if name == "where":
            condition, then, otherwise = given
            return self.chosen(condition, then, otherwise, token.start, end)
        if name == "hypot":
            two = _Part(Number(2.0, "2"), token.start, end, 2.0)
            squares = [self.operation("^", part, two) for part in given]
            return self.call("sqrt", [self.operation("+", *squares)], token)
        values = [part.value for part in given if part.value is not None]
        value = FUNCTIONS[name].value(*values) if len(values) == len(given) else None
        return self.made(Call(name, tuple(part.node for part in given)), token.start, end, value)

    def operation(self, operator: str, left: _Part, right: _Part) -> _Part:
        if right.value is not None and (
            (operator == "/" and right.value == 0)
            or (operator == "^" and left.value == 0 and right.value < 0)
        ):
            raise refusal("division by zero", right.start, right.end)
        value = None
        if left.value is not None and right.value is not None:
            value = OPERATIONS[operator](left.value, right.value)
        return self.made(Binary(operator, left.node, right.node), left.start, right.end, value)

    def chosen(self, condition: _Part, then: _Part, otherwise: _Part, start: int, end: int) -> _Part:
        value = None
        if condition.value is not None:
            value = (then if condition.value != 0 else otherwise).value
        return self.made(Choice(condition.node, then.node, otherwise.node), start, end, value)

    def made(self, node: Node, start: int, end: int, value: float | None) -> _Part:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise refusal("formula of many parts", start, end, most=MAX_NODES)
        if value is not None and not math.isfinite(value):
            what = self.text[start:end]
            what = what if len(what) <= 40 else what[:37] + "..."
            if math.isnan(value) or isinstance(node, Call):
                raise refusal("no real number", start, end, part=what)
            raise refusal("number too large", start, end, part=what)
        return _Part(node, start, end, value)

    def enter(self, token: Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise refusal("formula too deep", token.start, token.end, most=MAX_DEPTH)
