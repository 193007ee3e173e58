"""Compiles the catalogues of every room: git keeps what was written, Django reads the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_stale(package: Path = PACKAGE) -> list[Path]:
    """Compile each catalogue that changed since it was compiled; returns what was made."""
    return [compile_catalogue(catalogue) for catalogue in stale_catalogues(package)]


def stale_catalogues(package: Path) -> Iterator[Path]:
    """The catalogues that are newer than what was compiled from them."""
    for catalogue in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            yield catalogue


def compile_catalogue(catalogue: Path) -> Path:
    """Write the compiled catalogue in one step: another process may be reading the old one."""
    compiled = catalogue.with_suffix(".mo")
    fresh = compiled.with_suffix(f".{os.getpid()}.mo")
    with catalogue.open("rb") as words, fresh.open("wb") as target:
        write_mo(target, read_po(words, locale=catalogue.parts[-3], abort_invalid=True))
    fresh.replace(compiled)
    return compiled


if __name__ == "__main__":
    compile_stale()
