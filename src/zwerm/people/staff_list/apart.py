"""Starts the process that reads one file, and takes what it says: never more, never for long."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple

from zwerm.people.staff_list import sheet as reader
from zwerm.people.staff_list.bounds import Limits, Unfit
from zwerm.people.staff_list.workbook import Sheet

MOST_WAIT = 6
"""Seconds by the clock, on a machine so busy that the process apart hardly gets its turn."""
AT_ONCE = 2
"""Files that are read at the same time, in each process of the site; others wait for their turn."""

_PLACES = threading.BoundedSemaphore(AT_ONCE)
_LIMITS = Limits()

log = logging.getLogger("zwerm.people")


def read_apart(content: bytes, limits: Limits = _LIMITS) -> Sheet:
    """What stands in a file: `lines` (number and cells of each) and `merged` (first, last row).

    Raises:
        Unfit: why it is no staff list that can be read, or that the machine is too busy.
    """
    if not _PLACES.acquire(timeout=MOST_WAIT):
        raise Unfit("busy")
    try:
        with in_memory(content) as taken, in_memory(b"") as given:
            code = run(taken, given, limits)
            if code in {0, reader.TOO_MUCH_MEMORY} or code < 0:
                return answer_in(given, code)
    finally:
        _PLACES.release()
    # It never began: a fault of this installation. What was in the file is not logged.
    log.error("The process that reads staff lists ended with %d before it read anything", code)
    raise Unfit("busy")


def run(taken: int, given: int, limits: Limits) -> int:
    """The exit code of the process apart. It gets no environment: in that stand our keys."""
    numbers = [str(one) for one in astuple(limits)]
    with subprocess.Popen(  # noqa: S603  # our own module
        [sys.executable, "-I", "-m", reader.__name__, *numbers],
        stdin=taken,
        stdout=given,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    ) as process:
        try:
            return process.wait(timeout=MOST_WAIT)
        except subprocess.TimeoutExpired as slow:
            process.kill()
            raise Unfit("busy") from slow


def answer_in(given: int, code: int) -> Sheet:
    """What the process said; one that was stopped asked for too much."""
    if code:
        raise Unfit("too_much")
    os.lseek(given, 0, os.SEEK_SET)
    with os.fdopen(os.dup(given), "rb") as file:
        answer: Sheet = json.loads(file.read())
    if "unfit" in answer:
        raise Unfit(answer["unfit"], answer["number"])
    return answer


@contextmanager
def in_memory(content: bytes) -> Iterator[int]:
    """A file without a name that is never on a disk: a list of names must not stay behind."""
    descriptor = os.memfd_create("zwerm")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)
