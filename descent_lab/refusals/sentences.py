"""The sentences of refusals, in English: what was expected and what came. Another language is another such catalogue.

A reason is the name of a sentence; its code is the kind of fault, for programs. Braces name the refusal's values (and
`field`), in the form that Python's `format` takes; a list is named item by item.
"""

from __future__ import annotations

from descent_lab.refusals.data import DATA
from descent_lab.refusals.formulas import FORMULAS
from descent_lab.refusals.links import LINKS
from descent_lab.refusals.requests import REQUESTS
from descent_lab.refusals.searches import SEARCHES
from descent_lab.refusals.sentence import Sentence
from descent_lab.refusals.setups import SETUPS

SENTENCES: dict[str, Sentence] = SETUPS | FORMULAS | DATA | LINKS | REQUESTS | SEARCHES
