"""Sentences about texts of rows that people bring."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

DATA: dict[str, Sentence] = {
    "column that counts": Sentence(
        "csv", "The first column has no name and counts the rows: it is an index, and left out."
    ),
    "no row of a point": Sentence("csv", "There is no row of two numbers in this text."),
    "no row of a sample": Sentence(
        "csv", "There is no row of numbers, with a class or a value at its end, in this text."
    ),
    "rows of points": Sentence("csv", "At most {most:,} points are taken; {count:,} rows came."),
    "rows of samples": Sentence("csv", "At most {most:,} rows are taken; {count:,} came."),
    "inputs of a row": Sentence("csv", "At most {most:,} inputs are taken; row {row} has {count:,}."),
    "classes of a column": Sentence(
        "csv", "The last column must hold {low} to {high} classes; it holds {count}: {some}."
    ),
    "one value": Sentence("csv", "The last column must hold two values at least; all are {value:g}."),
    "empty last column": Sentence("csv", "The last column must hold classes or values; it is empty."),
    # ------------------------------------------------------------ one row
    "row without a value": Sentence(
        "csv", "Row {row}: a value in column {column} was expected; got {came!r}."
    ),
    "row in doubt": Sentence(
        "csv",
        "Row {row}: {cell!r} in column {column} may be {whole} or {decimal}, and nothing else in the text says which; "
        "write one of these.",
    ),
    "header of other columns": Sentence(
        "csv",
        "Row {row}: a header of {columns} names, one for each column of row {first}, was expected; got {came!r}.",
    ),
    "row of a point": Sentence("csv", "Row {row}: two numbers, x and y, were expected; got {came!r}."),
    "row beyond": Sentence(
        "csv", "Row {row}: numbers from -{most:g} to {most:g} were expected; got {came!r}."
    ),
    "row of one column": Sentence(
        "csv",
        "Row {row}: two columns at least, inputs and a class or a value, were expected; got {came!r}.",
    ),
    "row of other columns": Sentence(
        "csv", "Row {row}: {columns} columns, as many as in row {first}, were expected; got {came!r}."
    ),
    "row with a word": Sentence(
        "csv",
        "Row {row}: a number was expected in column {column} (only the last may hold words); got {came!r}.",
    ),
    "row with a long class": Sentence(
        "csv", "Row {row}: a class of at most {most} characters was expected; got {came!r}."
    ),
}
