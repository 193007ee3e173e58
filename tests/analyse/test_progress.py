"""How far long work is: a line on a terminal that is gone afterwards, and nothing elsewhere."""

from __future__ import annotations

import io
import time

import pytest

from zwerm.analyse.progress import LENGTH, WAIT, Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def long_ago():
    return time.monotonic() - WAIT - 1


@pytest.mark.parametrize(("part", "filled"), [(0.0, 0), (0.5, LENGTH // 2), (1.0, LENGTH)])
def test_a_bar_says_how_far_it_is_and_at_what(part, filled):
    screen = Terminal()
    Progress(screen, long_ago())("computing N", part)
    assert screen.getvalue() == (
        f"\r\x1b[K[{'#' * filled}{'.' * (LENGTH - filled)}] {part:4.0%}  computing N"
    )


def test_the_line_is_taken_away_at_the_end():
    screen = Terminal()
    progress = Progress(screen, long_ago())
    progress("computing N", 0.5)
    progress.clear()
    progress.clear()
    assert screen.getvalue().endswith("computing N\r\x1b[K")


@pytest.mark.parametrize(
    ("screen", "started"), [(Terminal(), time.monotonic), (io.StringIO(), long_ago)]
)
def test_short_work_and_work_that_nobody_watches_say_nothing(screen, started):
    progress = Progress(screen, started())
    progress("computing N", 0.5)
    progress.clear()
    assert screen.getvalue() == ""
