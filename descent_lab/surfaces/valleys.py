"""Valleys: one way down, and it is narrow or bent."""

from descent_lab.surfaces.surface import surface

long_valley = surface(
    "long_valley", "Long narrow valley",
    "0.5x^2 + 50y^2",
    group="Valleys",
    window=((-11.0, 3.0), (-2.2, 2.2)),
    start=(-10.0, 1.0),
    minima=((0.0, 0.0),),
    teaches="A hundred times steeper across than along: the step that the walls allow is far too short for the floor.",
)  # fmt: skip

beale = surface(
    "beale", "Beale's function",
    "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    group="Valleys",
    window=((-1.2, 4.2), (-1.6, 2.2)),
    start=(1.0, 1.6),
    minima=((3.0, 0.5),),
    saddles=((0.0, 1.0),),
    steps=240,
    teaches="Steep walls and a flat curved valley: the walls throw fast optimizers off, the valley starves slow ones.",
)  # fmt: skip

rosenbrock = surface(
    "rosenbrock", "Rosenbrock's banana",
    "(1 - x)^2 + 100*(y - x^2)^2",
    group="Valleys",
    window=((-2.2, 2.2), (-1.0, 3.2)),
    start=(-1.5, 2.0),
    minima=((1.0, 1.0),),
    steps=500,
    teaches="Finding the valley is easy, walking along its bent floor is not: the slope points across, not along.",
)  # fmt: skip

mccormick = surface(
    "mccormick", "McCormick's function",
    "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
    group="Valleys",
    window=((-1.5, 4.0), (-3.0, 4.0)),
    start=(3.5, 0.0),
    minima=((-0.5471975511965976, -1.5471975511965976), (2.594395102393195, 1.5943951023931953)),
    saddles=((1.5471975511965979, 0.5471975511965977),),
    teaches="A valley that rises and falls like a wave: some stop in the first hollow, the lower one lies further on.",
)  # fmt: skip

goldstein_price = surface(
    "goldstein_price", "Goldstein-Price function",
    "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
    "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
    group="Valleys",
    window=((-2.0, 2.0), (-2.0, 2.0)),
    start=(-0.8, 0.9),
    minima=((0.0, -1.0), (-0.6, -0.4), (1.8, 0.2), (1.2, 0.8)),
    saddles=((-0.4, -0.6), (1.2, -0.2), (1.4, 0.6), (0.6, 0.4)),
    teaches="Heights from three to a million on one map: a rate that is right in one place is absurd in another.",
)  # fmt: skip
