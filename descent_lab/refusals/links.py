"""Sentences about links and the files that stand for them."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

LINKS: dict[str, Sentence] = {
    "link key": Sentence("grammar", "A link has no {key!r}; it may have {known}."),
    "link twice": Sentence("grammar", "{field} must be there once; it came again as {came!r}."),
    "link encoding": Sentence(
        "grammar",
        "{field} must be text in UTF-8, percent signs followed by two hexadecimal digits; got {came!r}.",
    ),
    "link of another page": Sentence(
        "value", "This is the link of a {kind}, and here is the page of a {page}: it opens at {path}."
    ),
    "link of another command": Sentence(
        "value", "This is the link of a {kind}; it is for: descent-lab {command} --link."
    ),
    "link and source": Sentence("options", "A link says itself what to run; {given} came with it."),
    "link or setup": Sentence("options", "Either a LINK or --of is needed; {came} came."),
    "no file": Sentence("file", "{path} cannot be read: {why}."),
    "no JSON": Sentence("file", "{path} must hold a setup as JSON; it holds none."),
    "link with idle patience": Sentence(
        "value",
        "The link has a patience of {came}, but no validation set to stop by: early stopping never acted, and is off "
        "now.",
    ),
    "link number": Sentence("grammar", "{field} must be a finite number; got {came!r}."),
    "link numbers": Sentence("grammar", "{field} must be numbers with commas between; got {came!r}."),
    "link pair": Sentence("grammar", "{field} must be two finite numbers x,y; got {came!r}."),
    "link window": Sentence("grammar", "{field} must be four numbers x0,x1,y0,y1; got {came!r}."),
    "link parameter": Sentence(
        "grammar", "{field} must be letter:number or letter:number:low,high; got {came!r}."
    ),
    "link reading": Sentence(
        "grammar", "{field} must be name:value, as in target:price or missing:drop; got {came!r}."
    ),
    "link sample": Sentence("grammar", "{field} must be x,y,class; got {came!r}."),
    "link start": Sentence(
        "grammar", "{field} must be two numbers or more, with commas between; got {came!r}."
    ),
    "link names": Sentence("grammar", "{field} must be a name, or names with commas between; got {came!r}."),
    "link switch": Sentence("grammar", "{field} must be yes or no; got {came!r}."),
    "link knobs": Sentence(
        "grammar", "{field} must be knob=value with commas between, as in lr=0.04,beta1=0.9; got {came!r}."
    ),
    "link knob": Sentence(
        "grammar", "Every knob of {owner} must have a finite number, as in lr=0.01; got {came!r}."
    ),
    "link option": Sentence(
        "grammar",
        "{field} must be followed by schedule=, offset=x,y, label=, color=rrggbb or hidden; got {came!r}.",
    ),
    "link change": Sentence(
        "grammar", "{field} must be step:entrant:knob=value, as in 40:0:lr=0.01; got {came!r}."
    ),
    "link data change": Sentence(
        "grammar", "{field} must be step:point:x,y or step:point:, as in 40:3:2.5,1.9; got {came!r}."
    ),
    "link setting": Sentence(
        "grammar", "{field} must be step:setting=value, as in 40:batch=64; got {came!r}."
    ),
}
