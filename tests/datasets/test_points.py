"""Data to fit: the catalogues, and points pasted as text."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.datasets import POINT_SETS, TABLES
from descent_lab.datasets.splits import split
from descent_lab.geometry import LARGEST
from descent_lab.refusals import Refusal
from tests.datasets.pasted import read_points

every_set = pytest.mark.parametrize("key", POINT_SETS)


def line_through(key: str) -> tuple[float, float, float]:
    """Slope, intercept and MSE of the least-squares line."""
    x, y = np.array(POINT_SETS[key].points).T
    slope, intercept = np.polyfit(x, y, 1)
    return slope, intercept, float(np.mean((slope * x + intercept - y) ** 2))


# ---------------------------------------------------------------- the catalogues


@every_set
def test_a_set_is_plain_json_and_says_what_to_watch(key: str) -> None:
    said = POINT_SETS[key].describe()
    assert json.loads(json.dumps(said)) == said
    assert said["teaches"].endswith(".")
    assert len(said["points"]) == len({tuple(point) for point in said["points"]}) >= 7


@every_set
def test_the_model_fits_the_points(key: str) -> None:
    chosen = POINT_SETS[key]
    degree = chosen.model.get("degree", 1)
    assert set(chosen.model) <= {"degree", "standardise", "split", "start", "batch"}
    assert 1 <= degree <= 12
    assert len(chosen.model["start"]) == degree + 1
    assert sum(chosen.model.get("split", [100, 0, 0])) == 100
    assert chosen.model.get("batch", 0) < len(chosen.points)


def test_the_chapter_s_line() -> None:
    assert line_through("seven") == pytest.approx((0.33559, 0.80472, 0.018052), abs=5e-6)


def test_scattered_points_stay_where_they_are() -> None:
    """They are drawn from a seed: links that name a set count on them, whatever the version of numpy."""
    assert line_through("noisy") == pytest.approx((0.528, 0.680, 0.1843), abs=5e-4)
    assert POINT_SETS["noisy"].points[:2] == ((0.08, 0.5), (0.26, 1.09))
    assert POINT_SETS["clusters"].points[:2] == ((0.62, 1.42), (0.94, 1.26))
    assert POINT_SETS["sine"].points[:2] == ((0.24, 0.29), (0.52, 0.67))
    assert POINT_SETS["parabola"].points[:2] == ((-2.49, 2.83), (-2.32, 2.22))


def test_eleven_points_are_met_by_a_curve_that_swings() -> None:
    x, y = np.array(POINT_SETS["eleven"].points).T
    curve = np.polyfit(x, y, 10)
    assert np.max(np.abs(np.polyval(curve, x) - y)) < 1e-8
    assert np.max(np.polyval(curve, np.linspace(0, 5, 501))) > 2 * np.max(y)


def test_the_clean_line_has_no_noise_and_the_outlier_spoils_it() -> None:
    assert line_through("clean") == pytest.approx((0.6, 0.5, 0), abs=1e-9)
    slope, _, loss = line_through("outlier")
    assert slope < 0.1
    assert loss > 1


def test_the_sine_is_over_fitted_by_too_high_a_degree() -> None:
    chosen = POINT_SETS["sine"]
    x, y = np.array(chosen.points).T
    sets = split(len(x), chosen.model["split"], 0)
    losses = []
    for degree in (1, 3, 12):
        curve = np.polynomial.Polynomial.fit(x[sets == 0], y[sets == 0], degree)
        losses.append([np.mean((curve(x[sets == s]) - y[sets == s]) ** 2) for s in (0, 1)])
    (train1, check1), (train3, check3), (train12, check12) = losses
    assert train1 > train3 > train12
    assert check1 > check3 < check12


def test_parabola_is_no_line() -> None:
    assert line_through("parabola")[2] > 10 * 0.0508


def test_diabetes() -> None:
    table = TABLES["diabetes"]
    assert (table.inputs.shape, table.targets.shape) == ((442, 10), (442,))
    np.testing.assert_allclose(np.sum(table.inputs**2, axis=0), 1, rtol=1e-9)
    assert (table.targets.min(), table.targets.max()) == (25, 346)
    assert abs(np.corrcoef(table.inputs.T)[4, 5]) > 0.85  # the two cholesterols of which it speaks
    assert json.loads(json.dumps(table.describe())) == table.describe()
    with pytest.raises(ValueError, match="read-only"):
        table.inputs[0, 0] = 1


def test_the_listing_loads_no_data() -> None:
    code = "import sys; from descent_lab.datasets import TABLES; TABLES.describe(); assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(Refusal, match=r"'sevn'.*Did you mean 'seven'"):
        POINT_SETS["sevn"]


# ---------------------------------------------------------------- points as text


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n3,4.5\n",
        "x,y\n1,2\n3,4.5",
        "\ufeffheight; weight, kg\r\n1;2\r\n3;4,5\r\n",
        "1\t2\r3\t4,5\r",
        "1 2\n3 4,5",
        "  1    2  \n\n\n 3   +4.5e0\n\n",
        "x y\n1.0 2.0\n3.0 4.5",
        "1, 2\n3, 4.5",
        "1 , 2 ,\n,\n3,4.5,,\n",
        '"1";"2"\n"3";"4,5"',
        "hour,mark\n1,2\n;\n3,4.50",
    ],
)
def test_points_as_people_paste_them(text: str) -> None:
    assert read_points(text, 10) == [(1, 2), (3, 4.5)]


def test_decimal_commas_where_no_comma_parts() -> None:
    assert read_points("1,5 2,5\n-0,25 1e-2", 10) == [(1.5, 2.5), (-0.25, 0.01)]
    assert read_points("1,5;2,5\n−3;,5", 10) == [(1.5, 2.5), (-3, 0.5)]
    assert read_points("1,5", 10) == [(1, 5)]


@pytest.mark.parametrize(
    ("text", "row", "came"),
    [
        ("1,2\n3,four\n", 2, "3,four"),
        ("x,y\n\n1,2\n\n3\n", 5, "3"),
        ("1,2\n3,4,5", 2, "3,4,5"),
        ("1;2\nx;y", 2, "x;y"),
        ("1,two\n3,4", 1, "1,two"),
        ("1,2\n,4", 2, ",4"),
        ("1,2\r\n3,NaN\r\n", 2, "3,NaN"),
        ("nan,inf", 1, "nan,inf"),
        ("1,2\n-inf,0", 2, "-inf,0"),
        ("1,2\n3,1e300", 2, "3,1e300"),
        ("1,2\n3,1e999", 2, "3,1e999"),
        ('1,2\n"3,4\n5,6\n', 2, '"3,4'),
        ("1,2\n3_0,4", 2, "3_0,4"),
        ("1,2\n٣,4", 2, "٣,4"),
        ("1,2\n" + "9" * 200_000 + "x,2", 2, "9" * 39 + "…"),
    ],
)
def test_a_bad_row_is_named_as_an_editor_counts(text: str, row: int, came: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_points(text, 10)
    assert refused.value.field == "csv"
    assert refused.value.message.startswith(f"Row {row}: ")
    assert "expected" in refused.value.message
    assert refused.value.message.endswith(f"got {came!r}.")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n", "x,y\n", "not a table"])
def test_no_rows_at_all(text: str) -> None:
    with pytest.raises(Refusal, match="There is no row in this text"):
        read_points(text, 10)


def test_too_many_rows_are_counted() -> None:
    text = "x,y\n" + "1,2\n" * 100_000
    assert len(read_points(text, 100_000)) == 100_000
    with pytest.raises(Refusal, match=r"At most 500 rows are taken; 100,000 came\."):
        read_points(text, 500)


finite = st.floats(-LARGEST, LARGEST)


def read(text: str) -> list[tuple[float, float]] | str:
    """The points of a text, or why there are none."""
    try:
        return read_points(text, 30)
    except Refusal as refusal:
        return refusal.reason


@given(
    st.lists(st.tuples(finite, finite), min_size=1, max_size=30),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), (" ", "."), ("   ", ",")]),
    st.sampled_from(["", "x{0}y{1}", "{1}x{0}y{1}"]),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
def test_written_and_read_again(
    points: list[tuple[float, float]], style: tuple[str, str], header: str, ending: str
) -> None:
    separator, decimal = style
    rows = [f"{x!r}{'@'}{y!r}".replace(".", decimal).replace("@", separator) for x, y in points]
    text = header.format(separator, ending) + ending.join(rows)
    assert read(text) in (points, "row in doubt" if decimal == "," else points)


@given(st.text(alphabet="0123456789.,;-+e \t\nxy\"'", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    points = []
    with contextlib.suppress(Refusal):
        points = read_points(text, 5)
        assert points
    assert len(points) <= 5
