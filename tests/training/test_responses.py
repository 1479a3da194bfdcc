"""The plane that networks are looked at in."""

import pytest

from descent_lab.setups.reading import read_network
from descent_lab.training.responses import window_of

TOYS = ((-2.1, 2.1), (-2.1, 2.1))


@pytest.mark.parametrize(
    ("setup", "window"),
    [
        ({"data": "moons"}, TOYS),
        ({"data": "moons", "spread": 0.5}, ((-3, 3), (-3, 3))),
        ({"data": "curve"}, ((-2.1, 2.1), (-1.6, 1.6))),
        ({"drawn": [[-1, 0, 0], [1, 0.5, 1]]}, TOYS),
        ({"drawn": [[-2.1, 0, 0], [1, 2.1, 1], [0, 0, 2]]}, TOYS),
        ({"drawn": [[-2.2, 0, 0], [1, 2.1, 1], [0, 0, 2]]}, ((-2.5, 2.5), (-2.5, 2.5))),
        ({"drawn": [[0, 0, 0], [10, 20, 1]]}, ((-1.5, 11.5), (-3.0, 23.0))),
        ({"data": "iris"}, None),
    ],
)
def test_the_plane_of_the_toys_stays_under_a_drawing_hand_and_others_hold_their_samples(
    setup: dict[str, object], window: object
) -> None:
    assert window_of(read_network(setup)) == window
