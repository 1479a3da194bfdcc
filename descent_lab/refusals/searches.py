"""Sentences about searches for hyper-parameters."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

SEARCHES: dict[str, Sentence] = {
    "axis": Sentence(
        "format",
        "{field} must be a name and what it may be, such as lr=1e-4..1:log, l2=0,1e-3 or hidden=8|15,15; got {came}.",
    ),
    "no axis": Sentence("unknown", "Nothing that is called {key!r} can be varied here; known are {known}."),
    "range": Sentence(
        "format",
        "{field} must be a range from a lower to a higher number, such as 16..256, with :log behind it for one that is "
        "even by ratios, which begins above 0; got {came}.",
    ),
    "no choice": Sentence("missing", "The choices of a try need a value of {key}; it is varied."),
    "axis twice": Sentence("twice", "{key} is varied twice."),
    "nothing varied": Sentence(
        "missing", "A search must be told what to vary, such as --vary lr=1e-4..1:log; nothing came."
    ),
    "knob of none": Sentence("unknown", "{key} is no knob of {optimizers}."),
    "search on a surface": Sentence(
        "another",
        "A search is for regressions and networks; rates on a surface are what a tuning finds: descent-lab tune.",
    ),
    "one entrant": Sentence(
        "limit",
        "A search is for one optimizer, or varies it: the link has {came}. Vary the optimizer, or give a link with one "
        "alone.",
    ),
    "grid of a range": Sentence(
        "format",
        "A grid needs values to be combined; {key} is a range of fractions, or by ratios. Give values, or a number of "
        "tries.",
    ),
    "too large a grid": Sentence("limit", "A search may have {most:,} tries; this grid has {count:,}."),
    "grid or tries": Sentence("format", "A search has so many tries or a grid, not both."),
    "too long a search": Sentence(
        "limit",
        "All these trainings would take too long here: about {times:.1f} times what this server allows. Take fewer "
        "tries, seeds or steps, or run descent-lab search on a machine of your own.",
    ),
    "losses of several kinds": Sentence(
        "loss", "Tries are compared by their loss, which must be of one kind; it is varied."
    ),
    "cluster": Sentence(
        "format",
        "{field} must be local:4 for so many processes here, or the address of a scheduler such as "
        "tcp://scheduler:8786; got {came}.",
    ),
    "no Dask": Sentence("missing", "A cluster needs Dask: pip install 'descent-lab[cluster]'."),
    "no cluster": Sentence("busy", "No scheduler answers at {address} ({why})."),
    "no processes": Sentence("busy", "The {count} processes of the cluster did not start ({why})."),
    "no workers": Sentence("busy", "The scheduler at {address} has no workers."),
    "cluster lost": Sentence("busy", "The cluster does not answer any more ({why})."),
    "search lost": Sentence(
        "busy", "The cluster does not answer any more ({why}); {done:,} of {total:,} trainings were done."
    ),
    "no results": Sentence("format", "{path} is no file of results: line {line} has no key with an outcome."),
    "no Parquet": Sentence("missing", "A Parquet file needs pyarrow: pip install 'descent-lab[parquet]'."),
}
