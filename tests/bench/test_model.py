"""Schools that the model itself made, and what plain intervals hold in them."""

from __future__ import annotations

import re
import sys

import numpy as np
import pytest
from bench import model

from zwerm.analysis.intervals import FIGURES, draws_of_many


def test_both_answers_of_a_pair_have_the_chances_of_the_model():
    odds = np.zeros((40_000, 2, 2))
    odds[:, 0, 1], odds[:, 1, 0] = 0.5, 2.0
    ties = model.answers(odds, np.full((40_000, 1, 1), 3.0), np.random.default_rng(1))
    there, back = ties[:, 0, 1], ties[:, 1, 0]
    counted = [(there & ~back).mean(), (~there & back).mean(), (there & back).mean()]
    assert counted == pytest.approx([0.5 / 6.5, 2 / 6.5, 3 / 6.5], abs=0.012)
    assert not ties[:, [0, 1], [0, 1]].any()


def test_in_an_invented_school_nobody_is_silent_and_some_are_asked():
    schools = model.invented(16, 50, np.random.default_rng(2))
    assert schools.respondents.all()
    assert not schools.ties[:, range(16), range(16)].any()
    assert 0.08 < schools.ties.mean() < 0.35
    assert schools.leader is not None
    assert schools.leader[0].sum() == 2


def test_a_figure_beyond_its_draws_is_not_held():
    schools = model.invented(16, 1, np.random.default_rng(3))
    one = draws_of_many(schools, rng=np.random.default_rng(4), stability=0.5, draws=8)[0]
    assert all(model.holds(one, one))
    one.observed["gini"] += 0.01
    assert [
        figure for figure, held in zip(FIGURES, model.holds(one, one), strict=True) if not held
    ] == ["gini"]


def test_the_shares_stand_in_a_table(monkeypatch, capsys):
    words = ["model", "--schools", "3", "--people", "16", "--draws", "20"]
    monkeypatch.setattr(sys, "argv", words)
    assert model.main() == 0
    shares = r"(?: +[01]\.\d{3})"
    assert re.search(rf"^ +16 +3{shares}{{8}}$", capsys.readouterr().out, re.MULTILINE)
