"""The signs of a link, and what happens to them on the way: people paste addresses, messengers encode and cut.

The grammar's own signs are `& = ; : ,`. In a text of a person (a label, a formula, a table) they are percent-encoded
where they would be taken for grammar. A messenger may encode signs of a whole link once more: then the two cannot be
told apart by the sign alone, and what follows it decides. So a text is written such that nothing in it looks like
grammar: of a known word after an encoded sign the first letter is encoded too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from urllib.parse import quote, unquote, unquote_to_bytes

from descent_lab.refusals import Refusal

CUT_OFF = ".,;:!?)'"
"""Signs that messengers take for the end of the sentence around a link: no link ends in one."""

OPTIONS = ("schedule", "offset", "color", "label", "hidden")
"""What an entrant may have after a semicolon."""

MANY = ("entrant", "change", "data", "setting")
"""Parts that may be there more than once; `data` is also the key of a set of samples."""

KEYS = (
    *("expression", "parameters", "surface", "preset", "dataset", "points", "table", "table_file"),
    *("data", "drawn", "csv", "file"),
    *("reading", "samples", "spread", "window", "degree", "standardise", "split", "hidden", "activation", "output"),
    *("loss", "initial", "delta", "l2", "l1", "jitter", "batch", "dropout", "patience", "noise", "start", "steps"),
    *("seed", "entrant", "change", "setting", "search"),
)  # fmt: skip
"""What stands before the = of a part."""

_EQUALS = "(?:=|%3[Dd])"
_GRAMMAR = re.compile("%(2c|3b|3a|3d)", re.IGNORECASE)
_KEY = re.compile(f"([^=%]*){_EQUALS}")
_AND = re.compile(f"&|%26(?=({'|'.join(KEYS)}){_EQUALS})")
_HEAD = re.compile(f"(?:^|&|%26)({'|'.join(KEYS)}){_EQUALS}")
_LABEL = re.compile(f"(;|%3[Bb])label{_EQUALS}")
_OPTION = re.compile(f"%3[Bb](?=hidden$|(?:color|offset|schedule){_EQUALS})")
_REPEATED = re.compile(f"%26(?:entrant{_EQUALS}[a-z]|(?:change|data|setting){_EQUALS}[0-9])")
_WORD = re.compile(rf"(%26|%3B)(?=(?:{'|'.join(KEYS)}|{'|'.join(OPTIONS)})(?:=|%3D|$))(.)")
_ESCAPE = re.compile(
    "%25(?=[0-9a-f]{2})|%(?:3d|26|3b|2c|3a|23|2f|28|29|2a|21|27|5e|7c|2b|40|24|3f|7e)", re.IGNORECASE
)
_ADDRESS = re.compile("[a-z][a-z0-9+.-]*(?::|%3a)(?:/|%2f){2}[^#]*?(?:#|%23)|[^#=&;]*#|%23", re.IGNORECASE)
_NO_FRAGMENT = re.compile("[a-z][a-z0-9+.-]*://[^#]*", re.IGNORECASE)

# ---------------------------------------------------------------- reading


def grammar(text: str) -> str:
    """A part that holds no text of a person, with the grammar's signs that were encoded."""
    return _GRAMMAR.sub(lambda sign: unquote(sign[0]), text)


def decoded(text: str, field: str) -> str:
    """What was percent-encoded. A % that encodes nothing stands for itself."""
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:
        raise Refusal("link encoding", field=field, came=text[:60]) from None


def fragment(link: str) -> str:
    """What is behind the # of a link, be it a whole address or only that, encoded as a whole or not."""
    text = _behind(link.encode("utf-8", "replace").decode().strip())
    while whole := next(filter(_encoded_as_a_whole, (text, text.rstrip(CUT_OFF))), None):
        text = _behind(unquote(whole))
    return text


def _behind(text: str) -> str:
    head = _ADDRESS.match(text)
    if head:
        return text[head.end() :]
    return "" if _NO_FRAGMENT.fullmatch(text) else text


def _encoded_as_a_whole(text: str) -> bool:
    """Whether even the percent signs are encoded, so that the first decoding gives a link."""
    if re.search("[=&;,:]", text) or not re.search("%(?:25)*3d", text, re.IGNORECASE) or "%25" not in text:
        return False
    return "%" not in _ESCAPE.sub("", text)


