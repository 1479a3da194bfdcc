"""Data to fit, and their catalogues: point sets that a person sees at a glance, tables of many inputs,
and samples for networks.
"""

from descent_lab.catalog import Catalog
from descent_lab.datasets.points import (
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
from descent_lab.datasets.real import digits, iris, mnist, wine
from descent_lab.datasets.samples import SampleSet
from descent_lab.datasets.tables import Table, diabetes
from descent_lab.datasets.toys import blobs, blobs3, circles, curve, moons, spirals, xor

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
