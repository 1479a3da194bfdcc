"""Places in the plane, and how far out they may lie."""

LARGEST = 1e100
"""A number beyond this overflows in the first square; it is refused rather than raced."""

Point = tuple[float, float]
"""x and y."""

Window = tuple[Point, Point]
"""What is seen of the plane: (x0, x1) and (y0, y1), each from the lower to the higher."""
