"""Plateaus: almost no slope, and somewhere far away a way down."""

from descent_lab.surfaces.surface import surface

easom = surface(
    "easom", "Easom's function",
    "-cos(x) cos(y) exp(-((x - pi)^2 + (y - pi)^2))",
    group="Plateaus",
    window=((0.0, 6.3), (0.6, 5.6)),
    start=(1.4, 2.2),
    minima=((3.141592653589793, 3.141592653589793),),
    teaches="A plain with one hole: unless you start beside it, there is no slope that tells where it is.",
)  # fmt: skip

cliff = surface(
    "cliff", "Plateau with a cliff",
    "1/(1 + exp(-8(x - 1))) + 0.02(x + 2)^2 + 0.05y^2",
    group="Plateaus",
    window=((-3.5, 4.0), (-2.6, 2.6)),
    start=(3.2, 1.6),
    minima=((-2.0000000075502684, 0.0),),
    teaches="A gentle plateau, a sudden cliff, a gentle plain: one gradient in a hundred is a hundred times the "
    "others.",
)  # fmt: skip
