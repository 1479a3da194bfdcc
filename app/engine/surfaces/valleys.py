"""Valleys: one way down, and it is narrow or bent."""

from app.engine.surface import surface

beale = surface(
    "beale", "Beale's function",
    "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    group="Valleys",
    window=((-1.2, 4.2), (-1.6, 2.2)),
    start=(1.0, 1.6),
    minima=((3.0, 0.5),),
    saddles=((0.0, 1.0),),
    teaches="Steep walls and a flat curved valley: the walls throw fast optimizers off, the valley starves slow ones.",
)  # fmt: skip

rosenbrock = surface(
    "rosenbrock", "Rosenbrock's banana",
    "(1 - x)^2 + 100*(y - x^2)^2",
    group="Valleys",
    window=((-2.2, 2.2), (-1.0, 3.2)),
    start=(-1.5, 2.0),
    minima=((1.0, 1.0),),
    teaches="Finding the valley is easy, walking along its bent floor is not: the slope points across, not along.",
)  # fmt: skip
