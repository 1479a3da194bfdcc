"""Sentences about setups: values, names, what only the whole can tell, and limits."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

SETUPS: dict[str, Sentence] = {
    "near": Sentence("unknown", "Did you mean {near!r}?"),
    "word: none": Sentence("word", "none"),
    "word: larger": Sentence("word", "a larger one"),
    "word: finite": Sentence("word", "any finite one"),
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
    "range": Sentence("window", "{field} must be [low, high], from a lower to a higher number; got {came}."),
    "colour": Sentence("value", "{field} must be a colour such as #cc3311; got {came}."),
    "one of": Sentence("unknown", "{field} must be one of {known}; got {came}."),
    "any number": Sentence("value", "{field} must be a number; got {came}."),
    "any whole": Sentence("value", "{field} must be a whole number; got {came}."),
    "at least": Sentence("value", "{field} must be at least {least}; got {came}."),
    "up to": Sentence("value", "{field} must be at most {most}; got {came}."),
    "so many": Sentence("value", "{field} must have {least} items at least; got {count}."),
    "so many at most": Sentence("value", "{field} must have {most} items at most; got {count}."),
    "any list": Sentence("value", "{field} must be a list; got {came}."),
    "any text": Sentence("value", "{field} must be text; got {came}."),
    "yes or no": Sentence("value", "{field} must be true or false; got {came}."),
    "choice": Sentence("value", "{field} must be one of {known}; got {came}."),
    "value": Sentence("value", "{field} cannot be {came}."),
    "within": Sentence("limit", "{field} must be from {low} to {high}; got {came}."),
    "at most": Sentence("limit", "At most {most} {field} are served here; got {count}."),
    # ------------------------------------------------------------ names
    "unknown key": Sentence("unknown", "{owner} has no {key!r}; it may have {known}."),
    "unknown item": Sentence("unknown", "There is no {noun} {key!r}; known are {known}."),
    "unknown knob": Sentence("unknown", "{owner} has no knob {knob!r}; it has {known}."),
    "no knobs": Sentence("unknown", "{owner} has no knob {knob!r}; it has none."),
    "unknown letter": Sentence("unknown", "The formula has no parameter {name!r}; it has {known}."),
    "no letters": Sentence("unknown", "The formula has no parameter {name!r}; it has none."),
    "letter twice": Sentence("unknown", "The parameter {name!r} is there twice."),
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
    "patience without validation": Sentence(
        "value",
        "patience stops by the loss of the validation set, and split leaves that empty; give it a share, or leave "
        "patience at 0; got {came}.",
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
}
