"""Logistic MRQAP of the command: R's numbers, and what has no logistic answer, in words."""

from __future__ import annotations

import pytest

from tests.analyse.files import figures, only_network, put, put_ties
from tests.analyse.inference.invented import put_school
from tests.analyse.test_report import Reader
from tests.analysis.permutation_reference import REFERENCE, close_to
from zwerm.analyse import command

LOGISTIC = ("--family", "logistic", "--no-intervals")


def put_reference(folder, value=lambda place: 1):
    """The invented network on which R computed, as files; as options."""
    rows = [
        f"{relation},p{one},p{other},{value(place)}"
        for relation in ("advice", "friend")
        for place, (one, other) in enumerate(REFERENCE[relation])
    ]
    columns = (REFERENCE[name] for name in ("team", "level", "age"))
    people = [
        f"p{place},{','.join(map(str, of))}" for place, of in enumerate(zip(*columns, strict=True))
    ]
    ties = put(folder, "ties.csv", "relation,source,target,value", *rows)
    who = put(folder, "people.csv", "id,team,level,age", *people)
    return ("--ties", ties, "--people", who, "--relation", "advice")


TERMS = ("receiver(level)", "same(team)", "absdiff(age)", "tie(friend)")


def test_logistic_regression_equals_r(tmp_path):
    asked = ("--mrqap", " + ".join(TERMS), *LOGISTIC)
    found = only_network(tmp_path, *put_reference(tmp_path), *asked)["mrqap"]
    theirs = REFERENCE["logistic"]
    assert [term["name"] for term in found["terms"]] == ["(intercept)", *TERMS]
    # R stops earlier: its figures end at the sixth.
    assert [term["b"] for term in found["terms"]] == pytest.approx(theirs["b"], rel=1e-5)
    assert [term["t"] for term in found["terms"]] == pytest.approx(theirs["t"], rel=1e-5)
    assert found["r_squared"] == pytest.approx(theirs["r_squared"], abs=1e-6)
    for term, said in zip(found["terms"], theirs["p"], strict=True):
        assert close_to(term["p"], said, 2000, theirs["reps"])
    assert (found["family"], found["pairs"]) == ("logistic", 18 * 17)


def test_without_a_family_the_regression_is_linear(tmp_path):
    asked = ("--mrqap", "same(team)", "--no-intervals", "--permutations", "20")
    found = only_network(tmp_path, *put_reference(tmp_path), *asked)["mrqap"]
    assert found["family"] == "linear"
    assert found["r_squared"] < 0.1


def test_values_do_not_count_in_logistic_regression_and_that_is_said(tmp_path):
    asked = ("--mrqap", "same(team)", *LOGISTIC, "--permutations", "50")
    plain = figures(tmp_path, *put_reference(tmp_path), *asked)
    valued = figures(tmp_path, *put_reference(tmp_path, lambda place: 1 + place % 3), *asked)
    assert valued["networks"]["all"]["mrqap"] == plain["networks"]["all"]["mrqap"]
    assert plain["warnings"] == []
    assert valued["warnings"] == [
        "Logistic regression looks at whether there is a tie; what the file says of its "
        "value does not count there."
    ]


def test_likely_terms_are_logistic_too_when_that_was_asked(tmp_path):
    asked = ("--position", "leads", "--team", "team", "--permutations", "50")
    found = only_network(
        tmp_path, *put_school(tmp_path), "--relation", "advice", *asked, *LOGISTIC
    )["mrqap"]
    assert found["family"] == "logistic"
    assert len(found["terms"]) == 3
    assert [term["b"] > 0 for term in found["terms"]] == [False, True, True]


FIVE = ("id,post", "a,1", "b,1", "c,0", "d,0", "e,0")


@pytest.mark.parametrize("asked", [("--mrqap", "receiver(post)"), ("--position", "post")])
def test_a_group_that_nobody_names_has_no_end_and_that_is_said(tmp_path, asked):
    ties = put_ties(tmp_path, "a,b", "b,a", "c,a", "d,b", "e,a")
    files = ("--ties", ties, "--people", put(tmp_path, "people.csv", *FIVE))
    found = figures(tmp_path, *files, *asked, *LOGISTIC)
    assert found["warnings"] == [
        "No logistic MRQAP with receiver(post). Of some pairs a term tells exactly whether "
        "there is a tie (a group that nobody names, for instance), so its coefficient has no end. "
        "Leave that term out, or take --family linear."
    ]
    assert "mrqap" not in found["networks"]["all"]


def test_more_people_than_fit_pair_by_pair_are_refused_in_words(tmp_path):
    ties = put_ties(tmp_path, *(f"p{i},p{(i * 7 + 1) % 2001}" for i in range(2001)))
    people = put(tmp_path, "people.csv", "id,post", *(f"p{i},{i % 3}" for i in range(2001)))
    asked = ("--ties", ties, "--people", people, "--mrqap", "receiver(post)", "--directed")
    found = figures(tmp_path, *asked, *LOGISTIC)
    assert found["warnings"] == [
        "No logistic MRQAP with receiver(post). It looks at every pair, and there are too "
        "many people for that. Take --family linear, or look at parts with --by."
    ]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "MRQAP, logistic"), ("nl", "MRQAP, logistisch")]
)
def test_the_summary_says_that_it_is_logistic(tmp_path, capsys, language, title):
    asked = ("--mrqap", "same(team)", *LOGISTIC, "--permutations", "20", "--language", language)
    assert command.main([*map(str, put_reference(tmp_path)), *asked]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[lines.index(title) + 1].split() == ["b", "z", "p"]


def test_the_report_explains_b_and_z_and_p(tmp_path):
    out = tmp_path / "report.html"
    asked = ("--mrqap", "same(team)", *LOGISTIC, "--permutations", "20", "--language", "en")
    assert command.main([*map(str, put_reference(tmp_path)), *asked, "--html", str(out)]) == 0
    page = out.read_text("utf-8")
    assert ["Term", "b", "z", "p"] in Reader(page).rows
    assert (
        "z is b divided by its standard error; p is how often it would lie at least as far from 0 "
        "if people changed places at random (20 times)." in page
    )
    assert "0.69 doubles the odds" in page
