"""QAP and MRQAP of the command: R's numbers, the terms, and what cannot be tested, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.analyse.files import figures, only_network, put, put_ties, refusal
from tests.analyse.inference.invented import put_school

DATA = Path(__file__).resolve().parents[4] / "shared/data"
with_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data of published studies are not beside this checkout"
)
ADVICE = ("--relation", "advice", "--permutations", "200")


def expected(dataset):
    return json.loads((DATA / dataset / "expected.json").read_text(encoding="utf-8"))


def published(tmp_path, dataset, *options):
    folder = DATA / dataset
    files = ("--ties", folder / "ties.csv", "--people", folder / "nodes.csv")
    return figures(tmp_path, *files, "--no-intervals", *options)["networks"]


def terms_of(found):
    return {term["name"]: term for term in found["mrqap"]["terms"]}


def assert_equals(found, reference, names, near=1e-9):
    """Coefficients and t of R, and p within three standard errors of both counts."""
    terms = terms_of(found)
    assert list(terms) == ["(intercept)", *names.values()]
    assert found["mrqap"]["r_squared"] == pytest.approx(reference["r_squared"], abs=near)
    wanted = {one["term"]: one for one in reference["coefficients"]}
    for theirs, ours in {"(intercept)": "(intercept)", **names}.items():
        assert terms[ours]["b"] == pytest.approx(wanted[theirs]["b"], abs=near)
        assert terms[ours]["t"] == pytest.approx(wanted[theirs]["t"], abs=1e3 * near)
        assert_same_p(terms[ours]["p"], 2000, wanted[theirs]["p_abs"], reference["reps"])


def assert_same_p(ours, permutations, theirs, reps):
    middle = min(max((ours + theirs) / 2, 1 / reps), 1 - 1 / reps)
    error = (middle * (1 - middle) * (1 / permutations + 1 / reps)) ** 0.5
    assert ours == pytest.approx(theirs, abs=3 * error + 1 / permutations + 1 / reps)


@with_data
def test_krackhardt_equals_r(tmp_path):
    names = {
        "reports_to": "tie(reports_to)",
        "friendship": "tie(friendship)",
        "same_department": "same(department)",
        "receiver_level": "receiver(level)",
        "receiver_tenure": "receiver(tenure)",
        "receiver_age": "receiver(age)",
    }
    asked = ("--relation", "advice", "--mrqap", " + ".join(names.values()))
    found = published(tmp_path, "krackhardt-hightech", *asked)["all"]
    assert_equals(found, expected("krackhardt-hightech")["mrqap"]["advice_full"], names)


@with_data
def test_krackhardt_correlations_equal_r(tmp_path):
    asked = {
        "advice_friendship": "tie(friendship)",
        "advice_reports_to": "tie(reports_to)",
        "advice_same_department": "same(department)",
    }
    options = [word for term in asked.values() for word in ("--qap", term)]
    found = published(tmp_path, "krackhardt-hightech", "--relation", "advice", *options)["all"][
        "qap"
    ]
    for name, term in asked.items():
        reference = expected("krackhardt-hightech")["qap"][name]
        assert found[term]["r"] == pytest.approx(reference["r"], abs=1e-9)
        assert_same_p(found[term]["p_above"], 2000, reference["p_ge"], reference["reps"])
        assert found[term]["permutations"] == 2000


@with_data
def test_valued_ties_of_a_class_equal_r(tmp_path):
    names = {
        name: f"tie({name})"
        for name in (f"sem1_{one}" for one in ("ssl", "tsl", "frn", "seat", "rce", "gnd"))
    }
    asked = ("--relation", "sem2_ssl", "--mrqap", " + ".join(names.values()))
    found = published(tmp_path, "classroom-mrqap182", *asked)["all"]
    assert_equals(found, expected("classroom-mrqap182")["mrqap"]["sem2_ssl"], names)


@with_data
@pytest.mark.parametrize("school", ["1", "9"])
def test_schools_with_pairs_equal_r(tmp_path, school):
    names = {
        "teach_same_grade": "dyad(teach_same_grade)",
        "same_years_in_school": "dyad(same_years_in_school)",
        "same_innovation_attitude": "dyad(same_innovation_attitude)",
        "receiver_years_teaching": "receiver(years_teaching)",
        "receiver_trust": "receiver(trust)",
    }
    dyads = DATA / "school-advice/dyads.csv"
    asked = ("--by", "school", "--dyads", dyads, "--mrqap", " + ".join(names.values()))
    found = published(tmp_path, "school-advice", *asked)[school]
    reference = expected("school-advice")["networks"][f"school_{school}"]["mrqap"]
    # The file of people has four decimals, and R had them all.
    assert_equals(found, reference, names, near=1e-5)


def test_position_and_team_are_tested_when_nothing_is_asked(tmp_path):
    school = put_school(tmp_path)
    found = only_network(tmp_path, *school, *ADVICE, "--position", "leads", "--team", "team")
    assert list(found["qap"]) == ["receiver(leads)", "same(team)"]
    assert list(terms_of(found)) == ["(intercept)", "receiver(leads)", "same(team)"]
    assert all(found["qap"][term]["p"] < 0.05 for term in found["qap"])
    assert found["coupling"]["p"] < 0.05


def test_who_has_no_position_is_told_once_of_terms_that_nobody_asked_for(tmp_path):
    asked = ("--position", "leads", "--team", "team", "--permutations", "20")
    school = put_school(tmp_path, extra="new,team 1,,30,1")
    found = figures(tmp_path, *school, "--relation", "advice", *asked)
    assert [one for one in found["warnings"] if "receiver" in one] == [
        "receiver(leads) has no value for 1 of the people; they were left out of that test."
    ]


def test_nothing_is_tested_when_nothing_is_there_to_test(tmp_path):
    found = only_network(tmp_path, *put_school(tmp_path), *ADVICE)
    assert not {"qap", "mrqap"} & set(found)


def test_what_is_asked_takes_the_place_of_what_is_likely(tmp_path):
    asked = ("--position", "leads", "--qap", "absdiff(age)")
    found = only_network(tmp_path, *put_school(tmp_path), *ADVICE, *asked)
    assert list(found["qap"]) == ["absdiff(age)"]
    assert "mrqap" not in found


def test_every_kind_of_term_is_understood(tmp_path):
    terms = [
        *("receiver(age)", "sender(age)", "receiver(team=team 1)", "sender(leads=1)"),
        *("same(team)", "absdiff(age)", "dyad(near)", "tie(likes)"),
    ]
    asked = ("--mrqap", " + ".join(terms), *(word for term in terms for word in ("--qap", term)))
    found = only_network(tmp_path, *put_school(tmp_path), *ADVICE, *asked)
    assert list(found["qap"]) == terms
    assert list(terms_of(found)) == ["(intercept)", *terms]


def test_rows_of_the_silent_are_missing(tmp_path):
    asked = ("--respondents", "answered", "--mrqap", "same(team)")
    found = only_network(tmp_path, *put_school(tmp_path, 40, silent=8), *ADVICE, *asked)
    assert found["mrqap"]["pairs"] == 32 * 39


def test_without_direction_each_pair_counts_once(tmp_path):
    ties = put_ties(tmp_path, "a,b", "b,c", "c,d", "e,a", "e,b")
    people = put(tmp_path, "people.csv", "id,team", "a,x", "b,x", "c,y", "d,y", "e,x")
    asked = ("--ties", ties, "--people", people, "--undirected", "--mrqap", "same(team)")
    assert only_network(tmp_path, *asked)["mrqap"]["pairs"] == 10


WORDS = "receiver(...), sender(...), same(...), absdiff(...), dyad(...), tie(...)"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("--qap", "equal(team)"),
            f"--qap: 'equal(team)' is not a term. A term is one of {WORDS}; "
            "for instance same(team) or receiver(post=leader).",
        ),
        (
            ("--mrqap", "same(team) + age"),
            f"--mrqap: 'age' is not a term. A term is one of {WORDS}; "
            "for instance same(team) or receiver(post=leader).",
        ),
        (
            ("--mrqap", "same(team) + same(team)"),
            "--mrqap: 'same(team)' stands there twice. Once is enough.",
        ),
        (
            ("--qap", "same(team)", "--qap", "same(team)"),
            "--qap: 'same(team)' stands there twice. Once is enough.",
        ),
        (
            ("--mrqap", "same(team)", "--mrqap", "same(age)"),
            "--mrqap is given several times. Put all terms in one, with + between them.",
        ),
        (
            ("--qap", "same(room)"),
            "people.csv has no column 'room', which --qap asks for. "
            "It has: id, team, leads, age, answered.",
        ),
        (
            ("--mrqap", "receiver(team)"),
            "people.csv, row 2, column 'team': 'team 0' is no number, and --mrqap takes numbers "
            "from it. For one word of a column write for instance receiver(team=team 0).",
        ),
        (
            ("--qap", "receiver(team=arts)"),
            "--qap: nobody has 'arts' in the column 'team', which receiver(team=arts) asks for. "
            "It has: team 0, team 1, team 2, team 3.",
        ),
        (
            ("--qap", "dyad(far)"),
            "--qap asks for dyad(far), and the file of pairs has no such column. It has: near.",
        ),
        (
            ("--qap", "tie(love)"),
            "ties.csv holds no relation 'love'. It has: advice, likes.",
        ),
        (
            ("--permutations", "0"),
            "--permutations 0: a test needs 1 or more; 2000 is usual.",
        ),
    ],
)
def test_a_term_that_cannot_be_read_is_refused(tmp_path, capsys, asked, said):
    school = put_school(tmp_path)
    assert refusal(capsys, *school, "--relation", "advice", *asked) == said


def test_pairs_are_asked_for_when_there_are_none(tmp_path, capsys):
    asked = ("--ties", put_ties(tmp_path, "a,b", "b,c"), "--qap", "dyad(near)")
    assert refusal(capsys, *asked) == (
        "--qap asks for dyad(near), and there are no pairs. Give a file of pairs with --dyads."
    )


def test_another_relation_is_asked_for_when_there_is_one_only(tmp_path, capsys):
    asked = ("--ties", put_ties(tmp_path, "a,b", "b,c"), "--qap", "tie(likes)")
    assert refusal(capsys, *asked) == (
        "ties.csv has no column 'relation', which tie(likes) asks for. It has: source, target. "
        "Add the column, or leave the term out."
    )


@pytest.mark.parametrize("more", [(), ("--qap", "same(team)"), ("--intervals",)])
def test_the_same_seed_gives_the_same_whatever_else_is_asked(tmp_path, more):
    school = put_school(tmp_path)
    asked = ("--relation", "advice", "--permutations", "50", "--qap", "receiver(age)")
    alone = only_network(tmp_path, *school, *asked, "--no-intervals", "--seed", "4")
    beside = only_network(tmp_path, *school, *asked, *more, "--seed", "4")
    assert beside["qap"]["receiver(age)"] == alone["qap"]["receiver(age)"]
    other = only_network(tmp_path, *school, *asked, "--no-intervals", "--seed", "5")
    assert other["qap"]["receiver(age)"]["p"] != alone["qap"]["receiver(age)"]["p"]


def test_networks_are_tested_by_themselves_and_draw_by_themselves(tmp_path):
    rows = [f"{i},{(i * k + 1) % 12},{s}" for s in "NS" for k in (3, 5) for i in range(12)]
    people = [f"{i},{i % 5},{s}" for s in "NS" for i in range(12)]
    ties = put(tmp_path, "ties.csv", "source,target,school", *rows)
    who = put(tmp_path, "people.csv", "id,age,school", *people)
    asked = ("--people", who, "--by", "school", "--qap", "receiver(age)", "--no-intervals")
    both = figures(tmp_path, "--ties", ties, *asked)["networks"]
    assert both["N"]["qap"]["receiver(age)"]["r"] == both["S"]["qap"]["receiver(age)"]["r"]
    assert both["N"]["qap"] != both["S"]["qap"]
    alone = put(
        tmp_path, "one.csv", "source,target,school", *(row for row in rows if row[-1] == "S")
    )
    only = put(tmp_path, "people.csv", "id,age,school", *(row for row in people if row[-1] == "S"))
    asked = ("--people", only, "--by", "school", "--qap", "receiver(age)", "--no-intervals")
    assert figures(tmp_path, "--ties", alone, *asked)["networks"]["S"] == both["S"]


def test_a_word_that_only_another_network_has_says_nothing_here(tmp_path):
    people = [f"{i},{'x' if s == 'N' and i < 3 else 'y'},{s}" for s in "NS" for i in range(8)]
    rows = [f"{i},{(i + 1) % 8},{s}" for s in "NS" for i in range(8)]
    ties = put(tmp_path, "ties.csv", "source,target,school", *rows)
    who = put(tmp_path, "people.csv", "id,team,school", *people)
    asked = ("--ties", ties, "--people", who, "--by", "school", "--qap", "receiver(team=x)")
    found = figures(tmp_path, *asked)
    assert [name for name, one in found["networks"].items() if "qap" in one] == ["N"]
    assert found["warnings"] == [
        "S: receiver(team=x) is the same for every pair of people, so it says nothing "
        "and was left out."
    ]
