"""Samples that a person brings: pasted as text, or drawn by hand."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.datasets.csv_samples import drawn_samples, read_samples
from descent_lab.refusals import Refusal

# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    "text",
    [
        "1,-1.5,red\n-1,1.5,blue\n",
        "1;-1,5;red\r\n-1;1,5;blue\r\n",
        "1\t-1,5\tred\r-1\t1.5\tblue\r",
        "1 | -1.5 | red\n-1 | 1,5 | blue",
        "1 −1.5 red\n-1   +1,5 blue",
        "\ufeffx1,x2,colour\n1,-1.5,red\n\n,,\n-1,1.5,blue,\n",
        '"x1";"x2";"colour"\n"1";"-1,5";"red"\n"-1";"1,5";"blue"',
    ],
)
def test_samples_as_people_paste_them(text: str) -> None:
    samples = read_samples(text, 10)
    assert samples.inputs.tolist() == [[1, -1.5], [-1, 1.5]]
    assert samples.inputs.dtype == np.float64
    assert (samples.targets.tolist(), samples.targets.dtype) == ([1, 0], np.int64)
    assert (samples.classes, samples.names) == (("blue", "red"), ("x1", "x2"))
    assert (samples.shape, samples.test, samples.measured) == (None, None, True)


def test_the_header_names_the_inputs() -> None:
    samples = read_samples("height, weight, kind\n-1, 1, a\n1, -1, b", 10)
    assert samples.names == ("height", "weight")
    assert read_samples("height,,kind\n-1,1,a\n1,-1,b", 10).names == ("height", "x2")


def test_words_may_have_spaces_and_commas() -> None:
    samples = read_samples('1,0,Iris setosa\n-1,0.5,"red, dark"', 10)
    assert samples.classes == ("Iris setosa", "red, dark")


def test_one_input_and_a_decimal_comma() -> None:
    samples = read_samples("1,5;a\n-1,5;b", 10)
    assert samples.inputs.tolist() == [[1.5], [-1.5]]


def test_numbers_of_classes_are_in_their_order() -> None:
    samples = read_samples("1,10\n0,9\n-1,9.0\n0.5,11\n-0.5,-1", 10)
    assert samples.classes == ("-1", "9", "10", "11")
    assert samples.targets.tolist() == [2, 1, 1, 3, 0]


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3,a\n2,1,5,b\n4,0,1,a",
        "10,1,a\n30,2,b\n20,0,a",
        "0.01,0.02,a\n0.03,-0.01,b",
        "5,1,a\n6,0,b",
    ],
)
def test_three_inputs_and_numbers_not_of_order_one_are_standardised(text: str) -> None:
    raw = read_samples(text, 10)
    samples = raw.scaled_for(np.arange(len(raw.targets)))
    assert samples.scales is not None
    np.testing.assert_allclose(samples.inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(samples.inputs.std(axis=0), 1)
    np.testing.assert_allclose(samples.scales.undone(samples.inputs), raw.inputs, rtol=1e-12, atol=1e-12)


def test_huge_numbers_and_columns_of_one_value_stay_finite() -> None:
    samples = read_samples("1e100,0.1,a\n-1e100,0.1,b\n1e99,0.1,a", 10).scaled_for(np.arange(3))
    assert np.all(np.isfinite(samples.inputs))
    assert np.all(samples.inputs[:, 1] == 0)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("1,2,a\n3,b\n", 2, "3 columns, as many as in row 1, were"),
        ("x,y,c\n\n1,2,a\n3,4,5,b\n", 4, "3 columns, as many as in row 3, were"),
        ("1,2,a\n3,4,\n", 2, "a value in column 3 was"),
        ("x,c\n1,2,a\n3,4,b\n", 1, "a header of 3 names, one for each column of row 2, was"),
        ("1,2,a\n3,red,b\n", 2, "a number was expected in column 2, as in the rows around"),
        ("red,2,a\n3,4,b\n", 1, "a number was expected in column 1, as in the rows around"),
        ("1,2,a\n,4,b\n", 2, "a value in column 1 was"),
        ("1,2,a\n3,NaN,b\n", 2, "a value in column 2 was"),
        ("1,2,a\n-inf,4,b\n", 2, "numbers from -1e+100 to 1e+100 were"),
        ("1,2,a\n1e300,4,b\n", 2, "numbers from -1e+100 to 1e+100 were"),
        ("1,2,3\n3,4,nan\n", 2, "a value in column 3 was"),
        ("1,2,a\n3,4," + "b" * 41, 2, "a class of at most 40 characters was"),
        ("1\n2\n", 1, "two columns at least, inputs and a class or a value, were"),
    ],
)
def test_a_bad_row_is_named_as_an_editor_counts(text: str, row: int, expected: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_samples(text, 10)
    assert (refused.value.field, refused.value.code) == ("csv", "csv")
    said = expected if "expected" in expected else f"{expected} expected"
    assert refused.value.message.startswith(f"Row {row}: {said}; got ")


@pytest.mark.parametrize("text", ["", "\n \n", "x,y,c\n", "words"])
def test_no_rows_at_all(text: str) -> None:
    with pytest.raises(Refusal, match="no row of numbers, with a class"):
        read_samples(text, 10)


def test_too_many_rows_and_columns_are_counted() -> None:
    with pytest.raises(Refusal, match=r"At most 1,000 rows are taken; 2,000 came\."):
        read_samples("x,c\n" + "1,a\n2,b\n" * 1000, 1000)
    with pytest.raises(Refusal, match=r"At most 1,000 inputs are taken; row 1 has 1,001\."):
        read_samples("1," * 1001 + "a", 1000)


def test_two_to_ten_classes() -> None:
    ten = "".join(f"{i / 5},{i}\n" for i in range(10))
    assert len(read_samples(ten, 20).classes) == 10
    with pytest.raises(Refusal, match=r"2 to 10 classes; it holds 11: '0', '1', '2', …\.$"):
        read_samples(ten + "0,more", 20)
    with pytest.raises(Refusal, match=r"2 to 10 classes; it holds 1: 'a'\.$"):
        read_samples("1,2,a\n3,4,a", 20)


# ---------------------------------------------------------------- text as other programs write it


def test_in_a_column_of_words_everything_is_a_word() -> None:
    assert read_samples("1,inf\n2,nan\n3,1E2\n4,red", 9).classes == ("1E2", "inf", "nan", "red")
    assert read_samples("1,007\n2,7\n3,7A", 9).classes == ("007", "7", "7A")
    assert read_samples("1,2,a\n3,4,1.5\n5,6,1e20", 9).classes == ("1.5", "1e20", "a")


def test_a_header_of_numbers_is_a_header() -> None:
    samples = read_samples("0,1,label\n1.5,2,A\n2.5,3,B\n", 9)
    assert (samples.names, samples.classes, len(samples.inputs)) == (("0", "1"), ("A", "B"), 2)


@pytest.mark.parametrize(
    "text",
    [
        "0,1,odd\n0,0,even\n1,1,even\n1,0,odd",
        "0,1,a\n1,0,b\n0,0,b",
        "0,2,a\n1,2,b\n2,3,c",
        "0,1,5\n1.5,2,7\n2,3,6",
    ],
)
def test_a_row_of_numbers_that_is_no_header(text: str) -> None:
    assert len(read_samples(text, 9).inputs) == text.count("\n") + 1


@pytest.mark.parametrize("first", [0, 1])
def test_a_column_without_a_name_that_counts_is_no_input(first: int) -> None:
    rows = "".join(f'"{first + i}",{x},{c}\n' for i, (x, c) in enumerate([(0.5, "a"), (1.5, "b"), (-1, "a")]))
    samples = read_samples(f'"","x","c"\n{rows}', 9)
    assert (samples.names, samples.inputs.tolist()) == (("x",), [[0.5], [1.5], [-1]])


def test_a_column_that_has_a_name_or_does_not_count_is_an_input() -> None:
    assert read_samples("n,x,c\n0,1,a\n1,2,b", 9).names == ("n", "x")
    assert read_samples(",x,c\n0.5,1,a\n2,2,b", 9).names == ("x1", "x")
    assert read_samples(",x,c\n2,1,a\n0,2,b", 9).names == ("x1", "x")
    assert read_samples(",x,c\n7,1,a\n7,2,b", 9).names == ("x1", "x")
    assert read_samples("0,1,a\n1,2,b\n2,2,a", 9).names == ("x1", "x2")


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_what_the_first_line_says_parts_the_columns(said: str) -> None:
    samples = read_samples(f"{said}\nx;y;c\n1,5;-1;a\n-1;1;b\n", 9)
    assert (samples.names, samples.inputs.tolist()) == (("x", "y"), [[1.5, -1], [-1, 1]])
    assert read_samples("sep=|\n1|2|a, b\n3|4|c", 9).classes == ("a, b", "c")
    with pytest.raises(Refusal) as refused:
        read_samples(f"{said}\nx;y;c\n1;red;a\n-1;1;b\n", 9)
    assert refused.value.message.startswith("Row 3: ")


@pytest.mark.parametrize("text", ["x,y,c\n1,2,\n3,4,\n", "x,y,c\n1,2,NA\n3,4,?\n", "1,2,-\n3,4,-"])
def test_a_column_of_classes_that_is_empty(text: str) -> None:
    with pytest.raises(Refusal, match="must hold classes or values; it is empty"):
        read_samples(text, 9)


def test_the_row_that_differs_from_most_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        read_samples("1,a\n1,2,a\n3,4,b\n5,6,c", 9)
    assert refused.value.message == "Row 1: 3 columns, as many as in row 2, were expected; got '1,a'."


def test_what_could_be_two_numbers_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        read_samples("1,500;a\n2,050;b", 9)
    assert refused.value.message == (
        "Row 1: '1,500' in column 1 may be 1500 or 1.500, and nothing else in the text says which; write one of these."
    )


# ---------------------------------------------------------------- curves


@pytest.mark.parametrize(
    "text", ["x,y\n-1,0.5\n0,1.25\n1,-2", "-1;0,5\n0;1,25\n1;-2", "x y\n-1 0.5\n0 1.25\n1 -2"]
)
def test_fractions_in_the_last_column_are_values_of_a_curve(text: str) -> None:
    samples = read_samples(text, 10)
    assert samples.classes == ()
    assert (samples.inputs.tolist(), samples.targets.tolist()) == ([[-1], [0], [1]], [0.5, 1.25, -2])
    assert samples.targets.dtype == np.float64
    assert samples.scaled_for(np.arange(3)).value_scales is None


def test_more_whole_numbers_than_classes_are_values_of_a_curve() -> None:
    samples = read_samples("".join(f"{i / 5},{i % 3},{i}\n" for i in range(11)), 20)
    assert (samples.classes, samples.inputs.shape) == ((), (11, 2))


def test_values_that_are_not_of_order_one_are_standardised() -> None:
    raw = read_samples("rooms,age,area,price\n3,10,80,210500.5\n4,2,95,340000\n2,40,51,99000", 10)
    samples = raw.scaled_for(np.arange(3))
    assert (samples.classes, samples.names) == ((), ("rooms", "age", "area"))
    assert samples.value_scales is not None
    np.testing.assert_allclose([samples.targets.mean(), samples.targets.std()], [0, 1], atol=1e-12)


def test_a_flat_curve_is_refused() -> None:
    with pytest.raises(Refusal, match=r"two values at least; all are 1\.5\.$"):
        read_samples("1,1.5\n2,1.5", 10)


small = st.floats(-4, 4)


@given(
    st.lists(st.tuples(small, small, st.sampled_from(["red", "blue", "7"])), min_size=1, max_size=30),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ","), (" ", ".")]),
    st.booleans(),
)
def test_written_and_read_again(
    points: list[tuple[float, float, str]], style: tuple[str, str], header: bool
) -> None:
    separator, decimal = style
    points = [(-2.0, -2.0, "red"), *points, (2.0, 2.0, "blue")]
    rows = [f"{x!r}@{y!r}@{name}".replace(".", decimal).replace("@", separator) for x, y, name in points]
    samples = read_samples("\n".join([separator.join("uvw")] * header + rows), 40)
    assert [samples.classes[target] for target in samples.targets] == [name for *_, name in points]
    assert samples.inputs.tolist() == [[x, y] for x, y, _ in points]


@given(st.text(alphabet="0123456789.,;-+e \t\nab\"'", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        samples = read_samples(text, 5)
        assert 2 <= (len(samples.classes) or len({*samples.targets.tolist()})) <= len(samples.targets) <= 5
        assert np.all(np.isfinite(samples.inputs))


# ---------------------------------------------------------------- drawn by hand


def test_points_drawn_by_hand() -> None:
    samples = drawn_samples([(0.5, -1, 0), (2, 1.5, 1), (0, 0, 0)])
    assert samples.inputs.tolist() == [[0.5, -1], [2, 1.5], [0, 0]]
    assert (samples.targets.tolist(), samples.targets.dtype) == ([0, 1, 0], np.int64)
    assert (samples.classes, samples.names) == (("A", "B"), ("x", "y"))
    assert not samples.inputs.flags.writeable
    assert drawn_samples([(0, 0, 0), (1, 1, 2)]).classes == ("A", "B", "C")
