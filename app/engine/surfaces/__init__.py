"""Surfaces, one file per family, and their catalogue."""

from app.engine.catalog import Catalog
from app.engine.surface import Surface
from app.engine.surfaces.bowls import booth, matyas, mse_bowl, round_bowl
from app.engine.surfaces.many_minima import (
    ackley,
    hills,
    himmelblau,
    levy,
    rastrigin,
    six_hump_camel,
    styblinski_tang,
)
from app.engine.surfaces.plateaus import cliff, easom
from app.engine.surfaces.saddles import bounded_saddle, monkey_saddle, saddle
from app.engine.surfaces.valleys import beale, goldstein_price, long_valley, mccormick, rosenbrock

SURFACES: Catalog[Surface] = Catalog(
    "surface",
    *(beale, saddle, long_valley),
    *(mse_bowl, round_bowl, booth, matyas),
    *(rosenbrock, mccormick, goldstein_price),
    *(bounded_saddle, monkey_saddle),
    *(himmelblau, six_hump_camel, styblinski_tang, rastrigin, ackley, levy, hills),
    *(easom, cliff),
)
