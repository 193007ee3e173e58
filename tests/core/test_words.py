"""The words that people read: plain, short, and the same thing in both languages.

`./zwerm check translations` holds that the catalogues are complete. Here: how the words read.
"""

from __future__ import annotations

import re

import pytest
from tools.checks.catalogues import PLACE, forms
from tools.translations import catalogue_of, rooms

from tests.core.spoken import foreign
from zwerm.scans.library.texts import load

LANGUAGES = ("en", "nl")
MOST_WORDS = 14
SENTENCE_END = re.compile(r"(?<=[.?:;])\s+")


def every_word() -> list[tuple[str, str]]:
    """English and Dutch of every form of every message of every room."""
    found = [
        (forms(entry.id)[min(number, len(forms(entry.id)) - 1)], dutch)
        for room in rooms()
        for entry in catalogue_of(room) or []
        if entry.id
        for number, dutch in enumerate(forms(entry.string))
    ]
    assert len(found) > 500
    return found


def too_long(words: str) -> list[str]:
    """Sentences of more words than people read in one go."""
    return [one for one in SENTENCE_END.split(words) if len(one.split()) > MOST_WORDS]


def test_dutch_sentences_are_short() -> None:
    assert [found for _, dutch in every_word() for found in too_long(dutch)] == []


def test_a_long_sentence_is_found() -> None:
    assert too_long("Kort. " + "woord " * 15) == ["woord " * 15]


def test_no_words_shout() -> None:
    assert [english for english, dutch in every_word() if "!" in english + dutch] == []


def test_dutch_says_je_and_never_u() -> None:
    assert [dutch for _, dutch in every_word() if re.search(r"\b[Uu]w?\b", dutch)] == []


def test_nothing_is_called_anonymous() -> None:
    assert [one for one in every_word() if re.search("anoniem|anonym", " ".join(one), re.I)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_that_a_report_may_not_use(language: str) -> None:
    forbidden = "|".join(map(re.escape, load("sentences.yaml")["forbidden"][language]))
    said = [one[LANGUAGES.index(language)] for one in every_word()]
    assert [words for words in said if re.search(rf"\b({forbidden})\b", words, re.I)] == []


def test_a_message_ends_in_dutch_as_it_ends_in_english() -> None:
    marks = ".?:"
    faults = [
        (english, dutch)
        for english, dutch in every_word()
        if [one for one in marks if english.endswith(one)]
        != [one for one in marks if dutch.endswith(one)]
    ]
    assert faults == []


def test_dutch_differs_from_english_unless_the_words_are_the_same() -> None:
    same = [english for english, dutch in every_word() if english == dutch]
    assert [words for words in same if foreign(PLACE.sub("", words))] == []
