"""Surfaces, one file per family, and their catalogue."""

from app.engine.catalog import Catalog
from app.engine.surface import Surface
from app.engine.surfaces.valleys import beale, rosenbrock

SURFACES: Catalog[Surface] = Catalog("surface", beale, rosenbrock)
