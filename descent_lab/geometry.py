"""Places in the plane."""

Point = tuple[float, float]
"""x and y."""

Window = tuple[Point, Point]
"""What is seen of the plane: (x0, x1) and (y0, y1), each from the lower to the higher."""
