"""What is printed: every page with the same styles and fonts, which are read once."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from zwerm.core.templatetags.look import static_file
from zwerm.scans import printing

WORDS = '<html lang="nl"><title>Blad</title><body class="printed"><main><h1>{}</h1><p>{}</p>'


@pytest.fixture(autouse=True)
def _new_paper():
    """Each test begins as a process that has printed nothing, and leaves no fonts behind."""
    printing.put_away()
    yield
    printing.put_away()


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the fonts inside, without the mark of their subset."""
    streams = [
        pdf,
        *(opened(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)),
    ]
    names = {
        name for text in streams for name in re.findall(rb"/BaseFont ?/[A-Z]+\+([\w-]+)", text)
    }
    return {name.decode() for name in names}


def opened(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def drawn(pdf: bytes) -> list[bytes]:
    """What stands on the pages: which letters of which fonts, and where."""
    parts = [opened(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)]
    return [part for part in parts if re.search(rb"BT\b.*\bTf\b", part, re.S)]


def test_the_styles_of_print_lie_on_this_disk():
    paths = [Path(static_file(name).removeprefix("file://")) for name in printing.STYLES]
    assert [path.name for path in paths] == ["tokens.css", "base.css", "report.css", "paper.css"]
    assert all(path.is_file() for path in paths)


def test_a_printed_page_has_the_letters_of_the_house_inside():
    pdf = printing.pdf_of(WORDS.format("Samen", "Wij vragen elkaar raad."))
    assert {name.split("-")[0] for name in fonts_in(pdf)} == {"Fraunces", "Atkinson"}


def test_what_was_printed_before_changes_nothing():
    """The fonts are shared; a second page must not see what the first one did with them."""
    alone = printing.pdf_of(WORDS.format("Rust", "Niemand is een vogel."))
    printing.put_away()
    printing.pdf_of(WORDS.format("Ander blad", "Met heel andere letters: QXZ 0123456789 éëï."))
    after = printing.pdf_of(WORDS.format("Rust", "Niemand is een vogel."))
    assert len(drawn(alone)) == 1
    assert drawn(after) == drawn(alone)


def test_the_fonts_that_were_unpacked_go_when_the_process_ends():
    printing.pdf_of(WORDS.format("Weg", "Niets blijft liggen."))
    folder = Path(str(printing.paper().fonts._folder))
    assert folder.is_dir()
    printing.put_away()
    assert not folder.exists()
