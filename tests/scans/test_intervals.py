"""How sure a report says it is: in the snapshot, the sentences, the tables and the pictures."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.pictures import reading
from tests.scans.invented import content_of, intervals_of_published
from tests.scans.snapshots import (
    make_interval,
    make_number,
    make_share,
    make_small_snapshot,
    make_snapshot,
    make_withheld,
    make_word,
)
from zwerm.analysis.disclosure import intervals
from zwerm.analysis.simulation import Temper, bonds, occasion
from zwerm.scans.models import Group, RosterEntry
from zwerm.scans.report_page import Part, compose
from zwerm.scans.results.arrays import Asked
from zwerm.scans.sealed import Answers, Given
from zwerm.scans.sentences import report_text
from zwerm.scans.sentences.intervals import PROFILED

LANGUAGES = ("nl", "en")


# --- what a snapshot holds ---------------------------------------------------


def make_asked(people: int, silent: list[int], *, pull: float = 0.0, leaders: int = 12) -> Asked:
    """A school with four groups; `pull` makes the silent asked more than the others."""
    rng = np.random.default_rng(3)
    groups = [Group(name=f"Group {n}", order=n) for n in range(4)]
    for group in groups[1:]:
        group.neighbour = groups[0]
    team = np.arange(people) * 4 // people
    is_silent = np.isin(np.arange(people), silent)
    ties = occasion(bonds(people, rng), team, is_silent, Temper(4.0, leader_appeal=pull), rng)
    entries = [
        RosterEntry(number=n, name=f"Person {n}", group=groups[team[n]], is_leader=n < leaders)
        for n in range(people)
    ]
    given = [None if is_silent[n] else answers_of(ties[n]) for n in range(people)]
    return Asked(entries, given)


def answers_of(row: Any) -> Answers:
    named = [int(one) for one in np.flatnonzero(row)]
    return Answers({"advice": Given(1, {"named": named, "may_know": []})})


def test_the_intervals_follow_from_what_is_published_alone() -> None:
    """So they tell nobody anything; the walk through every invented school holds this too."""
    for silent in ([], [50, 55], list(range(40, 59, 2))):
        asked = make_asked(60, silent)
        content = content_of(asked, "short")
        assert set(content["intervals"]) >= {"mean_named", "reciprocity", "centralization"}
        assert content["intervals"] == intervals_of_published(content, asked)


def test_the_check_would_see_an_interval_that_follows_from_an_answer() -> None:
    asked = make_asked(60, [])
    content = content_of(asked, "short")
    content["intervals"]["mean_named"]["completion"]["up"] += 1
    assert content["intervals"] != intervals_of_published(content, asked)


def test_that_everybody_answered_is_not_told_by_a_narrower_interval() -> None:
    """Who answered is known to nobody: so it is not said either that everybody did."""
    everybody = content_of(make_asked(60, []), "short")
    all_but_two = content_of(make_asked(60, [50, 55]), "short")
    assert everybody["response"] == all_but_two["response"]
    same = [
        name
        for name in intervals.FIGURES
        if everybody["figures"][name] == all_but_two["figures"][name]
    ]
    assert len(same) >= 3
    for name in same:
        assert everybody["intervals"][name] == all_but_two["intervals"][name]
        assert everybody["intervals"][name]["completion"]["up"] >= 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            "Ook als iedereen antwoordde, staat er een strook. Anders zie je dat niemand zweeg.",
        ),
        ("en", "Even if everybody answered there is a band. Otherwise one would see that."),
    ],
)
def test_a_report_says_why_there_is_always_a_band(language: str, said: str) -> None:
    assert said in report_text(make_snapshot(), language).sections[2].lines


def test_under_sixty_five_per_cent_nothing_is_said_of_any_interval() -> None:
    content = content_of(make_asked(60, list(range(38, 60))), "short")
    assert content["response"]["contract"] == "little"
    assert content["intervals"] == {}


def test_between_sixty_five_and_eighty_the_doubt_is_wider() -> None:
    many = content_of(make_asked(90, []), "short")
    few = content_of(make_asked(90, list(range(10, 90, 3))), "short")
    assert few["response"]["contract"] == "broad"
    assert set(few["intervals"]) == {"mean_named", "reciprocity", "centralization"}
    wide, narrow = (
        [
            sum(one["intervals"][name]["completion"].values()) * one["figures"][name]["step"]
            for name in few["intervals"]
        ]
        for one in (few, many)
    )
    assert all(first >= second for first, second in zip(wide, narrow, strict=True))
    assert all(first > second for first, second in zip(wide[:2], narrow[:2], strict=True))


def test_when_the_much_asked_are_silent_we_cannot_say() -> None:
    silent = list(range(12, 60, 4))
    asked_more = content_of(make_asked(60, silent, pull=1.5), "short")
    alike = content_of(make_asked(60, silent, pull=0.0), "short")
    held = {name for name, one in asked_more["figures"].items() if one.get("reason") == REASON}
    assert held == {"mean_named", "reciprocity"}
    assert asked_more["profile"] == make_withheld(REASON)
    assert asked_more["figures"]["centralization"]["shown"]
    assert set(asked_more["intervals"]) == {"centralization", "coupling", "across"}
    assert not [name for name, one in alike["figures"].items() if one.get("reason") == REASON]


REASON = "much_asked_silent"


def test_nine_silent_people_are_too_few_to_say_that_they_are_asked_more() -> None:
    silent = list(range(12, 48, 4))
    content = content_of(make_asked(60, silent, pull=1.5), "short")
    assert len(silent) == 9
    assert content["figures"]["mean_named"]["shown"]


def test_of_eleven_people_the_figures_are_shown_and_the_doubt_is_not_known() -> None:
    content = content_of(make_asked(11, [], leaders=0), "short")
    assert content["intervals"]["mean_named"] == make_withheld("few_members")
    snapshot = make_small_snapshot(intervals=content["intervals"], members=11)
    for language, said in (("nl", "geen goede manier"), ("en", "no good way")):
        section = report_text(snapshot, language).section("collective")
        assert section
        assert said in section.doubt


# --- sentences ---------------------------------------------------------------

NUMBER = re.compile(r"\d+½?|½")


def numbers(sentence: str) -> list[float]:
    """The numbers of a sentence; of "3 in 10" the 3."""
    bare = re.sub(r"van de 10|in 10", "", sentence)
    return [int(one.rstrip("½") or 0) + 0.5 * one.endswith("½") for one in NUMBER.findall(bare)]


def doubt_of(snapshot: dict[str, Any], name: str, language: str) -> str:
    section = report_text(snapshot, language).section(name)
    assert section
    return section.doubt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [1.0, 0.5, 0.2, 0.1])
def test_the_sentence_of_the_mean_holds_its_interval(step: float, language: str) -> None:
    for place, down, up in product(range(1, 30, 3), range(1, 4), range(1, 4)):
        value = round(place * step, 10)
        snapshot = make_snapshot(
            figures__mean_named=make_number(value, step, "middle"),
            intervals={"mean_named": make_interval((down, up), (down, up))},
        )
        low, high = max(0.0, round(value - down * step, 9)), value + up * step
        said = numbers(doubt_of(snapshot, "collective", language))
        assert len(said) == (1 if low < 1 else 2)
        assert high - 1e-9 <= said[-1] < high + 0.5
        if len(said) == 2:
            assert low - 0.5 < said[0] <= low + 1e-9


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [0.1, 0.05])
def test_the_sentence_of_a_share_holds_its_interval(step: float, language: str) -> None:
    for place, down, up in product(range(2, round(1 / step) - 1), (1, 3), (1, 4)):
        value = round(place * step, 10)
        snapshot = make_snapshot(
            figures__across=make_share(value, step, "middle"),
            intervals={"across": make_interval((down, up), (down, up))},
        )
        low, high = max(0.0, value - down * step), min(1.0, value + up * step)
        said = numbers(doubt_of(snapshot, "across", language))
        wanted = (np.floor(20 * low + 1e-6) / 2, np.ceil(20 * high - 1e-6) / 2)
        assert said == [one for one in wanted if 1 <= one <= 9]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_in_quarters_is_said_in_quarters(language: str) -> None:
    snapshot = make_snapshot(
        response__size="small",
        figures__reciprocity=make_share(0.5, 0.25, "high"),
        intervals={"reciprocity": make_interval((1, 1), (1, 2))},
    )
    said = doubt_of(snapshot, "relational", language)
    assert numbers(said) == []
    wanted = {"nl": "tussen een kwart en driekwart", "en": "between a quarter and three quarters"}
    assert wanted[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_few_answers_the_doubt_of_a_share_has_no_number(language: str) -> None:
    assert numbers(doubt_of(make_small_snapshot(), "relational", language)) == []
    assert len(numbers(doubt_of(make_small_snapshot(), "collective", language))) == 2


def part_of(snapshot: dict[str, Any], part: str, language: str) -> Part:
    return next(one for one in compose(snapshot, language).parts if one.id == part)


SURE = {"nl": "We zijn hier vrij zeker van.", "en": "We are fairly sure of this."}
ROUGH = {"nl": "We weten dit alleen ongeveer.", "en": "We know this only roughly."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_we_are_sure_when_the_whole_interval_has_one_word(language: str) -> None:
    figure = make_share(0.35, 0.05, "middle")
    for up, said in ((3, SURE), (4, ROUGH)):
        snapshot = make_snapshot(
            figures__reciprocity=figure, intervals={"reciprocity": make_interval((1, up), (1, up))}
        )
        assert doubt_of(snapshot, "relational", language).startswith(said[language])


HARDLY = {
    "nl": "Had iedereen geantwoord, dan was dit bijna hetzelfde.",
    "en": "Had everybody answered, this would be nearly the same.",
}
MAY = {
    "nl": "Had iedereen geantwoord, dan kon dit heel anders zijn.",
    "en": "Had everybody answered, this could be quite different.",
}
SURE_OF_ALL = {
    "nl": "Hoe gespreid het geheel is, weten we vrij zeker.",
    "en": "How spread it is as a whole we know fairly well.",
}
ROUGH_OF_ALL = {
    "nl": "Hoe gespreid het geheel is, weten we alleen ongeveer.",
    "en": "How spread it is as a whole we know only roughly.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_in_words_hardly_changes_or_may_still_change_a_lot(language: str) -> None:
    cases = (
        (make_number(0.3, 0.1, "middle"), (1, 1), HARDLY),
        (make_number(0.3, 0.1, "middle"), (1, 2), MAY),
        (make_word("low"), (0, 0), HARDLY),
        (make_word("low"), (0, 1), MAY),
    )
    for figure, steps, said in cases:
        snapshot = make_snapshot(
            figures__centralization=figure,
            intervals={"centralization": make_interval(steps, steps)},
        )
        assert doubt_of(snapshot, "dynamic", language) == said[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_profile_is_as_sure_as_the_least_sure_of_its_three_figures(language: str) -> None:
    """Also where the profile itself would stay the same, wherever the three may lie."""
    one_word, two_words = make_interval((1, 1), (1, 1)), make_interval((1, 4), (1, 4))
    for unsure, said in ((None, SURE_OF_ALL), *((name, ROUGH_OF_ALL) for name in PROFILED)):
        snapshot = make_snapshot(
            figures__mean_named=make_number(1.4, 0.2, "low"),
            figures__reciprocity=make_share(0.1, 0.05, "low"),
            figures__centralization=make_number(0.3, 0.1, "middle"),
            profile=make_word("low"),
            intervals={name: two_words if name == unsure else one_word for name in PROFILED},
        )
        assert doubt_of(snapshot, "profile", language).startswith(said[language])


BETWEEN = {
    (2, 2): ("lag dit waarschijnlijk tussen 4 en 5.", "probably lie between 4 and 5."),
    (3, 1): (
        "was dit waarschijnlijk meer dan 3½ en minder dan 5.",
        "probably be more than 3½ and less than 5.",
    ),
    (2, 1): (
        "was dit waarschijnlijk minstens 4 en minder dan 5.",
        "probably be at least 4 and less than 5.",
    ),
    (3, 2): (
        "was dit waarschijnlijk meer dan 3½ en hoogstens 5.",
        "probably be more than 3½ and at most 5.",
    ),
    (18, 1): ("was dit waarschijnlijk minder dan 5.", "probably be less than 5."),
    (18, 2): ("was dit waarschijnlijk hoogstens 5.", "probably be at most 5."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_end_of_the_mean_that_is_no_half_is_not_said_as_one(language: str) -> None:
    """From 3.8 to 4.8 is not between 3½ and 5, which the outer band may be."""
    for (down, up), said in BETWEEN.items():
        steps = make_interval((down, up), (down + 1, up + 1))
        snapshot = make_snapshot(
            figures__mean_named=make_number(4.5, 0.25, "middle"), intervals={"mean_named": steps}
        )
        assert doubt_of(snapshot, "collective", language).endswith(said[LANGUAGES.index(language)])


@pytest.mark.parametrize(
    ("chance", "language", "said"),
    [
        ("possible", "nl", "Dit verschil kan ook toeval zijn."),
        ("possible", "en", "This difference can be chance."),
        ("seldom", "nl", "Zo'n verschil ontstaat zelden door toeval."),
        ("seldom", "en", "Such a difference seldom arises by chance."),
    ],
)
def test_whether_posts_dealt_at_random_would_do_as_much_is_said_first(
    chance: str, language: str, said: str
) -> None:
    interval = {**make_interval((1, 1), (2, 2)), "chance": chance}
    snapshot = make_snapshot(intervals={"coupling": interval})
    assert doubt_of(snapshot, "position", language).startswith(said)


@pytest.mark.parametrize("reason", ["too_wide", "much_asked_silent"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_said_is_told_as_such(reason: str, language: str) -> None:
    held = make_withheld(reason)
    snapshot = make_snapshot(figures__mean_named=held, profile=held)
    told = report_text(snapshot, language).section("spread_withheld")
    assert told
    wanted = {"nl": "kunnen we", "en": "cannot say"}[language]
    assert wanted in told.lines[0]
    label = {"nl": "dat kunnen we niet zeggen", "en": "we cannot say"}[language]
    assert label in reading.words(part_of(snapshot, "spread", language).wide)


NONE = {"nl": "Wie geen vraag kreeg, is misschien", "en": "Those who got none may"}
OF_THEM = {"nl": "Een deel van hen is misschien", "en": "Some of them may"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doubt_of_who_is_not_named_speaks_of_those_who_are_not(language: str) -> None:
    for word, said in (("low", NONE), ("middle", OF_THEM), ("high", OF_THEM)):
        snapshot = make_snapshot(figures__unnamed=make_word(word))
        assert doubt_of(snapshot, "unnamed", language).startswith(said[language])
