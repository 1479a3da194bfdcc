"""Saddles: down one way and up another, where a small gradient proves nothing."""

from descent_lab.surfaces.surface import surface

saddle = surface(
    "saddle", "Saddle",
    "x^2 - y^2",
    group="Saddles",
    window=((-1.6, 1.6), (-1.6, 1.6)),
    start=(1.2, 0.001),
    saddles=((0.0, 0.0),),
    steps=150,
    teaches="Started a hair off the ridge, everybody slides to the saddle; who breaks the symmetry gets away.",
)  # fmt: skip

bounded_saddle = surface(
    "bounded_saddle", "Saddle with two ways out",
    "x^2 - y^2 + y^4/4",
    group="Saddles",
    window=((-2.0, 2.0), (-2.2, 2.2)),
    start=(1.6, 0.002),
    minima=((0.0, 1.4142135623730951), (0.0, -1.4142135623730951)),
    saddles=((0.0, 0.0),),
    steps=200,
    teaches="A saddle between two hollows: escaping is half the way, settling down is the other half.",
)  # fmt: skip

monkey_saddle = surface(
    "monkey_saddle", "Monkey saddle",
    "x^3 - 3x y^2",
    group="Saddles",
    window=((-1.5, 1.5), (-1.5, 1.5)),
    start=(1.2, 0.05),
    saddles=((0.0, 0.0),),
    steps=200,
    teaches="Three ways down, the third for the tail: in the middle the ground is flat in its curvature too.",
)  # fmt: skip
