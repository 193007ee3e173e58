"""The sentences of a report: they say what was published, no more, in words that were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scans.invented import Invented, content_of, schools
from tests.scans.snapshots import (
    make_number,
    make_share,
    make_small_snapshot,
    make_snapshot,
    make_withheld,
    make_withheld_snapshot,
    make_word,
)
from zwerm.scans.library.texts import load
from zwerm.scans.sentences import report_text, say, table_heads, table_rows
from zwerm.scans.sentences.numbers import band_in_words, mean_in_words, share_in_words
from zwerm.scans.sentences.report import ReportText

LANGUAGES = ("nl", "en")
PARTS = (
    "spread", "position", "across", "groups", "flock", "lead", "conditions", "knowledge",
    "drives", "form", "focus", "reach", "own", "response", "change",
)  # fmt: skip
WORDS = ("low", "middle", "high")
MOST_WORDS = 15

Snapshot = dict[str, Any]


# --- numbers, said and read back ---------------------------------------------

PARTS_OF = {
    "een kwart": 0.25, "de helft": 0.5, "driekwart": 0.75,
    "a quarter": 0.25, "three quarters": 0.75, "half": 0.5,
}  # fmt: skip
ROUGH = {
    "de meeste": (0.6, 1.0), "most": (0.6, 1.0),
    "een kleiner deel": (0.0, 0.4), "a smaller part": (0.0, 0.4),
}  # fmt: skip


def read_share(words: str) -> tuple[float, float]:
    """Between which values a share lies, for somebody who reads these words."""
    for said, between in ROUGH.items():
        if re.search(rf"(?<!at )\b{said}", words):
            return between
    numbers = [int(one) / 10 for one in re.findall(r"\d+", re.sub(r"van de 10|in 10", "", words))]
    part = next((value for said, value in PARTS_OF.items() if said in words), None)
    low = numbers[0] if numbers else part
    assert low is not None, words
    if re.search("hoogstens|at most", words):
        return 0.0, low
    if re.search("minstens|at least", words):
        return low, 1.0
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    return (0.4, 0.6) if low == 0.5 else (low, low)


def grid(step: float) -> Iterator[Snapshot]:
    """Every share that can be published on a grid, with its ends."""
    steps = round(1 / step)
    for place in range(1, steps):
        end = {1: "low", steps - 1: "high"}.get(place)
        yield make_share(round(place * step, 10), step, "middle", end)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [0.05, 0.1, 0.25])
@pytest.mark.parametrize("noun", ["people", "times", "questions"])
def test_every_share_that_can_be_published_is_said_as_it_is(
    step: float, noun: str, language: str
) -> None:
    for figure in grid(step):
        words = share_in_words(figure, noun, language, in_few=False).words
        low, high = read_share(words)
        assert low - 1e-9 <= figure["value"] <= high + 1e-9, words
        assert high - low <= 0.2 or figure["end"], words
        if figure["end"] == "low":
            assert low == 0.0
            assert high - figure["value"] < 0.1
        if figure["end"] == "high":
            assert figure["value"] - low < 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_answers_are_said_without_a_number(language: str) -> None:
    for figure in [*grid(0.25), *map(make_word, WORDS)]:
        words = share_in_words(figure, "people", language, in_few=True).words
        assert not re.search(r"\d", words)
        if figure["kind"] == "share":
            low, high = read_share(words)
            assert low <= figure["value"] <= high


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [1.0, 0.5, 0.2, 0.1])
def test_every_mean_that_can_be_published_is_said_to_the_nearest_half(
    step: float, language: str
) -> None:
    for place in range(1, round(12 / step)):
        figure = make_number(round(place * step, 10), step, "middle")
        words = mean_in_words(figure, language)
        numbers = [int(one) for one in re.findall(r"\d+", words)]
        if words.startswith(("minder", "fewer")):
            assert figure["value"] < 0.75 + 1e-9
            continue
        said = sum(numbers) / len(numbers)
        assert abs(said - figure["value"]) <= 0.25 + 1e-9, words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [1.0, 0.5, 0.2, 0.1])
def test_the_lowest_mean_is_said_as_at_most(step: float, language: str) -> None:
    words = mean_in_words(make_number(step, step, "low", "low"), language)
    assert words.startswith(("hoogstens", "at most", "minder dan", "fewer than"))
    assert max(int(one) for one in re.findall(r"\d+", words)) >= step


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bands", range(2, 11))
def test_the_band_of_participation_is_never_said_narrower_than_it_is(
    bands: int, language: str
) -> None:
    for band in range(bands):
        low, high = band / bands, (band + 1) / bands
        words = band_in_words(low, high, language, in_few=False).words
        said_low, said_high = read_share(words)
        assert said_low <= low + 1e-9, words
        assert said_high >= high - 1e-9, words


# --- what a sentence may look like -------------------------------------------


def sentences(text: ReportText) -> Iterator[str]:
    yield from split(text.lead)
    for line in text.response:
        yield from split(line)
    for section in text.sections:
        for line in (section.lead, *section.lines, section.doubt, section.not_said, section.talk):
            yield from split(line)
    yield from text.questions
    yield from split(text.sure)


def split(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?])\s+", text) if one]


def check_words(text: ReportText, language: str) -> None:
    forbidden = load("sentences.yaml")["forbidden"][language]
    for one in sentences(text):
        if one.startswith(("‘", "“")):
            continue  # the school's own sentence, quoted
        assert "{" not in one, one
        assert "[" not in one, one
        assert "!" not in one, one
        assert "%" not in one, one
        assert not re.search(r"\d[.,]\d", one.replace("4,5", "")), one
        assert one[0] == one[0].upper(), one
        assert one[-1] in ".?”’", one
        for word in forbidden:
            assert not re.search(rf"\b{re.escape(word)}\b", one, re.IGNORECASE), (word, one)
        label = re.search(r": (.*)\.$", one)
        assert len((one.replace(label[1], "") if label else one).split()) <= MOST_WORDS, one


def shape(text: ReportText) -> list[tuple[str, str, int, bool, bool, bool]]:
    return [
        (one.id, one.part, len(one.lines), bool(one.doubt), bool(one.not_said), bool(one.talk))
        for one in text.sections
    ]


def check_report(snapshot: Snapshot) -> None:
    """Both languages tell the same, in words that may be used, with a table behind each picture."""
    texts = {language: report_text(snapshot, language) for language in LANGUAGES}
    for language, text in texts.items():
        check_words(text, language)
        assert text.lead
        assert len(text.questions) == 3
    assert shape(texts["nl"]) == shape(texts["en"])
    assert texts["nl"].guide == texts["en"].guide
    for part in PARTS:
        tables = [table_rows(snapshot, part, language) for language in LANGUAGES]
        assert len(tables[0]) == len(tables[1])
        for language, rows in zip(LANGUAGES, tables, strict=True):
            heads = table_heads(snapshot, part, language)
            assert all(len(row.cells) == len(heads) - 1 for row in rows)


@pytest.mark.parametrize(
    "snapshot",
    [
        make_snapshot(),
        make_small_snapshot(),
        make_withheld_snapshot(),
        make_snapshot(response__contract="broad", response__low=0.6, response__high=0.7),
        make_snapshot(figures__unnamed={**make_word("middle"), "end": "low"}),
        make_snapshot(
            previous={
                "closed_on": "2025-11-20",
                "figures": make_snapshot()["figures"],
                "same_topic": True,
                "same_groups": True,
            }
        ),
        make_snapshot(
            previous={
                "closed_on": "2025-11-20", "figures": {}, "same_topic": False,
                "same_groups": False,
            }
        ),
    ],
)  # fmt: skip
def test_a_report_is_told_alike_in_both_languages_in_words_that_may_be_used(
    snapshot: Snapshot,
) -> None:
    check_report(snapshot)


WORDED = (
    "mean_named", "reciprocity", "centralization", "unnamed", "coupling", "across", "outside",
    "works_together", "takes_lead_overlap", "takes_lead_formal_share",
)  # fmt: skip


@pytest.mark.parametrize("name", WORDED)
@pytest.mark.parametrize("word", WORDS)
def test_every_figure_has_a_sentence_for_each_word(name: str, word: str) -> None:
    values = {"low": 0.2, "middle": 0.35, "high": 0.75}
    figure = make_share(values[word], 0.05, word)
    if name == "mean_named":
        figure = make_number({"low": 1.4, "middle": 3.6, "high": 6.0}[word], 0.2, word)
    if name in {"centralization", "unnamed"}:
        figure = make_word(word)
    snapshot = make_snapshot(**{f"figures__{name}": figure})
    check_report(snapshot)
    without = make_snapshot(**{f"figures__{name}": make_withheld()})
    check_report(without)
    for language in LANGUAGES:
        assert report_text(snapshot, language).sections != report_text(without, language).sections


@pytest.mark.parametrize("profile", [*map(make_word, WORDS), make_withheld()])
@pytest.mark.parametrize("fit", WORDS)
def test_every_profile_and_every_fit_can_be_told(profile: Snapshot, fit: str) -> None:
    found = {"shown": True, "word": fit, "highest": "vision", "lowest": "structure"}
    check_report(make_snapshot(profile=profile, fit=found))


@pytest.mark.parametrize("reason", ["few_answers", "contract", "dominance", "no_group"])
@pytest.mark.parametrize("name", [*WORDED, "leader_staff_share", "leader_arc_share"])
def test_every_reason_to_hold_a_figure_back_can_be_told(name: str, reason: str) -> None:
    check_report(make_snapshot(**{f"figures__{name}": make_withheld(reason)}))


@given(schools(), st.sampled_from(["short", "long"]))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_school_answers_its_report_can_be_told(invented: Invented, form: str) -> None:
    asked = invented.asked()
    frame = {name: make_snapshot()[name] for name in ("schema", "school", "scan", "audit")}
    members = len(asked.entries)
    check_report({**frame, **content_of(asked, form), "members": members, "previous": None})


# --- agreement between sentence, table and figure ----------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [0.05, 0.1, 0.3, 0.35, 0.5, 0.65, 0.9, 0.95])
def test_sentence_label_and_table_say_the_same_share(value: float, language: str) -> None:
    end = "low" if value == 0.05 else "high" if value == 0.95 else None
    figure = make_share(value, 0.05, "middle", end)
    snapshot = make_snapshot(figures__across=figure)
    sentence = next(
        line
        for one in report_text(snapshot, language).sections
        if one.id == "across"
        for line in one.lines
    )
    words = sentence[0].lower() + sentence[1:]
    assert read_share(words) == read_share(say("across", figure, language))
    row = table_rows(snapshot, "across", language)[0]
    assert re.findall(r"\d+", row.cells[0]) == [f"{round(100 * value)}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [1.0, 0.5, 0.2, 0.1])
def test_the_table_of_the_mean_holds_the_published_value_itself(step: float, language: str) -> None:
    for place in range(1, 40):
        value = round(place * step, 10)
        snapshot = make_snapshot(figures__mean_named=make_number(value, step, "middle"))
        cells = table_rows(snapshot, "spread", language)[0].cells
        numbers = [float(one.split()[-1].replace(",", ".")) for one in (cells[0], cells[-1])]
        assert numbers == [value, step]


def test_each_word_leads_to_its_own_sentence() -> None:
    for language in LANGUAGES:
        for name, part in (("unnamed", "unnamed"), ("centralization", "dynamic")):
            leads = {
                one.lead
                for word in WORDS
                for one in report_text(
                    make_snapshot(**{f"figures__{name}": make_word(word)}), language
                ).sections
                if one.id == part
            }
            assert len(leads) == 3


def test_beside_an_earlier_scan_it_is_said_that_change_cannot_be_told() -> None:
    previous = {
        "closed_on": "2025-11-20", "figures": make_snapshot()["figures"],
        "same_topic": True, "same_groups": True,
    }  # fmt: skip
    snapshot = make_snapshot(previous=previous)
    text = report_text(snapshot, "en")
    [section] = text.of_part("change")
    assert section.lead == "We cannot say whether anything changed."
    assert section.lines == ("The scan before closed on 20 November 2025.",)
    rows = table_rows(snapshot, "change", "en")
    assert [row.cells[0] for row in rows] == [row.cells[1] for row in rows]
    assert not report_text(make_snapshot(), "en").of_part("change")
    no_risen = " ".join(sentences(text))
    assert not re.search(r"\b(risen|fallen|increase|decrease|grew|dropped)\b", no_risen)


@pytest.mark.parametrize(
    ("same_topic", "same_groups", "line"),
    [
        (False, True, "It was about something else. Then we compare nothing."),
        (True, False, "The groups differ from last time. Then we may not compare."),
    ],
)
def test_it_is_said_why_the_scan_before_cannot_be_laid_beside_this_one(
    same_topic: bool, same_groups: bool, line: str
) -> None:
    previous = {
        "closed_on": "2025-11-20", "figures": {}, "same_topic": same_topic,
        "same_groups": same_groups,
    }  # fmt: skip
    [section] = report_text(make_snapshot(previous=previous), "en").of_part("change")
    assert section.lines[1] == line


def test_the_check_of_words_finds_what_may_not_be_said() -> None:
    text = report_text(make_snapshot(school__name="De Top"), "nl")
    planted = [
        "Onze school is de beste.",
        "Dit is 3,2 keer meer.",
        "Mooi!",
        "Dit is een zin die veel te lang is om nog prettig te kunnen lezen op een telefoon.",
        "Hier staat 30 %.",
    ]
    for one in planted:
        wrong = replace(text, lead=one)
        with pytest.raises(AssertionError):
            check_words(wrong, "nl")
    check_words(text, "nl")
