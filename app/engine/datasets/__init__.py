"""Data to fit, and their catalogues: point sets that a person sees at a glance, tables of many inputs,
and samples for networks.
"""

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
from app.engine.datasets.real import digits, iris, mnist, wine
from app.engine.datasets.samples import SampleSet
from app.engine.datasets.tables import Table, diabetes
from app.engine.datasets.toys import blobs, blobs3, circles, curve, moons, spirals, xor

POINT_SETS: Catalog[PointSet] = Catalog(
    "preset",
    *(seven, eleven),
    *(clean, noisy, outlier, clusters),
    *(sine, parabola),
)

TABLES: Catalog[Table] = Catalog("dataset", diabetes)

SAMPLE_SETS: Catalog[SampleSet] = Catalog(
    "data",
    *(moons, circles, xor, spirals, blobs, blobs3, curve),
    *(iris, wine, digits, mnist),
)
