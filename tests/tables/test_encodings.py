"""Bytes to text, as spreadsheets of many countries write them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from descent_lab.refusals import Refusal
from descent_lab.tables.encodings import decoded

WESTERN = [
    *("Straße;Größe\nMünchen;1,5\n", "ville;prix\nOrléans;3,5 €\n", "niño;año\n1;2\n"),
    *("Grad;Wert\n20°;1\n", "città;1\n"),
]
OTHERS = {
    "cp1250": "miasto;cena\nŁódź;1,5\nKraków;2,5\nGdańsk;3\n",
    "cp1251": "город;цена\nМосква;1,5\nКазань;2,5\n",
    "cp932": "身長,体重,性別\n170.5,60.2,男\n158,50.1,女\n",
    "gb18030": "城市,温度\n北京,15.5\n上海,16.2\n",
    "big5": "城市,溫度\n台北,15.5\n高雄,16.2\n",
    "cp949": "도시,기온\n서울,15.5\n부산,16.2\n",
    "cp1253": "πόλη;τιμή\nΑθήνα;1,5\n",
}


@pytest.mark.parametrize("text", [*WESTERN, "a,b\n1,2\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_known_for_sure(text: str, encoding: str) -> None:
    found = decoded(text.encode(encoding))
    assert (found.text, found.guessed) == (text, False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    found = decoded("x;y\n1,5;2\n".encode(encoding))
    assert (found.text, found.encoding, found.guessed) == ("x;y\n1,5;2\n", encoding, True)


@pytest.mark.parametrize("text", WESTERN)
def test_windows_1252_is_a_guess_and_says_so(text: str) -> None:
    found = decoded(text.encode("cp1252"))
    assert (found.text, found.encoding, found.guessed) == (text, "cp1252", True)


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_countries(encoding: str) -> None:
    found = decoded(OTHERS[encoding].encode(encoding))
    assert (found.text, found.encoding, found.guessed) == (OTHERS[encoding], encoding, True)


def test_what_somebody_says_is_believed_or_refused() -> None:
    data = "Plzeň;1\n".encode("cp1250")
    assert decoded(data, "windows-1250").text == "Plzeň;1\n"
    with pytest.raises(Refusal, match="not written in utf-8: byte 5 does not fit"):
        decoded(data, "utf-8")
    with pytest.raises(Refusal, match="no encoding 'utf-7000'"):
        decoded(data, "utf-7000")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04\x14\x00", "a spreadsheet or an archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x00\x01\x02\x03\x04\x05", "a binary file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a spreadsheet of an old kind"),
    ],
)
def test_what_is_no_text_is_refused_as_that(data: bytes, what: str) -> None:
    with pytest.raises(Refusal, match=f"this is {what}; save the table as CSV"):
        decoded(data)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refusal):
        found = decoded(data)
        assert data.decode("utf-8-sig" if found.encoding == "utf-8" else found.encoding) == found.text
