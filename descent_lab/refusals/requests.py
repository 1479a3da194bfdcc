"""Sentences about messages of the stream, requests of the API, and what is asked of a race or a training."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

REQUESTS: dict[str, Sentence] = {
    # ------------------------------------------------------------ how it was sent
    "no JSON message": Sentence(
        "json",
        "A message must be a JSON object; this text is none: line {line}, column {column} does not fit.",
    ),
    "deep JSON message": Sentence(
        "json", "A message must be a JSON object; this text is none: it is nested too deeply."
    ),
    "message": Sentence("json", "A message must be a JSON object; got {came}."),
    "message type": Sentence("type", "type must be one of {known}; got {came}."),
    "no message type": Sentence("type", "type must be one of {known}; none came."),
    "message needs": Sentence("missing", "A {type} message needs {field}; none came."),
    "message field": Sentence("unknown", "A {type} message has no {key!r}; it has {known}."),
    "binary frame": Sentence(
        "binary", "A message must be JSON text; a binary frame of {count:,} bytes came."
    ),
    "message size": Sentence("size", "A message may have {most:,} bytes; one of {count:,} came."),
    "long number in JSON": Sentence(
        "json", "A message must be a JSON object; this one has a number of too many digits."
    ),
    "long number in a body": Sentence(
        "json", "The body must be a JSON object; this one has a number of too many digits."
    ),
    "no JSON body": Sentence(
        "json", "The body must be a JSON object; this is none: line {line}, column {column} does not fit."
    ),
    "deep JSON body": Sentence(
        "json", "The body must be a JSON object; this is none: it is nested too deeply."
    ),
    "no UTF-8 body": Sentence(
        "json", "The body must be a JSON object; this is none: it is not text in UTF-8."
    ),
    "media type": Sentence("media", "The body must be JSON, with the {field} {expected}; got {came}."),
    "file type": Sentence("media", "A file must come with the {field} {expected}; got {came}."),
    "body size": Sentence("limit", "The body may have {most:,} bytes; this one has {count:,} or more."),
    "unknown parameter": Sentence("unknown", "The query has no {key!r}; it may have {known}."),
    "no parameter": Sentence("unknown", "The query has no {key!r}; nothing may be asked with it here."),
    "no path": Sentence("path", "There is nothing at {field}."),
    "method": Sentence("method", "{field} may be asked with {known}; got {came}."),
    # ------------------------------------------------------------ what the server can take
    "no place for a training": Sentence(
        "busy",
        "This server runs {most} trainings at once; all places are taken, and none became free in {seconds:g} s. Try "
        "again in {again} s.",
    ),
    "no place for a search": Sentence(
        "busy",
        "This server runs {most} searches at once; all places are taken, and none became free in {seconds:g} s. Try "
        "again in {again} s.",
    ),
    "too many connections": Sentence("busy", "This server serves {most} connections; all are taken."),
    "server ending": Sentence(
        "busy",
        "This server is ending; ask again, in {again} s, and another answers, or the same when it is back.",
    ),
    "not ready": Sentence("busy", "This server is to be given no work now: {missing}."),
    "word: ending": Sentence("word", "it is ending"),
    "word: kernels": Sentence("word", "its kernels are being compiled"),
    "word: store": Sentence("word", "its store of files does not answer"),
    "internal": Sentence("internal", "Something went wrong on our side."),
    "cancelled": Sentence("cancelled", "It was ended before it was done, as you asked."),
    "replaced": Sentence("replaced", "The search was ended before it was done: another has taken its place."),
    # ------------------------------------------------------------ the running race
    "no race yet": Sentence("order", "A {what} must follow a race; none is running here."),
    "another race": Sentence("order", "A {what} must carry the id of the running race, {runs}; got {came}."),
    "another training": Sentence(
        "order", "race must be the id of the training that runs here, {runs}; got {came}."
    ),
    "too many changes": Sentence("limit", "A race may have {most} changes; it has that many."),
    "after": Sentence("value", "after must be a step of the race, 0 to {last}; got {came}."),
    # ------------------------------------------------------------ tuning and searches
    "nobody has the knob": Sentence("unknown", "No entrant has a knob {knob!r}."),
    "too much tuning": Sentence(
        "limit",
        "A tuning may take {most:,} steps, budget times entrants times steps (and, of a regression, points and "
        "weights); this one would take {work:,}.",
    ),
    "too few steps of tuning": Sentence(
        "limit",
        "With this network and {tries} settings for each entrant this server allows {allowed:,} steps of tuning, too "
        "few to tell rates apart. Take a lower budget, a smaller batch or fewer entrants.",
    ),
    "too long a sweep": Sentence(
        "limit",
        "All these trainings would take too long here: about {times:.1f} times what this server allows. Take fewer "
        "steps, rates or widths.",
    ),
    "too many folds to train": Sentence(
        "limit",
        "All these trainings would take too long here: about {times:.1f} times what this server allows. Take fewer "
        "steps, folds or values.",
    ),
    "too long a validation": Sentence(
        "limit",
        "Training every fold for every degree and penalty would take too long here: about {times:.1f} times what this "
        "server allows. Take fewer steps, folds or points.",
    ),
    "too much random search": Sentence(
        "limit",
        "Tries times weights times samples may be at most {most:,}; got {tries:,} x {weights:,} x {samples:,}.",
    ),
    "folds of points": Sentence(
        "value", "{folds} folds need at least {least} points, and there must be 2; there are {points} points."
    ),
    "folds outside the test set": Sentence(
        "value", "{folds} folds need at least {folds} points outside the test set; there are {points}."
    ),
    "folds of samples": Sentence(
        "value", "folds must be from 2 to {most}, the samples outside the test set; got {came}."
    ),
    "degrees of a table": Sentence("value", "Cross-validation over degrees needs points in the plane."),
    "penalty": Sentence("value", "{field} must be a number from 0; got {came}."),
    "nothing to draw": Sentence(
        "value",
        "A network that begins with zeros has nothing to draw: every try would be the same. Give scale, the largest "
        "weight to draw.",
    ),
    # ------------------------------------------------------------ what is to be looked at
    "no points yet": Sentence("missing", "There are no points to fit yet: any line is as good as any other."),
    "plane": Sentence("value", "plane must be made of origin, u and v with {count} numbers each."),
    "one weight": Sentence("value", "A plane needs two weights at least."),
    "three racers": Sentence("value", "A plane through three racers needs three that differ; got {came}."),
    "confusion of a curve": Sentence(
        "value", "A confusion matrix needs classes; these samples follow a curve."
    ),
    "empty set": Sentence("value", "The {set} set is empty; the split decides how many samples it gets."),
    "number of a weight": Sentence(
        "limit", "weight must be the number of a weight of this network, 0 to {last}; got {came}."
    ),
    "number of a sample": Sentence(
        "limit", "row must be the number of a sample, 0 to {last:,}; got {came:,}."
    ),
    "no picture": Sentence(
        "missing", "row must say which sample to look at: {inputs} inputs make no picture."
    ),
    "no picture to centre": Sentence("value", "Only pictures are centred; these samples are none."),
    "square drawing": Sentence(
        "value",
        "A drawing to be centred must be a square of pixels row by row, up to {most} x {most}; got {count} pixels.",
    ),
    "pixels": Sentence("value", "pixels must be {expected} numbers, {rows} rows of {columns}; got {count}."),
    # ------------------------------------------------------------ the command line
    "neither surface nor formula": Sentence(
        "missing", "Either SURFACE or --expression is needed; neither came."
    ),
    "surface and formula": Sentence("missing", "Either SURFACE or --expression is needed; both came."),
    "write all": Sentence("options", "--write goes with --all, and --all with no surface."),
    "one source of points": Sentence(
        "missing", "One of FILE.CSV, --preset and --dataset is needed; {given} came."
    ),
    "reading of no file": Sentence("options", "There is no file here that {given} could be about."),
    "epochs or steps": Sentence("options", "--epochs stands in place of --steps; both came."),
}
