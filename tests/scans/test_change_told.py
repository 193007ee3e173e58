"""Change as it is told: sentence, picture and table say the verdict, and nothing unpublished."""

from __future__ import annotations

import json
import re
from itertools import product
from typing import Any

import pytest

from tests.pictures import reading
from tests.scans.snapshots import (
    VERDICTS,
    make_change,
    make_next_snapshot,
    make_not_compared,
    make_number,
    make_share,
    make_snapshot,
    make_withheld,
    make_word,
)
from tests.scans.test_sentences import check_report
from zwerm.analysis.change import visible_change
from zwerm.scans.actions import closing
from zwerm.scans.library.texts import load
from zwerm.scans.report_page import Part, compose
from zwerm.scans.sentences import report_text, table_rows
from zwerm.scans.sentences.visible import visible_line, visible_lines

LANGUAGES = ("nl", "en")
WORDS = ("risen", "fallen", "no_clear_change", "cannot_say")
SLOPE = f"{reading.SVG}line"


def part_of(snapshot: dict[str, Any], language: str = "en") -> Part:
    return next(one for one in compose(snapshot, language).parts if one.id == "change")


def said(snapshot: dict[str, Any], language: str = "en") -> str:
    """Everything that the part on change says."""
    found = report_text(snapshot, language).of_part("change")
    return " ".join(
        line for one in found for line in (one.lead, *one.lines, one.doubt, one.not_said, one.talk)
    )


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("figure", list(VERDICTS))
def test_every_verdict_on_every_figure_is_told_alike_in_both_languages(
    figure: str, word: str
) -> None:
    check_report(make_next_snapshot(make_change(words={figure: word})))


@pytest.mark.parametrize("reason", list(load("sentences.yaml")["change"]["why"]))
def test_every_reason_why_nothing_can_be_said_is_told(reason: str) -> None:
    expected = {"figure": "coupling", "direction": "fallen", "outcome": "cannot_say"}
    snapshot = make_next_snapshot(make_not_compared(reason, expectation=expected))
    check_report(snapshot)
    assert said(snapshot).startswith("We cannot say whether anything changed.")
    assert "Written down as expected was: a fall in the tie between posts and questions." in said(
        snapshot
    )
    assert part_of(snapshot).wide == ""


def test_what_moved_is_the_finding_and_stands_first() -> None:
    text = report_text(make_next_snapshot(), "en")
    first, second, *others = text.of_part("change")
    assert first.lead == (
        "The number of colleagues somebody asks has risen since 21 November 2025."
    )
    assert first.lines[0] == "It went from about 4 colleagues to 5 colleagues."
    assert second.lead == (
        "The flow of questions to a few people has fallen since 21 November 2025: "
        "from a few people to many different people."
    )
    assert [one.lead for one in others] == [
        "We see no clear change in asking back.",
        "We cannot say whether the tie between posts and questions changed.",
    ]
    assert text.lead.endswith(first.lead)


def test_a_stored_report_tells_of_figures_in_the_order_of_its_table() -> None:
    """It is kept with its keys in the order of the alphabet."""
    words = dict.fromkeys(VERDICTS, "no_clear_change")
    stored = json.loads(closing.canonical(make_next_snapshot(make_change(words=words))))
    told = [one.lead for one in report_text(stored, "en").of_part("change")]
    assert told == [
        "We see no clear change in the number of colleagues somebody asks.",
        "We see no clear change in asking back.",
        "We see no clear change in the flow of questions to a few people.",
        "We see no clear change in the tie between posts and questions.",
    ]


def test_what_was_expected_stands_beside_what_came_of_it() -> None:
    def told(outcome: str) -> str:
        expected = {"figure": "reciprocity", "direction": "risen", "outcome": outcome}
        return said(make_next_snapshot(make_change(expectation=expected)))

    assert "This was also written down as expected." in told("met")
    assert "Something else was written down as expected: a rise in asking back." in told("not_met")
    assert "Whether that came true, we cannot say." in told("cannot_say")
    together = "Even if nothing changed, about 1 in 5 reports would tell of some change."
    alone = "If nothing changes, at most 1 in 10 reports still tells of something."
    assert together in told("met")
    assert alone not in told("met")
    assert alone in said(make_next_snapshot())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_once_that_a_verdict_is_about_who_answered_both_times(language: str) -> None:
    doubt = load("sentences.yaml")["change"]["doubt"]
    twice, bands = doubt["twice"][language], doubt["bands"][language]
    snapshot = make_next_snapshot()
    assert [said(snapshot, language).count(one) for one in (twice, bands)] == [1, 1]
    snapshot["intervals"] = {}
    assert [said(snapshot, language).count(one) for one in (twice, bands)] == [1, 0]


