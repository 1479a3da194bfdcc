"""Surfaces, one file per family, and their catalogue."""

from descent_lab.catalog import Catalog
from descent_lab.surfaces.bowls import booth, matyas, mse_bowl, round_bowl
from descent_lab.surfaces.many_minima import (
    ackley,
    hills,
    himmelblau,
    levy,
    rastrigin,
    six_hump_camel,
    styblinski_tang,
)
from descent_lab.surfaces.plateaus import cliff, easom
from descent_lab.surfaces.saddles import bounded_saddle, monkey_saddle, saddle
from descent_lab.surfaces.surface import Surface
from descent_lab.surfaces.valleys import beale, goldstein_price, long_valley, mccormick, rosenbrock

SURFACES: Catalog[Surface] = Catalog(
    "surface",
    *(beale, saddle, long_valley),
    *(mse_bowl, round_bowl, booth, matyas),
    *(rosenbrock, mccormick, goldstein_price),
    *(bounded_saddle, monkey_saddle),
    *(himmelblau, six_hump_camel, styblinski_tang, rastrigin, ackley, levy, hills),
    *(easom, cliff),
)
