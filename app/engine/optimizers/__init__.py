"""Optimizers, one file per family, and their catalogue."""

from app.engine.catalog import Catalog
from app.engine.optimizers.adaptive import adam
from app.engine.optimizers.gradient import gd, momentum
from app.engine.rules import Optimizer

OPTIMIZERS: Catalog[Optimizer] = Catalog("optimizer", gd, momentum, adam)
