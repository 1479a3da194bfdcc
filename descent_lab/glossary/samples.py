"""Pictures of the glossary that are about samples: fits, sets, folds, and the layers that learn from them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from descent_lab.glossary.drawing import Drawing

X = np.array([-0.9, -0.65, -0.4, -0.1, 0.15, 0.4, 0.7, 0.95])
Y = np.array([-0.55, -0.1, -0.45, 0.05, 0.3, -0.05, 0.5, 0.35])


def residuals() -> str:
    """The line of least squares through eight points, and what each misses."""
    slope, intercept = np.polyfit(X, Y, 1)
    drawing = Drawing((-1.1, 1.1), (-0.8, 0.8)).line([(x, slope * x + intercept) for x in (-1.1, 1.1)])
    for x, y in zip(X, Y, strict=True):
        drawing.line([(x, y), (x, slope * x + intercept)], faint=True)
    return drawing.dots(zip(X, Y, strict=True)).svg()


def fits(high: int, low: int = 1) -> str:
    """Polynomials of two degrees through the same points; the lower one dashed."""
    x = np.linspace(-0.95, 0.98, 121)
    drawing = Drawing((-1.1, 1.1), (-1, 1))
    for degree, dashed in ((low, True), (high, False)):
        y = np.polyval(np.polyfit(X, Y, degree), x)
        drawing.curve(x, np.where(np.abs(y) <= 1, y, np.nan), faint=dashed, dashed=dashed)
    return drawing.dots(zip(X, Y, strict=True)).svg()


def overfitted() -> str:
    """Degree 6 against a straight line."""
    return fits(6)


STEPS = 120


def learning_curves() -> tuple[np.ndarray, np.ndarray]:
    """Training and validation loss of gradient descent on twelve noisy samples of ten inputs, a value for each step."""
    draws = np.random.default_rng(1)
    inputs, unseen, weights = draws.normal(size=(12, 10)), draws.normal(size=(60, 10)), np.zeros(10)
    true = np.array([1.0, -1.0, *np.zeros(8)])
    target, right = inputs @ true + 2 * draws.normal(size=12), unseen @ true
    losses: list[tuple[float, float]] = []
    for _ in range(STEPS):
        seen, new = inputs @ weights - target, unseen @ weights - right
        losses.append((float(np.mean(seen**2)), float(np.mean(new**2))))
        weights -= 0.05 * inputs.T @ (inputs @ weights - target) / 12
    training, validation = np.array(losses).T
    return training, validation


def early_stop() -> str:
    """The two losses, the validation's dashed, and a dot where it is lowest."""
    training, validation = learning_curves()
    steps = np.arange(float(STEPS))
    high = float(max(training[0], validation[0]))
    best = int(validation.argmin())
    return (
        Drawing((0, STEPS), (0, 1.05 * high))
        .axes()
        .curve(steps, training, faint=True)
        .curve(steps, validation, dashed=True)
        .dots([(best, validation[best])], radius=3.2)
        .svg()
    )


def shares(which: int) -> str:
    """Three sets of samples, 60, 20 and 20 of a hundred: training, validation, test. One of them stands out."""
    drawing = Drawing((0, 100), (0, 3))
    for i, (left, right) in enumerate(((0, 59), (61, 79), (81, 100))):
        drawing.bar(left, right, 1, 2, strength=1.0 if i == which else 0.25)
    return drawing.svg()


def folds() -> str:
    """Five folds, each of which is the validation set once."""
    drawing = Drawing((0, 5), (0, 5))
    for row in range(5):
        for fold in range(5):
            drawing.bar(
                fold + 0.05, fold + 0.95, row + 0.15, row + 0.85, strength=1.0 if fold == row else 0.25
            )
    return drawing.svg()


def batches() -> str:
    """Twelve samples in mini-batches of four, of which a step looks at one."""
    drawing = Drawing((0, 12.8), (0, 3))
    for i in range(12):
        left = i + 0.4 * (i // 4)
        drawing.bar(left + 0.1, left + 0.9, 1, 2, strength=1.0 if i // 4 == 1 else 0.25)
    return drawing.svg()


LAYERS = (2, 4, 3, 1)


def layered(out: frozenset[tuple[int, int]] = frozenset()) -> str:
    """A small network, with the neurons in `out`, (layer, neuron), switched off."""
    drawing = Drawing((0, 3), (-2, 2))
    places = [[(layer, i - (n - 1) / 2) for i in range(n)] for layer, n in enumerate(LAYERS)]
    alive = [
        [place for i, place in enumerate(column) if (layer, i) not in out]
        for layer, column in enumerate(places)
    ]
    for before, after in pairwise(alive):
        for start in before:
            for end in after:
                drawing.line([start, end], faint=True)
    for column, on in zip(places, alive, strict=True):
        drawing.dots(on, radius=4)
        drawing.dots([place for place in column if place not in on], radius=4, hollow=True)
    return drawing.svg()


def network() -> str:
    """Two inputs, layers of four and three neurons, one output."""
    return layered()


def dropped() -> str:
    """The same with some hidden neurons left out."""
    return layered(frozenset({(1, 1), (1, 3), (2, 0)}))
