"""What a test leaves out, and what cannot be tested: each in a sentence that says why."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analyse.files import figures, only_network, put, put_ties
from tests.analyse.inference.invented import put_school
from tests.analyse.inference.test_tests import terms_of


def small(tmp_path, people, *ties):
    rows = ("id,x,y,team,flat", *people)
    return ("--ties", put_ties(tmp_path, *ties), "--people", put(tmp_path, "people.csv", *rows))


RING = ("a,b", "b,c", "c,d", "d,a", "e,a")
FIVE = ("a,1,2,x,7", "b,2,4,x,7", "c,5,10,y,7", "d,3,6,y,7", "e,9,18,x,7")


def warnings(tmp_path, *options):
    return figures(tmp_path, *options, "--no-intervals", "--permutations", "20")


def test_a_predictor_that_is_the_same_everywhere_is_left_out_and_named(tmp_path):
    asked = ("--mrqap", "receiver(flat) + receiver(x)", "--qap", "receiver(flat)")
    found = warnings(tmp_path, *small(tmp_path, FIVE, *RING), *asked)
    said = (
        "receiver(flat) is the same for every pair of people, so it says nothing and was left out."
    )
    assert found["warnings"] == [said]
    assert list(terms_of(found["networks"]["all"])) == ["(intercept)", "receiver(x)"]
    assert "qap" not in found["networks"]["all"]


def test_a_predictor_that_follows_from_others_is_left_out_and_named(tmp_path):
    asked = ("--mrqap", "receiver(x) + receiver(y) + same(team)")
    found = warnings(tmp_path, *small(tmp_path, FIVE, *RING), *asked)
    assert found["warnings"] == [
        "receiver(y) follows from the terms before it (receiver(x)) and was left out. "
        "Leave one of them out yourself to see the other."
    ]
    assert list(terms_of(found["networks"]["all"])) == ["(intercept)", "receiver(x)", "same(team)"]


def test_who_has_no_value_is_left_out_of_that_test_and_counted(tmp_path):
    people = (*FIVE, "f,,,y,7", "g,NA,1,x,7")
    found = warnings(tmp_path, *small(tmp_path, people, *RING), "--mrqap", "receiver(x)")
    assert found["warnings"] == [
        "receiver(x) has no value for 2 of the people; they were left out of that test."
    ]
    assert found["networks"]["all"]["mrqap"]["pairs"] == 20
    without = warnings(tmp_path, *small(tmp_path, FIVE, *RING), "--mrqap", "receiver(x)")
    assert found["networks"]["all"]["mrqap"] == without["networks"]["all"]["mrqap"]


def test_a_pair_without_a_value_is_left_out(tmp_path):
    dyads = put(tmp_path, "dyads.csv", "i,j,near", "a,b,1", "b,c,", "c,d,1", "a,c,2")
    asked = ("--dyads", dyads, "--mrqap", "dyad(near) + same(team)")
    found = warnings(tmp_path, *small(tmp_path, FIVE, *RING), *asked)
    assert found["warnings"] == [
        "dyad(near) has no value for 2 of the pairs (each way counted); "
        "they were left out of that test."
    ]
    assert found["networks"]["all"]["mrqap"]["pairs"] == 18


@pytest.mark.parametrize(
    ("people", "ties", "said"),
    [
        (
            ("a,1,1,x,1", "b,2,2,y,1"),
            ("a,b",),
            "No MRQAP with receiver(x) + same(team). Too few people answered and have a "
            "value of it; take fewer terms, or fill in empty cells.",
        ),
        (
            FIVE,
            ("source,target,value", "a,b,0"),
            "No MRQAP with receiver(x) + same(team). The ties are the same for every pair of "
            "people (none at all, or all alike), so nothing can go with them.",
        ),
        (
            FIVE,
            tuple(f"{i},{j}" for i in "abcde" for j in "abcde" if i != j),
            "No MRQAP with receiver(x) + same(team). The ties are the same for every pair of "
            "people (none at all, or all alike), so nothing can go with them.",
        ),
    ],
)
def test_what_cannot_be_tested_is_said_and_the_figures_are_there(tmp_path, people, ties, said):
    asked = ("--mrqap", "receiver(x) + same(team)", "--directed")
    found = warnings(tmp_path, *small(tmp_path, people, *ties), *asked)
    assert found["warnings"] == [said]
    assert found["networks"]["all"]["members"] == len(people)
    assert "mrqap" not in found["networks"]["all"]


def test_when_no_term_says_anything_there_is_no_regression(tmp_path):
    found = warnings(tmp_path, *small(tmp_path, FIVE, *RING), "--mrqap", "receiver(flat)")
    assert found["warnings"][-1] == (
        "No MRQAP, for none of the terms says anything here (receiver(flat))."
    )
    assert "mrqap" not in found["networks"]["all"]


def test_weights_below_zero_are_weights(tmp_path):
    ties = ("source,target,value", "a,b,-2", "b,c,1", "c,d,3", "d,a,-1", "e,a,2")
    found = warnings(tmp_path, *small(tmp_path, FIVE, *ties), "--qap", "receiver(x)")
    turned = [f"{row.rpartition(',')[0]},{-float(row.rpartition(',')[2])}" for row in ties[1:]]
    other = warnings(tmp_path, *small(tmp_path, FIVE, ties[0], *turned), "--qap", "receiver(x)")
    r = [one["networks"]["all"]["qap"]["receiver(x)"]["r"] for one in (found, other)]
    assert r[0] == pytest.approx(-r[1], abs=1e-12)
    assert r[0] != 0


def test_without_direction_what_one_person_has_is_that_of_both_together(tmp_path):
    """Least squares over pairs, each once, on the sum of their two numbers."""
    level, tied = [1, 5, 2, 8, 3, 3, 9, 4], {(0, 1), (1, 3), (3, 6), (2, 5), (6, 7), (1, 6)}
    people = (f"p{place},{value}" for place, value in enumerate(level))
    files = (
        *("--ties", put_ties(tmp_path, *(f"p{i},p{j}" for i, j in tied))),
        *("--people", put(tmp_path, "people.csv", "id,level", *people), "--undirected"),
    )
    pairs = np.column_stack(np.triu_indices(8, 1))
    x = np.column_stack([np.ones(28), np.array(level)[pairs].sum(axis=1)])
    y = np.array([(i, j) in tied for i, j in pairs.tolist()], dtype=float)
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    error = np.sqrt(((y - x @ b) ** 2).sum() / 26 * np.diag(np.linalg.inv(x.T @ x)))
    found = only_network(tmp_path, *files, "--mrqap", "receiver(level)", "--qap", "sender(level)")
    assert [one["b"] for one in found["mrqap"]["terms"]] == pytest.approx(b, abs=1e-12)
    assert [one["t"] for one in found["mrqap"]["terms"]] == pytest.approx(b / error, abs=1e-9)
    r = np.corrcoef(x[:, 1], y)[0, 1]
    assert found["qap"]["sender(level)"]["r"] == pytest.approx(r, abs=1e-12)


def test_without_direction_who_asks_says_the_same_as_who_is_asked(tmp_path):
    asked = ("--undirected", "--mrqap", "receiver(x) + sender(x)")
    found = warnings(tmp_path, *small(tmp_path, FIVE, *RING), *asked)
    assert found["warnings"] == [
        "sender(x) follows from the terms before it (receiver(x)) and was left out. "
        "Leave one of them out yourself to see the other."
    ]


def test_terms_that_tell_the_ties_exactly_are_named_for_that(tmp_path):
    school = put_school(tmp_path)
    asked = ("--relation", "likes", "--mrqap", "same(team) + tie(likes)")
    assert warnings(tmp_path, *school, *asked)["warnings"] == [
        "No MRQAP. same(team) + tie(likes) tells exactly who names whom and how much, so "
        "nothing is left to compare with. Leave out what says the same as the ties."
    ]


def test_gaps_among_more_people_than_fit_pair_by_pair_are_named(tmp_path):
    dyads = put(tmp_path, "dyads.csv", "i,j,near", "p0,p1,1", "p0,p2,", "p3,p4,2")
    ties = put_ties(tmp_path, *(f"p{i},p{(i * 7 + 1) % 2001}" for i in range(2001)))
    asked = ("--ties", ties, "--dyads", dyads, "--qap", "dyad(near)", "--mrqap", "dyad(near)")
    told = warnings(tmp_path, *asked, "--directed")["warnings"]
    assert told[1:] == [
        f"No {kind} with dyad(near). Single pairs have no value, so every pair would have to "
        "be looked at, and there are too many people for that. Fill the empty cells in, or take "
        "their rows out."
        for kind in ("QAP", "MRQAP")
    ]


def test_when_one_of_five_answered_that_is_the_reason(tmp_path):
    people = ("a,1,2,x,1", "b,2,4,x,0", "c,5,10,y,0", "d,3,6,y,0", "e,9,18,x,0")
    asked = ("--respondents", "flat", "--mrqap", "receiver(x)", "--qap", "receiver(x)")
    assert warnings(tmp_path, *small(tmp_path, people, "a,b", "a,c"), *asked)["warnings"] == [
        f"No {kind} with receiver(x). Too few people answered and have a value of it; take "
        "fewer terms, or fill in empty cells."
        for kind in ("QAP", "MRQAP")
    ]


def test_pairs_without_direction_count_once_when_there_must_be_enough(tmp_path):
    """Two pairs are no more than the two terms of a regression on one predictor."""
    people = put(tmp_path, "people.csv", "id", "a", "b", "c")
    dyads = put(tmp_path, "dyads.csv", "i,j,near", "a,b,1", "b,c,2", "a,c,")
    ties = put_ties(tmp_path, "source,target", "a,b")
    asked = ("--people", people, "--dyads", dyads, "--undirected", "--mrqap", "dyad(near)")
    found = warnings(tmp_path, "--ties", ties, *asked)
    assert found["warnings"][1].startswith("No MRQAP with dyad(near). Too few people answered")
    assert "mrqap" not in found["networks"]["all"]
