"""Sentences about texts of rows that people bring."""

from __future__ import annotations

from descent_lab.refusals.sentence import Sentence

DATA: dict[str, Sentence] = {
    "column that counts": Sentence(
        "csv", "The first column counts or names the rows: it is an index, and left out."
    ),
    "remarks left out": Sentence(
        "csv", "Lines at the beginning that begin with # are remarks, and left out: {count}."
    ),
    "column of nothing": Sentence("csv", "The column {name} is empty, and left out."),
    "column of one word": Sentence("csv", "The column {name} says {only!r} in every row, and is left out."),
    "column of days": Sentence("csv", "{name} is counted in days since 1970-01-01."),
    "column of words": Sentence("csv", "The words of {name} are columns of 0 and 1: {known}."),
    "rows left out": Sentence("csv", "Left out for lack of a value: {count:,}, of rows {some}."),
    "too many words": Sentence(
        "csv",
        "At most {most} different words are taken of an input, each as a column; {name} has {count:,}. Leave it out.",
    ),
    "no input": Sentence(
        "csv", "There must be an input beside what is to be told from it; none is chosen that says anything."
    ),
    "no whole row": Sentence("csv", "Every one of the {count:,} rows lacks a value; choose fewer columns."),
    "no column": Sentence("value", "There is no column {came!r}; the columns are {known}."),
    "target as input": Sentence("value", "{name} is to be told from the inputs, and cannot be one of them."),
    "words and numbers": Sentence("value", "{name} cannot be taken both as words and as numbers."),
    "input twice": Sentence("value", "{name} is among the inputs twice."),
    "no text": Sentence("file", "A text of columns was expected, and this is {what}; save the table as CSV."),
    "broken text": Sentence("csv", "A text was expected; this one has half a character (a lone surrogate)."),
    "no encoding": Sentence(
        "value", "There is no encoding {came!r}; utf-8, utf-16, windows-1252 and shift-jis are some."
    ),
    "other encoding": Sentence("file", "The file is not written in {encoding}: byte {byte:,} does not fit."),
    "guessed encoding": Sentence(
        "file", "The file is read as {encoding}, which is a guess; --encoding says another."
    ),
    "file not here": Sentence(
        "file", "The file {name}… is not here, or no longer: bring it again, and the same link opens with it."
    ),
    "file not kept": Sentence(
        "busy", "Files cannot be kept here at the moment ({why}); what needs no file goes on."
    ),
    "store away": Sentence(
        "store",
        "The store of files at {store} does not answer; what needs no file goes on. Try again in {again} s.",
    ),
    "store full": Sentence(
        "store", "The store of files at {store} takes no more ({why}); what needs no file goes on."
    ),
    "store address": Sentence(
        "value", "DESCENT_LAB_STORE must be an address that begins with one of {known}; another came."
    ),
    "no redis library": Sentence(
        "missing",
        "A store of files at an address needs the library of Redis: pip install 'descent-lab[redis]', or leave "
        "DESCENT_LAB_STORE out.",
    ),
    "no row": Sentence("csv", "There is no row in this text."),
    "no row of a sample": Sentence(
        "csv", "There is no row of numbers, with a class or a value at its end, in this text."
    ),
    "rows of samples": Sentence("csv", "At most {most:,} rows are taken; {count:,} came."),
    "inputs of a row": Sentence("csv", "At most {most:,} inputs are taken; row {row} has {count:,}."),
    "classes of a column": Sentence(
        "csv", "Column {column} must hold {low} to {high} classes; it holds {count}: {some}."
    ),
    "one value": Sentence("csv", "Column {column} must hold two values at least; all are {value:g}."),
    "target of words": Sentence(
        "csv", "Column {column} must hold numbers for a line to be fitted to them; it holds words."
    ),
    "empty target": Sentence("csv", "Column {column} must hold classes or values; it is empty."),
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
        "Row {row}: a number was expected in column {column}, as in the rows around; got {came!r}.",
    ),
    "row with a long class": Sentence(
        "csv", "Row {row}: a class of at most {most} characters was expected; got {came!r}."
    ),
}
