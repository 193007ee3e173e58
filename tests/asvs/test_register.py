"""The register of OWASP ASVS 5.0: every requirement has a verdict, and what it names is there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tools.checks.tree import ROOT

from tests.asvs.register import PAGE, counted, faults, read
from tests.asvs.requirements import asked, levels


@pytest.fixture(scope="module")
def page():
    return (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def verdicts(page):
    return read(page)


def test_the_requirements_are_as_many_as_the_standard_says():
    found = list(levels().values())
    assert [found.count(level) for level in (1, 2, 3)] == [70, 183, 92]
    assert len(asked()) == 70 + 183 + 3


def test_every_requirement_has_a_verdict_and_what_it_names_is_there(verdicts):
    assert faults(verdicts) == []
    assert [one.name for one in verdicts] == asked()


def test_the_page_says_how_many_are_tested(page, verdicts):
    tested, applicable = counted(verdicts)
    print(f"{tested} of {applicable} that apply are tested: {tested / applicable:.0%}")
    said = re.search(r"(\d+) apply\. (\d+) of those are tested \((\d+) %\)", page)
    assert said
    assert [int(word) for word in said.groups()] == [
        *(applicable, tested),
        round(100 * tested / applicable),
    ]


def new_faults(verdicts, others):
    """The faults of others that these do not have."""
    return [fault for fault in faults(others) if fault not in faults(verdicts)]


def changed(verdicts, name, **words):
    return [replace(one, **words) if one.name == name else one for one in verdicts]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            {"said": "`people/test_sign_in.py::test_nothing`"},
            "1.2.4: people/test_sign_in.py::test_nothing is not there",
        ),
        (
            {"said": "`people/test_gone.py::test_x`"},
            "1.2.4: people/test_gone.py::test_x is not there",
        ),
        ({"said": "`people/pages.py::names`"}, "1.2.4: people/pages.py::names is not there"),
        ({"said": "nothing"}, "1.2.4 names nothing"),
        ({"word": "setting", "said": "`ZWERM_NONE`"}, "1.2.4: ZWERM_NONE is not there"),
        ({"word": "paper", "said": "`docs/none.md`"}, "1.2.4: docs/none.md is not there"),
        ({"word": "n/a", "said": "No."}, "1.2.4 gives no reason"),
        ({"word": "perhaps"}, "1.2.4: perhaps is no verdict"),
    ],
)
def test_a_verdict_without_ground_is_found(verdicts, words, fault):
    assert new_faults(verdicts, changed(verdicts, "1.2.4", **words)) == [fault]


def test_a_requirement_that_is_forgotten_unknown_or_there_twice_is_found(verdicts):
    first, *others = verdicts
    assert new_faults(verdicts, others) == [f"{first.name} has no verdict"]
    unknown = replace(first, name="1.1.9")
    assert new_faults(verdicts, [unknown, *verdicts]) == ["1.1.9 is asked by nobody, or twice"]
    assert new_faults(verdicts, [first, *verdicts]) == [
        f"{first.name} is asked by nobody, or twice"
    ]


def test_too_few_tests_are_found(verdicts):
    untested = [
        replace(one, word="open", said="It is not tested.") if one.word == "test" else one
        for one in verdicts[:100]
    ]
    [fault] = new_faults(verdicts, [*untested, *verdicts[100:]])
    assert re.fullmatch(r"only \d+ of \d+ that apply are tested", fault)
