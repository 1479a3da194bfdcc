"""Bytes to text: what a spreadsheet, a statistics program or a terminal has written."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from descent_lab.refusals import Refusal

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""What a file begins with that says itself how it is written."""

OTHERS = {
    b"PK\x03\x04": "a spreadsheet or an archive",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of an old kind",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
}
"""What files begin with that hold no text, and what they are."""

GUESSED = (
    "cp1250", "cp1251", "cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1253", "cp1254", "cp1257", "mac_roman",
    "cp1252",
)  # fmt: skip
"""What is left to guess among: Windows in other parts of the world, and old Macs."""

SAMPLE = 65_536
"""Bytes that a guess looks at."""

_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[^\W\d_][£¥¤¦¹¿¡ªº¬¨¯´¸]|[£¥¤¦¹¨¬¯¸][^\W\d_]")
_SLAVIC = re.compile("[ŠšŽž]")  # the same bytes in windows-1250, and rare in the west


@dataclass(frozen=True)
class Decoded:
    """A text. encoding: Python's name of what it was written in. guessed: whether nothing proves that."""

    text: str
    encoding: str
    guessed: bool


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file.

    encoding: where somebody says so. Else a mark at its beginning is believed, then UTF-8 where all bytes fit, then
    UTF-16 by its zeros, then windows-1252 where it makes words of a western language, then charset-normalizer. Raises
    `Refusal` for an encoding that there is not or that does not fit, and for what is no text.
    """
    if encoding is not None:
        return Decoded(_as_said(data, encoding), encoding, guessed=False)
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(_as_said(data, name), name.removesuffix("-sig"), guessed=False)
    for start, what in OTHERS.items():
        if data.startswith(start):
            raise Refusal("no text", field="csv", what=what)
    if b"\0" in data[:SAMPLE]:
        return _by_zeros(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError:
        return _guessed(data)


def _as_said(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        place = getattr(error, "start", 0)
        raise Refusal("other encoding", field="encoding", encoding=encoding, byte=place + 1) from None
    except (LookupError, ValueError):  # the latter for a name with a zero in it
        raise Refusal("no encoding", field="encoding", came=encoding) from None


def _by_zeros(data: bytes) -> Decoded:
    """UTF-16 without a mark: of western text every other byte is zero."""
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if max(even, odd) < 4 * (1 + min(even, odd)):
        raise Refusal("no text", field="csv", what="a binary file")
    name = "utf-16-le" if odd > even else "utf-16-be"
    return Decoded(_as_said(data, name), name, guessed=True)


def _guessed(data: bytes) -> Decoded:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    if western is not None and _is_western(western):
        return Decoded(western, "cp1252", guessed=True)
    from charset_normalizer import from_bytes  # not before it is needed

    # A piece that ends in the middle of a character would be no text of that encoding.
    piece = data[:SAMPLE].rpartition(b"\n")[0] or data[:SAMPLE]
    best = from_bytes(piece, cp_isolation=[*GUESSED]).best()
    name = "cp1252" if best is None else best.encoding
    try:
        return Decoded(data.decode(name), name, guessed=True)
    except UnicodeDecodeError:
        raise Refusal("no text", field="csv", what="in no encoding that is known here") from None


def _is_western(text: str) -> bool:
    """Whether its words could be of a western language: some accents, none where no language has them."""
    if _SLAVIC.search(text) or _BESIDE.search(text):
        return False
    for word in {word for word in _WORD.findall(text) if not word.isascii()}:
        accents = [not letter.isascii() for letter in word]
        if len(word) > 1 and 2 * sum(accents) > len(word):
            return False
        if any(
            accent and letter.isupper() and word[i - 1].islower()
            for i, (accent, letter) in enumerate(zip(accents, word, strict=True))
            if i
        ):
            return False
    return True