def test_a_figure_outside_the_verdicts_says_so_in_its_cell() -> None:
    rows = table_rows(make_next_snapshot(), "change", "en")
    [row] = [one for one in rows if one.label == "Questions to another group"]
    assert row.cells[0] == "not compared: on groups we give no verdict"


def test_an_expectation_comes_first_among_equals() -> None:
    expected = {"figure": "centralization", "direction": "fallen", "outcome": "met"}
    sections = report_text(make_next_snapshot(make_change(expectation=expected)), "en")
    assert sections.of_part("change")[0].lead.startswith("The flow of questions")


def test_a_busy_week_is_named_wherever_something_moved() -> None:
    busy = "A week in which everybody is hurried cannot be told from change."
    still = make_change(words=dict.fromkeys(VERDICTS, "no_clear_change"))
    assert busy in said(make_next_snapshot())
    assert busy not in said(make_next_snapshot(still))
    assert "With 84 people we cannot see a small change." in said(make_next_snapshot(still))


@pytest.mark.parametrize("figure", list(VERDICTS))
@pytest.mark.parametrize(("members", "joined"), [(41, None), (49, None), (84, None), (140, 40)])
def test_no_clear_change_says_from_which_size_it_would_mostly_be_seen(
    figure: str, members: int, joined: int | None
) -> None:
    """Never a smaller size than the fewest who can have stayed could see."""
    words = dict.fromkeys(VERDICTS, "no_clear_change")
    snapshot = make_next_snapshot(make_change(words=words, joined=joined), members=members)
    check_report(snapshot)
    stayed = members - (joined or 0) - 9
    size = visible_change(stayed, 0.8).get(figure)
    of_figure = [
        one for one in report_text(snapshot, "en").of_part("change") if named_in(one.lead, figure)
    ]
    told = [line for one in of_figure for line in one.lines if "mostly see" in line]
    assert told == ([] if size is None else [visible_line(figure, size, "en", "change.seen")])


def named_in(lead: str, figure: str) -> bool:
    return load("sentences.yaml")["change"]["figure"][figure]["en"] in lead


def test_only_no_clear_change_and_only_a_school_that_is_large_enough_hears_of_sizes() -> None:
    for word in ("risen", "fallen", "cannot_say"):
        change = make_change(words=dict.fromkeys(VERDICTS, word))
        assert "mostly see" not in said(make_next_snapshot(change))
    still = make_change(words=dict.fromkeys(VERDICTS, "no_clear_change"))
    assert "mostly see" not in said(make_next_snapshot(still, members=40))
    told = said(make_next_snapshot(still))
    assert "Does it differ by about 2 to 3 in 10 times or more? Only then we mostly see it." in told


# --- the published figures beside the verdict ---------------------------------


def beside(word: str, then: Any, now: Any, figure: str = "reciprocity") -> str:
    """What is said of one figure that was published as `then` and as `now`."""
    words = dict.fromkeys(VERDICTS, "cannot_say") | {figure: word}
    snapshot = make_next_snapshot(make_change(words=words))
    snapshot["previous"]["figures"] = {figure: then}
    snapshot["figures"][figure] = now
    check_report(snapshot)
    return said(snapshot)


LOW, HIGH = make_share(0.3, 0.05, "middle"), make_share(0.4, 0.05, "middle")


def test_from_and_to_are_told_only_when_the_published_values_moved_with_the_verdict() -> None:
    went = "It went from about 3 in 10 times to 4 in 10 times."
    assert went in beside("risen", LOW, HIGH)
    for word, then, now in (
        ("risen", LOW, LOW), ("risen", HIGH, LOW), ("fallen", LOW, HIGH),
        ("no_clear_change", LOW, HIGH), ("cannot_say", LOW, HIGH),
        ("risen", LOW, make_withheld()), ("risen", make_word("low"), HIGH),
    ):  # fmt: skip
        assert "It went from" not in beside(word, then, now)


