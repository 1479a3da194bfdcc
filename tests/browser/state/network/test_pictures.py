"""Drawing a network: regions as pixels, where neurons stand, which connection lies under a hand."""

from typing import Any

import pytest

from tests.browser.state.conftest import Run

# A ramp of which a pixel tells its place.
RAMP = "const ramp = Uint32Array.from({ length: 256 }, (_, i) => 1000 + i);"
LAYOUT = """
    const { layoutOf } = await import("/views/network/layout.js");
    const { lineAt, neuronAt, thickest, weakestDrawn, largestWeight, risen } = await import("/views/network/lines.js");
    const { weightAt } = await import("/views/network/pointing.js");
    const { countOf, numberOf, weightOf, isBias } = await import("/state/network/weights.js");
    function drawn(dims, weights, picture = null, width = 500, room = 0) {
      const layout = layoutOf(dims, width, { picture: picture !== null, left: 20, right: 20 }, room);
      const [scale, weakest] = [largestWeight(weights, dims), weakestDrawn(weights, dims)];
      return { layout, dims, weights, picture, scale, weakest, thick: thickest(layout, dims) };
    }
"""


def test_values_from_below_become_pixels_from_above(run: Run) -> None:
    body = f"""
        const {{ shade }} = await import("/views/samples/response-pixels.js");
        {RAMP}
        const pixels = new Uint32Array(6);
        shade(pixels, [9, 0, 0.5, 1, -3, 7, NaN], 1, 3, 2, ramp);
        return [...pixels];
    """
    assert run(body) == [1000, 1255, 0, 1000, 1128, 1255], "upper row first; no number, no colour"


def test_a_tile_is_shaded_into_its_place_of_a_sheet(run: Run) -> None:
    body = f"""
        const {{ tileSheet }} = await import("/views/network/neurons.js");
        const {{ shade }} = await import("/views/samples/response-pixels.js");
        {RAMP}
        const sheet = tileSheet(3, 2, 2);
        shade(sheet.pixels, [0, 0, 1, 1], 0, 2, 2, ramp, 0, 1, sheet.at(2), sheet.stride);
        return [...sheet.pixels];
    """
    assert run(body) == [0] * 8 + [1255, 1255, 0, 0, 1000, 1000, 0, 0]


@pytest.mark.parametrize(
    ("shares", "best", "strength"),
    [([0.8, 0.1, 0.1], 0, 0.7), ([0.4, 0.4, 0.2], 0, 0), ([0, 0.25, 0.75], 2, 0.5), ([-2, 3, 0], 1, 1)],
)
def test_of_several_classes_the_first_is_as_strong_as_its_lead(
    run: Run, shares: list[float], best: int, strength: float
) -> None:
    body = """
        const { shadeClasses } = await import("/views/samples/response-pixels.js");
        const rising = [0, 1, 2].map((k) => Uint32Array.from({ length: 256 }, (_, i) => 1000 * (k + 1) + i));
        const pixels = new Uint32Array(1);
        shadeClasses(pixels, Float32Array.from(argument), 0, 1, 1, 3, { rising });
        return pixels[0];
    """
    assert run(body, shares) == 1000 * (best + 1) + int(strength * 255 + 0.5)


def test_regions_of_a_network_that_ran_away_are_left_empty(run: Run) -> None:
    body = """
        const { shadeClasses } = await import("/views/samples/response-pixels.js");
        const rising = [new Uint32Array(256).fill(1), new Uint32Array(256).fill(2)];
        const pixels = new Uint32Array(2);
        shadeClasses(pixels, [NaN, 1, NaN, 0], 0, 2, 1, 2, { rising });
        return [...pixels];
    """
    assert run(body) == [0, 1]


@pytest.mark.parametrize(
    ("count", "width", "columns"), [(4, 850, 4), (7, 850, 4), (1, 850, 1), (4, 360, 2), (5, 100, 1)]
)
def test_rows_of_regions_are_full(run: Run, count: int, width: int, columns: int) -> None:
    body = "return (await import('/views/regions/cell.js')).columnsOf(argument[0], argument[1], 160);"
    assert run(body, [count, width]) == columns


def test_a_weight_has_one_number_and_a_number_one_weight(run: Run) -> None:
    body = f"""{LAYOUT}
        const dims = [2, 3, 1];
        const all = Array.from({{ length: countOf(dims) }}, (_, k) => weightOf(dims, k));
        const nowhere = [[2, 0, 0], [0, 3, 0], [0, 0, 3], [-1, 0, 0]];
        return {{ count: all.length, back: all.map((weight) => numberOf(dims, weight)),
          biases: all.flatMap((weight, k) => (isBias(dims, weight) ? [k] : [])), beyond: weightOf(dims, all.length),
          none: nowhere.map(([layer, from, to]) => numberOf(dims, {{ layer, from, to }})) }};
    """
    assert run(body) == {
        "count": 13,
        "back": list(range(13)),
        "biases": [6, 7, 8, 12],
        "beyond": None,
        "none": [-1] * 4,
    }


DIMS: list[list[Any]] = [
    [[2, 8, 8, 1], None],
    [[2, 64, 64, 64, 64, 64, 64, 1], None],
    [[2, 1], None],
    [[4, 6, 3], None],
    [[784, 15, 10], [28, 28]],
    [[64, 64, 10], [8, 8]],
    [[784, 10], [28, 28]],
]


