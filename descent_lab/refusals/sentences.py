"""The sentences of refusals, in English: what was expected and what came. Another language is another such catalogue.

A reason is the name of a sentence; its code is the kind of fault, for programs. Braces name the refusal's values (and
`field`), in the form that Python's `format` takes; a list is named item by item.
"""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """The kind of a fault, and what is said of it."""

    code: str
    text: str


SENTENCES: dict[str, Sentence] = {
    "told": Sentence("invalid", "{sentence}"),
    "near": Sentence("unknown", "Did you mean {near!r}?"),
    # ------------------------------------------------------------ values
    "number": Sentence("number", "{field} must be a number from {low:g} to {high:g}; got {came}."),
    "whole": Sentence("number", "{field} must be a whole number from {low} to {high}; got {came}."),
    "switch": Sentence("type", "{field} must be true or false; got {came}."),
    "text": Sentence("type", "{field} must be text; got {came}."),
    "short text": Sentence("type", "{field} must be a text of up to {most} characters; got {came}."),
    "object": Sentence("type", "{field} must be an object; got {came}."),
    "list": Sentence("type", "{field} must be a list; got {came}."),
    "point": Sentence("point", "{field} must be two numbers, x and y; got {came}."),
    "three numbers": Sentence("point", "{field} must be 3 numbers; got {came}."),
    "numbers": Sentence("point", "{field} must be {count} numbers; got {came}."),
    "sample": Sentence("point", "{field} must be [x, y, class]; got {came}."),
    "window": Sentence("window", "{field} must be [[x0, x1], [y0, y1]]; got {came}."),
    "window side": Sentence(
        "window", "{field} must run from a lower to a higher number; got {low:g} to {high:g}."
    ),
    "colour": Sentence("value", "{field} must be a colour such as #cc3311; got {came}."),
    "one of": Sentence("unknown", "{field} must be one of {known}; got {came}."),
    "value": Sentence("value", "{field} {expected}; got {came}."),
    "within": Sentence("limit", "{field} must be from {low} to {high}; got {came}."),
    "at most": Sentence("limit", "At most {most} {field} are served here; got {count}."),
    # ------------------------------------------------------------ names
    "unknown key": Sentence("unknown", "{owner} has no {key!r}; it may have {known}."),
    "unknown item": Sentence("unknown", "There is no {noun} {key!r}; known are {known}."),
    "unknown knob": Sentence("unknown", "{owner} has no knob {knob!r}; it has {known}."),
    "knob": Sentence("knob", "{knob} must be a number, {domain}; got {came}."),
    "whole knob": Sentence("knob", "{knob} must be a whole number, {domain}; got {came}."),
    # ------------------------------------------------------------ setups
    "missing": Sentence("missing", "{field} is needed; none came."),
    "no optimizer": Sentence("missing", "{field} must name an optimizer."),
    "no entrant": Sentence("missing", "A race needs at least one entrant; got none."),
    "no source": Sentence("missing", "One of {known} is needed; none came."),
    "several sources": Sentence("missing", "One of {known} is needed; {given} came."),
    "no surface": Sentence("missing", "Either surface or expression is needed; neither came."),
    "not a race": Sentence(
        "value", "setup must be a race's, on a surface or over points; this one is a network's."
    ),
    "not a regression": Sentence(
        "value",
        "setup must be a regression's, with points, preset or dataset; this one is a race on a surface.",
    ),
    "not a network": Sentence(
        "value", "setup must be a network's, with data, drawn or csv; this one is a race's."
    ),
    "not for networks": Sentence("value", "{optimizer} is for a few weights, not for a network."),
    "for networks alone": Sentence(
        "value", "{optimizer} moves the layers of a network and can only train one; there are no layers here."
    ),
    "offset on a network": Sentence(
        "value", "{field} is for races; the racers of a network all start from the same weights."
    ),
    "split": Sentence(
        "value",
        "split must be the shares of training, validation and test set: 100 per cent in all, and some of it "
        "training; got {training:g}, {validation:g}, {test:g}.",
    ),
    "empty training set": Sentence(
        "value", "The training set is empty: {samples} samples are too few for this split."
    ),
    "classes of a curve": Sentence(
        "value", "cross_entropy tells classes apart, and these samples follow a curve; the loss must be mse."
    ),
    "activation of each layer": Sentence(
        "value", "activation must be one name, or one for each of the {layers} hidden layers; got {count}."
    ),
    "dropout of each layer": Sentence(
        "value", "{field} must be one share, or one for each of the {layers} hidden layers; got {count}."
    ),
    "one drawn class": Sentence(
        "classes", "points must be of two classes at least; so far all are of class {name}."
    ),
    "no drawn class": Sentence("classes", "points must be of two classes at least; so far there are none."),
    "setting": Sentence("unknown", "{field} must be one of {known}; got {came}."),
    "no such point": Sentence(
        "value",
        "At step {at} there are {count} points, so a change may be about number 0 to {last}; got {point}.",
    ),
    # ------------------------------------------------------------ limits of a setup
    "too many points": Sentence(
        "limit", "steps times entrants may be at most {most}; got {steps} x {entrants}."
    ),
    "too much regression": Sentence(
        "limit",
        "Entrants times steps times points of a mini-batch times weights may be at most {most:,}; got {entrants} x "
        "{steps} x {points} x {weights}.",
    ),
    "too much training": Sentence(
        "limit",
        "Entrants times steps times products of a step (three for each weight and sample of a mini-batch) may be at "
        "most {most:,}; got {entrants} x {steps} x {products:,}.",
    ),
    "too much training, on the mean": Sentence(
        "limit",
        "Entrants times steps times products of a step (three for each weight and sample of a mini-batch) may be at "
        "most {most:,}; got {entrants} x {steps} x {products:,}, the mean of all mini-batches.",
    ),
    # ------------------------------------------------------------ links
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
    "link number": Sentence("grammar", "{field} must be a finite number; got {came!r}."),
    "link numbers": Sentence("grammar", "{field} must be numbers with commas between; got {came!r}."),
    "link pair": Sentence("grammar", "{field} must be two finite numbers x,y; got {came!r}."),
    "link window": Sentence("grammar", "{field} must be four numbers x0,x1,y0,y1; got {came!r}."),
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
    # ------------------------------------------------------------ messages of the stream, requests of the API
    "no JSON message": Sentence("json", "A message must be a JSON object; this text is none: {why}."),
    "message": Sentence("json", "A message must be a JSON object; got {came}."),
    "message type": Sentence("type", "type must be one of {known}; got {came}."),
    "message needs": Sentence("missing", "A {type} message needs {field}; none came."),
    "message field": Sentence("unknown", "A {type} message has no {key!r}; it has {known}."),
    "no JSON body": Sentence("json", "The body must be a JSON object; this is none: {why}."),
    "media type": Sentence("media", "The body must be JSON, with the {field} {expected}; got {came}."),
    "body size": Sentence("limit", "The body may have {most:,} bytes; this one has {count:,} or more."),
    "no path": Sentence("path", "There is nothing at {field}."),
    "method": Sentence("method", "{field} may be asked with {known}; got {came}."),
    "busy": Sentence(
        "busy",
        "This server runs {most} {what} at once; all places are taken, and none became free in {seconds:g} s. Try "
        "again in {again} s.",
    ),
    "failure": Sentence("failure", "Something went wrong on our side."),
}
