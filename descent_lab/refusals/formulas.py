"""Sentences about typed formulas."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

FORMULAS: dict[str, Sentence] = {
    "formula too long": Sentence("too-long", "The formula has {count} characters; at most {most} are read."),
    "formula of many parts": Sentence("too-long", "The formula has more than {most} parts."),
    "formula too deep": Sentence(
        "too-deep", "The formula is nested too deeply here; at most {most} levels are read."
    ),
    "empty formula": Sentence("empty", "The formula is empty; type one such as x^2 + y^2."),
    "no value": Sentence("no-value", "The formula gives no finite value anywhere near the origin."),
    # ------------------------------------------------------------ signs
    "character": Sentence("character", "{sign!r} cannot stand in a formula."),
    "equals sign": Sentence("character", "A formula has no '='; type only what stands on its right side."),
    "square bracket": Sentence("character", "Square brackets are not part of a formula; use round ones."),
    "curly bracket": Sentence("character", "Curly brackets are not part of a formula; use round ones."),
    "remainder": Sentence("character", "A formula has no remainder '%'."),
    "factorial": Sentence("character", "A formula has no factorial '!'."),
    # ------------------------------------------------------------ grammar
    "bracket closes nothing": Sentence("bracket", "This bracket closes nothing."),
    "open bracket": Sentence("bracket", "This bracket is never closed."),
    "open bar": Sentence("bracket", "This bar is never closed."),
    "decimal comma": Sentence(
        "comma",
        "A comma stands only between the arguments of a function; decimals are written with a point.",
    ),
    "comma": Sentence("comma", "A comma stands only between the arguments of a function."),
    "colon": Sentence("character", "A ':' stands only in a choice: condition ? this : otherwise."),
    "open choice": Sentence(
        "choice", "This '?' has no ':'; a choice is written condition ? this : otherwise."
    ),
    "missing operation": Sentence("operator", "An operation is missing between {before!r} and {after!r}."),
    "missing end": Sentence("end", "Something is missing after {before!r}."),
    "operand": Sentence("operand", "A number, a variable or a bracket was expected here, not {came!r}."),
    "needs brackets": Sentence("call", "{function} needs brackets: {function}({variable})."),
    "arguments": Sentence("arguments", "{function} takes {wanted} arguments, not {count}."),
    "one argument": Sentence("arguments", "{function} takes 1 argument, not {count}."),
    # ------------------------------------------------------------ names
    "unknown name": Sentence(
        "unknown",
        "There is no {name!r} here; the variables are {known}, and any other letter is a parameter.",
    ),
    "choice in words": Sentence("unknown", "A choice is written condition ? this : otherwise."),
    "like a name": Sentence("unknown", "There is no {name!r} here. Did you mean {like}?"),
    "power or product": Sentence("unknown", "There is no {name!r} here. Did you mean {power} or {product}?"),
    # ------------------------------------------------------------ values
    "division by zero": Sentence("division", "Division by zero."),
    "no real number": Sentence("domain", "{part} is not a finite real number."),
    "odd root": Sentence("domain", "{power} has no real value where {base} is negative; {root} has one."),
    "number too large": Sentence("too-large", "{part} is too large a number."),
}
