"""Opens a workbook in a process of its own first: one that would fill the memory ends that one.

A file of some kilobytes can hold one cell in the last corner of a sheet, and who reads it fills
the whole sheet. That is no error that can be caught: the process ends, with all that it did.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from collections.abc import Collection

MOST_MEMORY = 2 * 1024**3
"""Of a million rows of six columns some of it is left."""
MOST_SECONDS = 60
NO_MEMORY = 3


def fits(content: bytes, sheets: Collection[str]) -> bool:
    """Whether a workbook can be read: its first sheet, and those with one of these names.

    True as well for what is no workbook: that is told elsewhere.
    """
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-I", "-m", __name__, *sheets],
        input=content,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode >= 0 and done.returncode != NO_MEMORY


def try_out(content: bytes, sheets: Collection[str]) -> None:
    """Read these sheets, and keep nothing."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # as in workbook.py

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    named = [one for one in book.sheet_names if one.strip().casefold() in sheets]
    for name in {*book.sheet_names[:1], *named}:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def limit() -> None:
    """From now on this process ends when it asks for more; half of a small machine is left."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    memory = min(MOST_MEMORY, machine // 2)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    limit()
    try:
        try_out(sys.stdin.buffer.read(), sys.argv[1:])
    except MemoryError:
        return NO_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