@pytest.mark.parametrize("width", [300, 520, 1200])
@pytest.mark.parametrize(("dims", "picture"), DIMS)
def test_neurons_lie_side_by_side_within_the_drawing(run: Run, dims: Any, picture: Any, width: int) -> None:
    body = f"""{LAYOUT}
        const [dims, picture, width] = argument;
        const {{ layout }} = drawn(dims, new Float64Array(countOf(dims)).fill(1), picture, width);
        const boxes = layout.columns.flatMap(({{ size, spots }}) => spots.map(({{ left, top }}) => [left, top, size]));
        const overlaps = boxes.some(([x, y, s], i) => boxes.slice(i + 1).some(([u, v, t]) =>
          Math.abs(x - u) < (s + t) / 2 - 1e-6 && Math.abs(y - v) < (s + t) / 2 - 1e-6));
        const outside = boxes.some(([x, y, s]) =>
          x < s / 2 || x + s / 2 > width || y < s / 2 || y + s / 2 > layout.height);
        return {{ count: boxes.length, overlaps, outside, foot: layout.foot <= layout.height }};
    """
    count = sum(dims[1:]) + (1 if picture else dims[0])
    assert run(body, [dims, picture, width]) == {
        "count": count,
        "overlaps": False,
        "outside": False,
        "foot": True,
    }


def test_the_height_of_a_line_is_that_of_the_curve_that_is_drawn(run: Run) -> None:
    body = f"""{LAYOUT}
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        path.setAttribute("d", "M 0 0 C 50 0 50 100 100 100");
        const whole = path.getTotalLength();
        return Math.max(...Array.from({{ length: 99 }}, (_, k) => path.getPointAtLength((k + 1) * whole / 100))
          .map(({{ x, y }}) => Math.abs(risen(x / 100) * 100 - y)));
    """
    assert run(body) < 0.05


def test_a_hand_finds_every_line_and_every_bias(run: Run) -> None:
    body = f"""{LAYOUT}
        const dims = [2, 3, 2];
        const now = drawn(dims, Float64Array.from({{ length: countOf(dims) }}, () => 1));
        const [inputs, hidden, outputs] = now.layout.columns;
        const found = [];
        for (const [layer, before, after] of [[0, inputs, hidden], [1, hidden, outputs]])
          before.spots.forEach((from, i) => after.spots.forEach((to, j) => {{
            const part = 0.12; // near where it begins, lines of a neuron are close: there is one height for each
            const [x0, x1] = [from.left + before.size / 2, to.left - after.size / 2];
            const weight = weightAt(now, x0 + (1 - part) * (x1 - x0), from.top + (to.top - from.top) * risen(1 - part));
            found.push([weight?.layer === layer && weight.to === j, Math.abs((weight?.from ?? 99) - i) <= 1]);
          }}));
        const bias = weightAt(now, hidden.spots[1].left, hidden.spots[1].top);
        const input = weightAt(now, inputs.spots[0].left, inputs.spots[0].top);
        return {{ wrong: found.filter(([a, b]) => !a || !b).length, bias, input, empty: weightAt(now, 1, 1) }};
    """
    assert run(body) == {
        "wrong": 0,
        "bias": {"layer": 0, "from": 2, "to": 1},
        "input": None,
        "empty": None,
    }


def test_a_hand_on_the_picture_of_a_neuron_finds_the_pixel(run: Run) -> None:
    body = f"""{LAYOUT}
        const dims = [784, 15, 10];
        const now = drawn(dims, new Float64Array(countOf(dims)).fill(1), [28, 28]);
        const {{ size, spots }} = now.layout.columns[1];
        const place = (pixel) => ((pixel + 0.5) / 28 - 0.5) * size;
        const at = (column, row) => weightAt(now, spots[4].left + place(column), spots[4].top + place(row));
        return [at(0, 0), at(27, 0), at(3, 20)];
    """
    assert run(body) == [{"layer": 0, "from": pixel, "to": 4} for pixel in (0, 27, 20 * 28 + 3)]


def test_of_too_many_lines_the_strongest_are_drawn_between_any_two_layers(run: Run) -> None:
    body = f"""{LAYOUT}
        const dims = [64, 64, 64, 1];
        const size = (k) => (k < 4160 ? 10 : 0.1);
        const weights = Float64Array.from({{ length: countOf(dims) }}, (_, k) => Math.sin(k * k) * size(k));
        const weakest = weakestDrawn(weights, dims);
        const drawnOf = (layer, begin, count) =>
          weights.subarray(begin, begin + count).filter((weight) => Math.abs(weight) >= weakest[layer]).length;
        const [few] = weakestDrawn(weights.subarray(0, 13), [2, 3, 1]);
        return [drawnOf(0, 0, 4096), drawnOf(1, 4160, 4096), drawnOf(2, 8320, 64), few];
    """
    first, second, last, few = run(body)
    assert 200 < first <= 400
    assert 200 < second <= 400
    assert (last, few) == (64, 0)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ArrowRight", [1, 1, 0]),
        ("ArrowLeft", [0, 1, 1]),
        ("ArrowDown", [0, 2, 1]),
        ("b", [0, 2, 1]),
        ("PageUp", [0, 1, 0]),
        ("Home", None),
    ],
)
def test_keys_go_from_connection_to_connection(run: Run, key: str, expected: Any) -> None:
    body = """
        const { stepped } = await import("/views/network/keys.js");
        const next = stepped(argument, { layer: 0, from: 1, to: 1 }, [2, 3, 1]);
        return next && [next.layer, next.from, next.to];
    """
    assert run(body, key) == expected


def test_a_cell_of_the_matrix_lies_under_the_hand(run: Run) -> None:
    body = """
        const { cellAt, sumOf } = await import("/views/regions/confusion.js");
        const box = { left: 20, top: 10, width: 90, height: 60 };
        return [cellAt(3, box, 25, 12), cellAt(3, box, 109, 69), cellAt(3, box, 19, 30), sumOf([1, 2, 3, 4], 1, 2)];
    """
    assert run(body) == [{"row": 0, "column": 0}, {"row": 2, "column": 2}, None, 5]
