"""The process apart: reads one file that anybody may have made, with little memory and time.

A small file can ask for much: one cell in the last corner of a sheet makes its reader fill the
whole sheet. This process may stop; the site goes on. It knows nothing of Django, so it starts
fast, and it was given no key, no setting and no connection, so it has nothing to tell.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from zwerm.people.staff_list.bounds import MOST_WRITTEN, Limits, Unfit
from zwerm.people.staff_list.delimited import csv_lines, decode
from zwerm.people.staff_list.workbook import Sheet, is_workbook, workbook_sheet

TOO_MUCH_MEMORY = 20
"""How the process ends when there was not enough, even to say so."""
POLITE = 10
"""Others go first: a file that means harm must not slow down who is answering."""


def read_sheet(content: bytes, limits: Limits) -> Sheet:
    """What stands in a file: its lines with their numbers, and which rows hold merged cells.

    Raises:
        Unfit: why it is no staff list that can be read.
    """
    if is_workbook(content):
        sheet = workbook_sheet(content, limits.unpacked)
    else:
        sheet = {"lines": list(csv_lines(decode(content))), "merged": []}
    if sum(len(cell) for _number, cells in sheet["lines"] for cell in cells) > limits.letters:
        raise Unfit("too_much")
    return sheet


def limit(limits: Limits) -> None:
    """From now on this process stops when it asks for more than this.

    The timer counts CPU in parts of a second and ends the process in the middle of anything; the
    limit of the system counts whole seconds and stands behind it.
    """
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and would go on
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    os.nice(POLITE)


def answer_of(content: bytes, limits: Limits) -> Sheet:
    """The sheet, or why there is none."""
    try:
        return read_sheet(content, limits)
    except Unfit as no:
        return {"unfit": no.reason, "number": no.number}
    except MemoryError:
        return {"unfit": "too_much", "number": 0}
    except BaseException:  # the reader of workbooks may fall over what it cannot read
        return {"unfit": "damaged", "number": 0}


def main() -> int:
    """Bytes come in, one JSON object goes out."""
    memory, seconds, letters, unpacked = sys.argv[1:]
    limits = Limits(int(memory), float(seconds), int(letters), int(unpacked))
    limit(limits)
    try:
        answer = answer_of(sys.stdin.buffer.read(), limits)
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
        sys.stdout.buffer.flush()
    except MemoryError:
        return TOO_MUCH_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
