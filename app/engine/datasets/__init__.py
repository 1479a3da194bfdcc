"""Data to fit, and their catalogues: point sets that a person sees at a glance, tables of many inputs."""

from app.engine.catalog import Catalog
from app.engine.datasets.points import (
    PointSet,
    clean,
    clusters,
    eleven,
    noisy,
    outlier,
    parabola,
    seven,
    sine,
)
from app.engine.datasets.tables import Table, diabetes

POINT_SETS: Catalog[PointSet] = Catalog(
    "preset",
    *(seven, eleven),
    *(clean, noisy, outlier, clusters),
    *(sine, parabola),
)

TABLES: Catalog[Table] = Catalog("dataset", diabetes)
