"""The coverage benchmark says how far it is, and how long it still takes."""

from __future__ import annotations

import io

import pytest
from bench._coverage_progress import Watch, in_words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_time_left_weighs_a_large_school_as_much_as_it_took():
    watch = Watch([12, 12, 60, 60], stream=Terminal(), started=0.0)
    watch.done(12, 1.0)
    watch.done(60, 9.0)
    assert watch.part == pytest.approx(0.5)
    assert watch.left(10.0) == pytest.approx(10.0)
    assert watch.line(10.0) == f"[{'#' * 15}{'.' * 15}]  50%  2 of 4, 10 s left"


def test_until_a_size_was_tried_it_weighs_by_its_square():
    watch = Watch([12, 24], stream=Terminal(), started=0.0)
    watch.done(12, 2.0)
    assert watch.part == pytest.approx(0.2)


def test_progress_is_a_line_that_is_taken_away_and_nothing_in_a_file():
    shown, kept = Terminal(), io.StringIO()
    for stream in (shown, kept):
        watch = Watch([12], stream=stream)
        watch.done(12, 1.0)
        watch.clear()
    assert shown.getvalue().endswith("100%  1 of 1, 0 s left\r\x1b[K")
    assert kept.getvalue() == ""


def test_a_long_run_without_a_terminal_says_now_and_then_how_far_it_is():
    kept = io.StringIO()
    watch = Watch([12, 12], stream=kept, told=-1e9)
    watch.done(12, 1.0)
    watch.done(12, 1.0)
    assert kept.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("seconds", "words"), [(42, "42 s"), (200, "3 min"), (3600, "1 h 00 min"), (7260, "2 h 01 min")]
)
def test_a_length_of_time_is_said_as_one_says_it(seconds, words):
    assert in_words(seconds) == words
