"""Doubt, tests and change on the terminal, when nothing is written."""

from __future__ import annotations

from tests.analyse.inference.invented import put_school
from tests.analyse.inference.test_waves import put_waves
from zwerm.analyse import command


def said(capsys, *options):
    """The blocks of lines below the table of figures."""
    assert command.main([*map(str, options), "--language=en"]) == 0
    _figures, *blocks, last = capsys.readouterr().out.rstrip("\n").split("\n\n")
    assert last == "More, per person too, with --json or --html."
    return [block.splitlines() for block in blocks]


def test_tests_that_were_asked_for_are_shown(tmp_path, capsys):
    asked = ("--relation", "advice", "--permutations", "99", "--qap", "same(team)")
    single, whole = said(
        capsys, *put_school(tmp_path), *asked, "--mrqap", "same(team) + receiver(leads)"
    )
    assert (single[0], single[1].split()) == ("QAP", ["r", "p"])
    assert single[2].split() == ["same(team)", single[2].split()[1], "0.010"]
    assert (whole[0], whole[1].split()) == ("MRQAP", ["b", "t", "p"])
    assert [line.split()[0] for line in whole[2:]] == [
        "(intercept)",
        "same(team)",
        "receiver(leads)",
    ]


def test_intervals_that_were_asked_for_are_shown(tmp_path, capsys):
    (block,) = said(capsys, *put_school(tmp_path), "--relation", "advice", "--intervals")
    assert block[0] == "How sure the figures are"
    named = next(line for line in block if line.startswith("Mean named"))
    assert named.count(" to ") == 2


def test_verdicts_between_waves_are_shown(tmp_path, capsys):
    (block,) = said(capsys, *put_waves(tmp_path))
    assert block[0] == "From 2024 to 2025"
    assert block[1].split() == ["Mean", "named", "+4.00", "risen"]


def test_nothing_is_added_when_nothing_was_asked(tmp_path, capsys):
    assert said(capsys, *put_school(tmp_path), "--relation", "advice") == []
