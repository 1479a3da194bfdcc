"""The words of the field, each in a sentence, with its formula and a small picture."""

from __future__ import annotations

from descent_lab.catalog import Catalog
from descent_lab.glossary.descending import DESCENDING
from descent_lab.glossary.learning import FITTING, JUDGING, NETWORKS, SEARCHING
from descent_lab.glossary.listed import ACTIVATION, INITIALISATION, LOSS, OPTIMIZER, SCHEDULE
from descent_lab.glossary.term import Term

GLOSSARY: Catalog[Term] = Catalog(
    "term",
    *DESCENDING,
    *OPTIMIZER,
    *SCHEDULE,
    *LOSS,
    *FITTING,
    *JUDGING,
    *NETWORKS,
    *ACTIVATION,
    *INITIALISATION,
    *SEARCHING,
)
"""Every term, in the order in which it is read."""