def pieces(text: str) -> list[str]:
    """The parts of a fragment, `key=text` each. An & that was encoded counts where a part follows, but in a label only
    where it could be nothing else: what pages wrote before must keep its meaning."""
    labels = [found.start() for found in _LABEL.finditer(text)]
    there = Counter(found[1] for found in _HEAD.finditer(text))
    found: list[str] = []
    begin = 0
    for sign in _AND.finditer(text):
        label = bisect_left(labels, begin)
        inside = label < len(labels) and labels[label] < sign.start()
        if sign[0] == "&" or not inside or _REPEATED.match(text, sign.start()) or _once(sign[1], there):
            found.append(text[begin : sign.start()])
            begin = sign.end()
    return [*filter(None, found), *filter(None, [text[begin:]])]


def _once(key: str, there: Counter[str]) -> bool:
    """Whether a part that may be there once is there nowhere else."""
    return key not in MANY and there[key] == 1


def key_and_text(piece: str) -> tuple[str, str]:
    """What stands before the first = of a part, and behind it."""
    found = _KEY.match(piece)
    if found:
        return found[1], piece[found.end() :]
    key, _, text = piece.partition("=")
    return key, text


def options(text: str) -> tuple[list[str], str | None]:
    """An entrant's optimizer with its knobs, and its options, all without the label; and the label, still encoded."""
    found = _LABEL.search(text)
    if found is None:
        return grammar(text).split(";"), None
    before, label = text[: found.start()], text[found.end() :]
    label, raw, after = label.partition(";")
    if not raw and found[1] != ";":  # all semicolons were encoded
        label, *more = _OPTION.split(label)
        after = ";".join(more)
    return [*grammar(before).split(";"), *filter(None, grammar(after).split(";"))], label


def ends_in_text(piece: str) -> bool:
    """Whether a part ends in a text of a person, whose last sign may be meant."""
    key, text = key_and_text(piece)
    found = _LABEL.search(text)
    if key != "entrant" or found is None:
        return key in ("csv", "table", "expression")
    return ";" not in text[found.end() :] and (found[1] == ";" or _OPTION.search(text, found.end()) is None)


def without_tail(piece: str) -> str:
    """The last part of a link without the signs of a sentence that was written around it, and with the colon that such
    a sentence has cost it."""
    if not ends_in_text(piece):
        bare = piece.rstrip(CUT_OFF + " ")
        key, text = key_and_text(bare)
        return f"{bare}:" if key == "data" and grammar(text).count(":") == 1 else bare
    key, text = key_and_text(piece)
    if key != "expression":
        return piece
    kept = len(text)
    spare = text.count(")") - text.count("(")
    while kept and (text[kept - 1] in ".,;:!?'" or (text[kept - 1] == ")" and spare > 0)):
        spare -= text[kept - 1] == ")"
        kept -= 1
    return f"{key}={text[:kept]}"


# ---------------------------------------------------------------- writing


def encoded(text: str, safe: str) -> str:
    """A text of a person, readable, with nothing in it that could be taken for grammar."""
    written = quote(text.encode("utf-8", "replace"), safe=f"~!'{safe}")
    written = re.sub("%25([0-9A-Fa-f])(?=[0-9A-Fa-f])", lambda sign: f"%25{_escape(sign[1])}", written)
    return _WORD.sub(lambda word: word[1] + _escape(word[2]), written)


def _escape(sign: str) -> str:
    return f"%{ord(sign):02X}"


def joined(parts: list[tuple[str, str]]) -> str:
    """A link of its parts, (key, text) each, that ends in no sign which is cut off, and in no text of a person."""
    pairs = [f"{key}={text}" for key, text in parts]
    if pairs and _unsafe(pairs[-1]):
        movable = [
            index for index, (key, _) in enumerate(parts) if key not in MANY and not _unsafe(pairs[index])
        ]
        if movable:
            pairs.append(pairs.pop(next((i for i in movable if parts[i][0] == "seed"), movable[-1])))
        elif pairs[-1][-1] in CUT_OFF:
            pairs[-1] = pairs[-1][:-1] + _escape(pairs[-1][-1])
    return "&".join(pairs)


def _unsafe(piece: str) -> bool:
    return piece[-1] in CUT_OFF or ends_in_text(piece)
