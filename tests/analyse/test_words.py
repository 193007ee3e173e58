"""Every word in both languages, and none that nobody says."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from zwerm.analyse import words
from zwerm.analyse.scale_page import COLUMNS
from zwerm.analyse.sentences import UNDIRECTED
from zwerm.analyse.summary import SHOWN
from zwerm.analysis.change.falling import Word
from zwerm.analysis.change.verdicts import Reason as NoVerdict
from zwerm.analysis.intervals import Reason
from zwerm.analysis.mrqap import Family

ROOM = Path(words.__file__).parent
CODE = "\n".join(path.read_text("utf-8") for path in sorted(ROOM.rglob("*.py")))

# Why a figure of a scale is not there, as `zwerm.analysis.scales` gives it.
REASONS = (
    *("few_items", "few_people", "few_whole", "same_answers", "cancelled", "two_items"),
    *("fewer_than_items", "copies", "contradiction", "one_group", "single_members"),
)
SCALE_FIGURES = ("alpha", "omega", "rwgj", "rwgj_mean", "icc_one", "icc_two")

# What is said in other words of another kind of regression.
FAMILY_KEYS = ("mrqap_says", "mrqap_caption", "ties_follow")

# Keys that the code puts together.
PUT_TOGETHER = {
    *(f"{kind}_{name}" for name in SHOWN for kind in ("figure", "says")),
    *(
        f"{key}_{number}"
        for key in ("self_ties", "repeated_ties", "ties")
        for number in ("one", "many")
    ),
    *("column_shared", "column_among_ties", "column_among_pairs"),
    *(f"undirected_{name}" for name in UNDIRECTED),
    *(f"reason_{reason}" for reason in get_args(Reason)),
    *(f"no_verdict_{reason}" for reason in get_args(NoVerdict)),
    *(f"verdict_{word}" for word in get_args(Word)),
    *("falling_after_rise", "falling_twice"),
    *(f"column_{key}" for key in ("completion", "at_random", "again", "verdict")),
    *(f"column_{key}" for key in ("b", "t", "z", "p")),
    *(f"{key}_{family}" for key in FAMILY_KEYS for family in get_args(Family)),
    *(f"column_{key}" for key in ("difference", "interval", "composition")),
    *("title_one", "title_undirected_one", "indegrees_says", "degrees_says"),
    *(f"scale_absent_{reason}" for reason in REASONS),
    *(f"scale_{kind}{name}" for name in SCALE_FIGURES for kind in ("", "says_")),
    *(f"short_{name}" for name in COLUMNS),
    *(f"column_{name}" for name in ("answered", "mean", "sd", "item_rest", "without")),
    *("pairwise", "listwise"),
    *(
        f"{dial}_{part}"
        for dial in ("together", "both_ways", "different")
        for part in ("name", "says", "start", "end")
    ),
}


def fields(text):
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name is not None}


def missing(catalogue):
    return [key for key, said in catalogue.items() if set(said) != set(words.LANGUAGES)]


def differing(catalogue):
    return [key for key, said in catalogue.items() if fields(said["en"]) != fields(said["nl"])]


def test_every_word_is_there_in_every_language():
    assert len(words.catalogue()) > 100
    assert missing(words.catalogue()) == []


def test_no_key_is_there_twice():
    """YAML would keep the last one, and say nothing."""
    keys = re.findall(r"^([a-z_]+):", words.FILE.read_text("utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(words.catalogue())


def test_both_languages_leave_room_for_the_same_values():
    assert differing(words.catalogue()) == []


def test_a_word_that_is_not_translated_and_a_value_that_is_lost_are_found():
    planted = {"a": {"en": "One {file}"}, "b": {"en": "One {file}", "nl": "Een {bestand}"}}
    assert missing(planted) == ["a"]
    assert differing({"b": planted["b"]}) == ["b"]


def test_every_key_that_the_code_says_is_there():
    said = set(re.findall(r"(?:words|sentence|Fault)\(\s*\"([a-z_]+)\"", CODE))
    assert len(said) > 60
    assert said - set(words.catalogue()) == set()
    assert PUT_TOGETHER - set(words.catalogue()) == set()


def test_every_word_is_said_somewhere():
    quoted = set(re.findall(r"[\"']([a-z_]+)[\"']", CODE))
    assert set(words.catalogue()) - quoted - PUT_TOGETHER == set()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_word_shouts_praises_or_ranks(language):
    text = " ".join(said[language] for said in words.catalogue().values()).lower()
    refused = [
        "!",
        "populair",
        "popular",
        "sleutelfiguur",
        "influencer",
        "score",
        "ranking",
        "zwak",
    ]
    assert [word for word in refused if word in text] == []


def test_numbers_are_written_as_each_language_does():
    dutch, english = words.Words("nl"), words.Words("en")
    assert [dutch.number(1234567), dutch.number(1234.5, 1)] == ["1.234.567", "1.234,5"]
    assert [english.number(1234567), english.number(1234.5, 1)] == ["1,234,567", "1,234.5"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_BE.UTF-8"}, "nl"),
        ({"LC_ALL": "", "LC_MESSAGES": "nl_NL", "LANG": "en_GB"}, "nl"),
        ({"LC_ALL": "C", "LANG": "nl_NL"}, "en"),
    ],
)
def test_the_language_is_that_of_the_machine(environment, language):
    assert words.language_here(environment) == language