def test_what_moved_without_a_verdict_is_within_the_noise() -> None:
    noise, chance = "That is within the noise.", "That may be chance."
    assert noise in beside("no_clear_change", LOW, HIGH)
    assert noise not in beside("no_clear_change", LOW, LOW)
    assert chance in beside("cannot_say", LOW, HIGH)
    assert not re.search(f"{noise}|{chance}", beside("risen", LOW, HIGH))


def test_a_rounded_figure_that_goes_its_own_way_is_named() -> None:
    other = "The rounded figure of everybody together went the other way."
    assert other in beside("risen", HIGH, LOW)
    assert "The rounded figure does not show it yet." in beside("fallen", LOW, LOW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
def test_sentence_picture_and_table_give_the_same_verdict(word: str, language: str) -> None:
    for figure in VERDICTS:
        snapshot = make_next_snapshot(make_change(words={figure: word}))
        part = part_of(snapshot, language)
        short = load("sentences.yaml")["change"]["word"][word][language]
        name = load("sentences.yaml")["change"]["figure"][figure][language]
        label = load("sentences.yaml")["tables"]["row"][figure][language]
        [row] = [one for one in part.rows if one.label == label]
        assert row.cells[0] == short
        assert short in reading.words(part.wide)
        described = re.search(r"<desc>(.*?)</desc>", part.wide)
        assert described
        [of_figure] = re.findall(rf"{name}: [^.]*; ([^.;]*)\.", described[1], re.IGNORECASE)
        assert of_figure == short


# --- the picture --------------------------------------------------------------


def slopes(svg: str) -> int:
    """How many slanting or level lines run from then to now."""
    lines = reading.parsed(svg).iter(SLOPE)
    return sum(line.attrib["x1"] != line.attrib["x2"] for line in lines)


def test_a_slope_stands_only_where_verdict_and_published_values_go_the_same_way() -> None:
    def drawn(word: str, then: Any, now: Any) -> int:
        words = dict.fromkeys(VERDICTS, "cannot_say") | {"reciprocity": word}
        snapshot = make_next_snapshot(make_change(words=words))
        snapshot["previous"]["figures"]["reciprocity"] = then
        snapshot["figures"]["reciprocity"] = now
        return slopes(part_of(snapshot).wide)

    assert drawn("risen", LOW, HIGH) == 1
    assert drawn("fallen", HIGH, LOW) == 1
    for word, then, now in product(WORDS, (LOW, HIGH), (LOW, HIGH)):
        goes = {"risen": then is LOW and now is HIGH, "fallen": then is HIGH and now is LOW}
        assert drawn(word, then, now) == int(goes.get(word, False))


def test_what_did_not_clearly_change_is_one_level_band() -> None:
    words = dict.fromkeys(VERDICTS, "cannot_say")
    assert reading.paths(part_of(make_next_snapshot(make_change(words=words))).wide) == []
    words["reciprocity"] = "no_clear_change"
    [band] = reading.paths(part_of(make_next_snapshot(make_change(words=words))).wide)
    corners = re.findall(r"[ML]([\d.]+) ([\d.]+)", band.attrib["d"])
    assert {y for _x, y in corners[:2]} == {corners[0][1]}
    assert {y for _x, y in corners[2:]} == {corners[2][1]}


def test_the_dials_join_then_and_now_only_where_the_verdict_does() -> None:
    def joined(word: str) -> int:
        change = make_change(words=dict.fromkeys(VERDICTS, word))
        parts = compose(make_next_snapshot(change), "en").parts
        svg = next(one for one in parts if one.id == "spread").wide
        found = reading.parsed(svg).iter(SLOPE)
        return sum(line.get("stroke-dasharray") == "1 5" for line in found)

    # In the ready-made snapshot two figures went up, and one went down.
    assert [joined(word) for word in WORDS] == [2, 1, 0, 0]


def test_on_the_dial_of_different_people_a_mark_goes_the_way_of_the_dial() -> None:
    change = make_change(words=dict.fromkeys(VERDICTS, "fallen"))
    parts = compose(make_next_snapshot(change), "en").parts
    svg = next(one for one in parts if one.id == "spread").wide
    said_there = reading.words(svg)
    for words in ("fewer than last time", "less often than last time"):
        assert words in said_there
    assert "more often different people" in said_there
    marks = [
        one.attrib["points"].split() for one in reading.parsed(svg).iter(f"{reading.SVG}polyline")
    ]
    tops = [float(points[1].split(",")[1]) < float(points[0].split(",")[1]) for points in marks]
    assert tops == [False, False, True]


# --- who came and went, falling back, and older reports ---------------------------


def test_who_came_and_went_is_told_in_tens() -> None:
    told = said(make_next_snapshot(make_change(joined=20, left=10)))
    new = "At least 20 people are new on the list."
    assert f"{new} At least 10 people of then are no longer on the list." in told
    assert "the list" in said(make_next_snapshot(make_change(left=10)))
    assert "the list" not in said(make_next_snapshot())


@pytest.mark.parametrize(
    ("figure", "word", "back", "sentence"),
    [
        ("reciprocity", "fallen", "after_rise", "Asking back first rose and then fell."),
        ("reciprocity", "fallen", "twice", "Asking back fell twice in a row."),
        (
            "centralization", "risen", "after_rise",
            "The flow of questions to a few people first fell and then rose.",
        ),
        ("coupling", "risen", "twice", "The tie between posts and questions rose twice in a row."),
    ],
)  # fmt: skip
def test_falling_back_is_said_to_everybody_with_what_to_talk_about(
    figure: str, word: str, back: str, sentence: str
) -> None:
    change = make_change(words={figure: word}, falling_back={figure: back})
    snapshot = make_next_snapshot(change)
    check_report(snapshot)
    text = report_text(snapshot, "en")
    assert sentence in said(snapshot)
    assert text.lead.endswith(sentence)
    assert text.of_part("change")[0].talk == "Which habit has gone without anybody deciding it?"
    assert text.guide == "falling_back"


def test_posts_are_left_out_where_no_group_was_marked() -> None:
    told = said(make_next_snapshot(scan__post_group=None))
    assert "posts" not in told


def test_an_expectation_about_posts_is_told_where_no_group_is_marked_any_more() -> None:
    expected = {"figure": "coupling", "direction": "fallen", "outcome": "cannot_say"}
    change = make_change(expectation=expected)
    told = said(make_next_snapshot(change, scan__post_group=None))
    assert "Written down as expected was: a fall in the tie between posts and questions." in told


def test_an_older_report_without_verdicts_reads_as_it_did() -> None:
    snapshot = make_next_snapshot()
    del snapshot["change"]
    [section] = report_text(snapshot, "en").of_part("change")
    assert section.lead == "We cannot say whether anything changed."
    assert section.doubt == "We do not work out yet whether a difference is more than chance."
    assert len(table_rows(snapshot, "change", "en")[0].cells) == 3
    assert part_of(snapshot).wide == ""


def test_a_first_scan_says_nothing_of_change() -> None:
    snapshot = make_snapshot()
    snapshot["change"] = None
    assert report_text(snapshot, "en").of_part("change") == []
    assert table_rows(snapshot, "change", "en") == []


def test_a_word_and_a_number_are_not_laid_beside_each_other() -> None:
    told = beside("fallen", make_number(0.4, 0.1, "high"), make_word("low"), "centralization")
    assert not re.search("It went|rounded figure", told)


# --- what could be seen -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "seen"),
    [
        ("mean_named", 0.42, "from about half a colleague more or fewer."),
        ("mean_named", 0.75, "from about 1 colleague more or fewer."),
        ("mean_named", 1.03, "from about one and a half colleagues more or fewer."),
        ("mean_named", 2.1, "from about 3 colleagues more or fewer."),
        ("reciprocity", 0.05, "from about 1 in 10 times more or less."),
        ("reciprocity", 0.11, "from about 1 to 2 in 10 times more or less."),
        ("coupling", 0.2, "from about 2 in 10 times more or less."),
        ("centralization", 0.08, "a fairly small difference too."),
        ("centralization", 0.17, "a clear difference."),
        ("centralization", 0.28, "only a very large difference."),
    ],
)
def test_what_a_school_could_see_is_said_in_the_words_of_people(
    name: str, size: float, seen: str
) -> None:
    [line] = visible_lines({name: size}, "en")
    assert line.split(": ")[1] == seen
