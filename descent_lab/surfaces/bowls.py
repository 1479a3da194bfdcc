"""Bowls: one minimum, no trap, and yet the shape decides how hard they are."""

from descent_lab.datasets.points import SEVEN_POINTS
from descent_lab.surfaces.surface import surface

_SQUARES = " + ".join(f"({y} - {x}x - y)^2" for x, y in SEVEN_POINTS)

mse_bowl = surface(
    "mse_bowl", "MSE of a line",
    f"({_SQUARES})/7",
    group="Bowls",
    axes=("slope", "intercept"),
    window=((-2.0, 4.0), (-6.0, 8.0)),
    start=(3.1, -4.5),
    minima=((0.33559322033898303, 0.804721549636804),),
    teaches="The mean squared error of a line through seven points: slope and intercept pull on each other, so the "
    "bowl is a slanted trough.",
)  # fmt: skip

round_bowl = surface(
    "round_bowl", "Round bowl",
    "x^2 + y^2",
    group="Bowls",
    window=((-3.0, 3.0), (-2.2, 2.2)),
    start=(-2.4, 1.5),
    minima=((0.0, 0.0),),
    teaches="Downhill points straight at the goal: here plain gradient descent is as good as anything.",
)  # fmt: skip

booth = surface(
    "booth", "Booth's function",
    "(x + 2y - 7)^2 + (2x + y - 5)^2",
    group="Bowls",
    window=((-6.0, 8.0), (-4.0, 9.0)),
    start=(-4.0, -2.0),
    minima=((1.0, 3.0),),
    teaches="A slanted bowl: the axes do not lie along its valleys, which is what scaling each axis cannot mend.",
)  # fmt: skip

matyas = surface(
    "matyas", "Matyas' function",
    "0.26(x^2 + y^2) - 0.48x y",
    group="Bowls",
    window=((-10.0, 10.0), (-8.0, 8.0)),
    start=(-7.0, 5.0),
    minima=((0.0, 0.0),),
    teaches="A shallow slanted trough: down the walls in a moment, along the floor for ages.",
)  # fmt: skip
