"""Staff lists at random: ordinary files in which anything was changed. Knows no Django."""

from __future__ import annotations

import random
import zipfile
from functools import cache

from tests.attacks.bombs import parts_of
from tests.people.lists import DAAN, HEADINGS, NOOR, XLS, as_csv, as_ods, as_xlsx, zipped

WORDS = (
    *(b";", b",", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xfe\xff"),
    *(b"\xef\xbb\xbf", b"=1+1", b"@", b"-", b"naam", b"achternaam", b"\xe2\x80\xae", b"\xc3\x28"),
    *(b"<", b">", b"</row>", b"<row>", b"<c>", b"<v>", b"&amp;", b"&a;", b"<![CDATA[", b"<!--"),
    *(b"<?xml", b'r="A1"', b'r="ZZ9"', b't="s"', b't="e"', b't="inlineStr"', b'r="0"', b"-1"),
    *(b"4294967296", b"1e999", b"nan", b"A1:B2", b"rId1", b"sheet1.xml", b"../../x", b"\xed\xa0"),
)
"""What stands in such files, and what stands in their way."""


@cache
def ordinary() -> tuple[bytes, ...]:
    """One file of each kind."""
    rows = HEADINGS, NOOR, DAAN
    return (
        as_csv(*rows),
        as_csv(*rows, delimiter=",", encoding="utf-16"),
        as_xlsx(*rows, merged=((7, 0, 8, 1),)),
        as_ods(*rows),
        XLS.read_bytes(),
    )


def at_random(chance: random.Random) -> bytes:
    """One of them with some changes: in its bytes, or in one part and packed again."""
    content = chance.choice(ordinary())
    if content[:2] != b"PK" or chance.random() < 0.2:
        return spoilt(content, chance)
    parts = parts_of(content)
    for name in chance.sample(sorted(parts), min(len(parts), chance.randint(1, 2))):
        parts[name] = spoilt(parts[name], chance)
    if chance.random() < 0.1:
        parts.pop(chance.choice(sorted(parts)))
    return zipped(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The bytes after some changes, each of another kind."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(content))
        to = min(len(content), at + chance.randint(0, 30))
        content = content[:at] + piece(content, at, to, chance) + content[to:]
    return content


def piece(content: bytes, at: int, to: int, chance: random.Random) -> bytes:
    """What comes instead of a piece: nothing, a word, noise, itself some times, or elsewhere's."""
    kind = chance.randrange(5)
    if kind == 0:
        return b""
    if kind == 1:
        return chance.choice(WORDS)
    if kind == 2:
        return chance.randbytes(to - at)
    if kind == 3:
        return content[at:to] * chance.randint(2, 40)
    place = chance.randint(0, len(content))
    return content[place : place + chance.randint(1, 60)]
