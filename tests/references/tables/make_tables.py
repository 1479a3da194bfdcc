"""Write the tables of tests/tables/files as pandas, polars, numpy, the csv module and LibreOffice write them.

    python -m venv /tmp/references
    /tmp/references/bin/pip install numpy pandas polars openpyxl
    /tmp/references/bin/python tests/references/tables/make_tables.py

LibreOffice's `soffice` must be there (Debian: libreoffice-calc-nogui). R's tables: make_tables.R. `excel-sep.csv` is as
Excel writes it with windows-1252 and a first line for its own use, and `mysql-outfile.tsv` as SELECT INTO OUTFILE does.
"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd  # pyright: ignore[reportMissingImports]
import polars as pl  # pyright: ignore[reportMissingImports]

FILES = Path(__file__).resolve().parents[2] / "tables" / "files"

DAYS = ["2001-05-06", "1987-11-30", "1999-01-01", "2010-07-08", "1975-03-04", "2015-12-24"]
DISTRICTS = ["Centre", "North", "West", "Centre", "North", "West"]
TOWNS = {"Centre": "Köln", "North": "München", "West": "Lübeck"}


def houses() -> Any:
    """Six houses: numbers, words, days."""
    return pd.DataFrame(
        {
            "size": [40.5, 55, 72.25, 80, 95.75, 61],
            "rooms": [1, 2, 3, 3, 4, 2],
            "district": DISTRICTS,
            "built": pd.to_datetime(DAYS),
            "price": [150500.5, 180000, 210250.25, 265000, 275500, 199999.99],
        }
    )


def by_pandas() -> None:
    """An index, German signs, missing values, and two encodings."""
    frame, folder = houses(), FILES / "pandas"
    frame.to_csv(folder / "index.csv")
    german = {"sep": ";", "decimal": ",", "encoding": "cp1252", "date_format": "%d.%m.%Y"}
    frame.to_csv(folder / "excel-german.csv", index=False, **german)
    lacking = frame.copy()
    lacking.loc[2, "rooms"], lacking.loc[4, "district"] = np.nan, None
    lacking.to_csv(folder / "missing.csv", index=False)
    lacking.to_csv(folder / "utf16.tsv", index=False, sep="\t", encoding="utf-16")
    frame["district"] = [TOWNS[each] for each in frame["district"]]
    frame.to_csv(folder / "latin1.csv", index=False, encoding="latin1")
    columns = {
        name: lacking[name].astype(object).where(lacking[name].notna(), None).tolist() for name in lacking
    }
    pl.DataFrame(columns).write_csv(FILES / "others" / "polars.csv", null_value="NULL")


def by_others() -> None:
    """numpy, the csv module, Excel and MySQL."""
    folder = FILES / "others"
    x = np.linspace(0, 5, 12)
    np.savetxt(
        folder / "numpy-header.txt", np.column_stack([x, x**2 + 0.5]), header="time height", fmt="%.4e"
    )
    np.savetxt(folder / "numpy-plain.txt", np.column_stack([x, np.sin(x), np.arange(12) % 2]))
    with (folder / "csv-module-quoted.csv").open("w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["comment", "score", "passed"])
        said = ["good, very", 'so "so"', "bad\nand long"]
        writer.writerows([said[i % 3], i / 4, ["yes", "no"][i % 2]] for i in range(8))
    rows = ['"1.234,5";"12,50 ";gut', '"2.000,25";"9,75";schlecht', '"950";"11";gut']
    excel = "\r\n".join(["sep=;", "Größe;Preis;Lage", *rows, ""])
    (folder / "excel-sep.csv").write_bytes(excel.encode("cp1252"))
    (folder / "mysql-outfile.tsv").write_text("1\t2.5\ta\n2\t\\N\tb\n3\t4.5\ta\n4\t5.5\tb\n")


def by_libreoffice() -> None:
    """The same workbook by several of its filters: separator, quote, character set, and as it is shown."""
    german = pd.DataFrame(
        {
            "Stadt": ["Köln", "Bonn", "Köln", "Ulm"],
            "Einwohner": [1084831, 336465, 1084831, 128928],
            "Anteil": [0.125, 0.25, 0.5, 0.75],
            "Tag": pd.to_datetime(["2020-01-31", "2020-02-01", "2021-03-04", "2022-12-24"]),
        }
    )
    with TemporaryDirectory() as name:
        there = Path(name)
        houses().to_excel(there / "houses.xlsx", index=False)
        with pd.ExcelWriter(there / "towns.xlsx", engine="openpyxl") as writer:
            german.to_excel(writer, index=False)
            for row in writer.sheets["Sheet1"].iter_rows(min_row=2):
                for cell, shown in zip(row[1:], ("#,##0", "0.000", "dd.mm.yyyy"), strict=True):
                    cell.number_format = shown
        for book, options, to in (
            ("houses", "44,34,76,1", "utf8.csv"),
            ("houses", "59,34,1,1", "cp1252.csv"),
            ("houses", "9,34,65535,1", "utf16.tsv"),
            ("towns", "44,34,76,1,,0,true,true", "thousands.csv"),
            ("towns", "59,34,76,1,,1031", "german.csv"),
        ):
            kind = f"csv:Text - txt - csv (StarCalc):{options}"
            command = [
                "soffice",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                name,
                str(there / f"{book}.xlsx"),
            ]
            subprocess.run(command, check=True)
            (there / f"{book}.csv").rename(FILES / "libreoffice" / to)


if __name__ == "__main__":
    by_pandas()
    by_others()
    by_libreoffice()
