"""Picture, sentence, table and spoken description of a report say the same."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.pictures import reading
from tests.scans.snapshots import (
    make_share,
    make_small_snapshot,
    make_snapshot,
    make_withheld,
    make_word,
)
from zwerm.analysis.disclosure.grid import Shown, Withheld
from zwerm.analysis.disclosure.scales import ShownScale, in_words, most, show_fit
from zwerm.scans.library.texts import load
from zwerm.scans.report_page import Part, compose
from zwerm.scans.sentences import report_text, say
from zwerm.scans.sentences.opinions import place
from zwerm.scans.sentences.wording import capital

LANGUAGES = ("nl", "en")
WORDS = ("low", "middle", "high")
SPOKEN = re.compile(r"<title>(.*?)</title><desc>(.*?)</desc>", re.S)


def part_of(snapshot: dict[str, Any], part: str, language: str) -> Part:
    return next(one for one in compose(snapshot, language).parts if one.id == part)


def spoken(part: Part) -> tuple[str, str]:
    """The name and the description of a picture."""
    found = SPOKEN.search(part.wide)
    assert found
    return found[1], found[2]


# --- how many agree ----------------------------------------------------------

DEGREES = {
    "meesten oneens": ("De meeste mensen herkennen dit bij ons niet", "de meeste", 0),
    "ongeveer de helft oneens": (
        "Ongeveer de helft herkent dit bij ons niet", "ongeveer de helft", 0,
    ),
    "verschillend": ("Mensen denken bij ons verschillend over", "", 0),
    "ongeveer de helft ertussenin": ("Ongeveer de helft zit ertussenin", "ongeveer de helft", 1),
    "meesten ertussenin": ("De meeste mensen zitten ertussenin", "de meeste", 1),
    "ongeveer de helft eens": ("Ongeveer de helft herkent dit bij ons", "ongeveer de helft", 2),
    "meesten eens": ("De meeste mensen herkennen dit bij ons", "de meeste", 2),
}  # fmt: skip
"""What the picture says, with the sentence and the cell of the table that go with it."""


def few(disagree: str, between: str, agree: str) -> dict[str, Any]:
    """A snapshot in which culture was published in these words."""
    snapshot = make_small_snapshot(fit={"shown": False, "reason": "not_asked"})
    culture = next(one for one in snapshot["scales"] if one["id"] == "culture")
    culture.update(in_words(disagree, between, agree).to_json())  # type: ignore[arg-type]
    snapshot["scales"] = [culture]
    return snapshot


@pytest.mark.parametrize(("disagree", "between", "agree"), list(product(WORDS, repeat=3)))
def test_the_picture_says_of_few_answers_what_the_sentence_and_the_table_say(
    disagree: str, between: str, agree: str
) -> None:
    part = part_of(few(disagree, between, agree), "conditions", "nl")
    sentence, cell, column = DEGREES[below_the_zone(part)]
    assert part.sections[1].lead == f"{sentence}: cultuur."
    if cell:
        assert part.rows[0].cells[column] == cell


def below_the_zone(part: Part) -> str:
    """The words under the zone: everything in the picture but the name and the ends."""
    rest = list(reading.words(part.wide))
    for one in ("Cultuur", "oneens", "ertussenin", "eens"):
        rest.remove(one)
    return " ".join(rest)


def test_every_degree_of_few_answers_is_met() -> None:
    parts = [part_of(few(*words), "conditions", "nl") for words in product(WORDS, repeat=3)]
    assert {below_the_zone(part) for part in parts} == set(DEGREES)


GRIDS = (
    (0.25, (0.25, 0.5, 0.75)), (0.1, tuple(round(0.1 * tenth, 1) for tenth in range(1, 10))),
)  # fmt: skip
"""The published places of shares from 20 and from 50 answers; the first and last are ends."""
FAMILIES = ("conditions", "knowledge", "drives")


def on_grids() -> list[tuple[float, ...]]:
    """Every three shares that may be published together: each goes up or down by one step."""
    return [
        (step, *three)
        for step, places in GRIDS
        for three in product(places, repeat=3)
        if abs(sum(three) - 1) < 3 * step
    ]


def published(step: float, places: tuple[float, ...]) -> list[dict[str, Any]]:
    ends = {step: "low", round(1 - step, 2): "high"}
    return [make_share(one, step, ends.get(one, "middle"), ends.get(one)) for one in places]


@pytest.mark.parametrize("family", FAMILIES)
def test_who_is_said_to_be_most_is_most_in_the_table(family: str) -> None:
    """Of all shares on the grids: a lead says most or half of the column that holds so many."""
    whole = make_snapshot(fit={"shown": False, "reason": "not_asked"})
    first = next(one for one in whole["scales"] if one["family"] == family)
    met = set()
    for step, *places in on_grids():
        shares = published(step, tuple(places))
        first |= {"word": most(places[0], places[2])} | dict(zip(SIDES, shares, strict=True))
        told = report_text({**whole, "scales": [first]}, "nl").section(first["id"])
        assert told
        met.add(column := column_of(told.lead))
        if column is None:
            assert max(places[0], places[2]) < 0.5 or places[0] == places[2]
            assert places[1] < 0.5 or places[1] <= max(places)
        else:
            assert places[column] >= 0.5
            assert places[column] == max(places)
        for line in told.lines[first["kind"] == "item" :]:
            said = SIDES.index(side_of(line))
            assert line.startswith(capital(say("share", shares[said], "nl"))), line
            assert column in {None, said}
    assert met == {None, 0, 1, 2}


SIDES = ("disagree", "between", "agree")


def column_of(lead: str) -> int | None:
    """The column of which a lead says that most, or about half, stand in it."""
    if lead.startswith("Mensen denken bij ons verschillend"):
        return None
    return SIDES.index(side_of(lead))


def side_of(line: str) -> str:
    if "ertussenin" in line:
        return "between"
    return "disagree" if re.search(r"\bniet\b|\boneens\b", line) else "agree"


@pytest.mark.parametrize(
    ("language", "lead", "line"),
    [
        (
            "nl",
            "De meeste mensen zitten ertussenin: cultuur.",
            "Ongeveer 8 van de 10 mensen zitten ertussenin.",
        ),
        ("en", "Most people are in between here: culture.", "About 8 in 10 people are in between."),
    ],
)
def test_people_who_are_in_between_do_not_think_differently(
    language: str, lead: str, line: str
) -> None:
    snapshot = make_snapshot()
    culture = next(one for one in snapshot["scales"] if one["id"] == "culture")
    culture |= {"word": "middle"} | dict(zip(SIDES, published(0.1, (0.1, 0.8, 0.1)), strict=True))
    part = part_of(snapshot, "conditions", language)
    told = next(one for one in part.sections if one.id == "culture")
    assert (told.lead, told.lines) == (lead, (line,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_half_at_one_end_of_a_line_is_not_told_as_mostly(language: str) -> None:
    line: dict[str, Any] = {
        "id": "formality", "family": "form", "kind": "line", "word": "high",
        "label": {"nl": "Vorm", "en": "Form"},
        "low_end": {"nl": "los", "en": "loose"}, "high_end": {"nl": "vast", "en": "fixed"},
        "disagree": make_word("low"), "between": make_word("low"), "agree": make_word("middle"),
    }  # fmt: skip
    half = part_of(make_small_snapshot(scales=[line]), "form", language)
    words = say("share", line["agree"], language)
    assert words in reading.words(half.wide)
    assert half.rows[0].cells[2] == words
    line["word"] = "middle"
    middle = part_of(make_small_snapshot(scales=[line]), "form", language)
    assert half.head.lead == middle.head.lead


# --- how the conditions fit --------------------------------------------------

MORE = "bij ons veel meer dan de andere voorwaarden"
LESS = "bij ons veel minder dan de andere voorwaarden"
APART = (
    ((3, 0, 2, 1), "Mensen herkennen structuur bij ons veel minder dan cultuur."),
    ((0, 0, 3, 0), f"Mensen herkennen visie op onderwijs {MORE}."),
    ((3, 3, 3, 0), f"Mensen herkennen gebouw en ruimte {LESS}."),
    ((3, 0, 3, 0), "Sommige voorwaarden herkennen mensen bij ons veel meer dan andere."),
    ((3, 0, 1, 0), "Sommige voorwaarden herkennen mensen bij ons veel meer dan andere."),
    ((3, 0, 3, 1), "Sommige voorwaarden herkennen mensen bij ons veel meer dan andere."),
    ((2, 0, 1, 1), "Mensen herkennen structuur bij ons iets minder dan cultuur."),
    ((2, 0, 0, 0), "Mensen herkennen cultuur bij ons iets meer dan de andere voorwaarden."),
    ((2, 0, 2, 2), "Mensen herkennen structuur bij ons iets minder dan de andere voorwaarden."),
    ((2, 2, 0, 0), "Sommige voorwaarden herkennen mensen bij ons iets meer dan andere."),
    ((1, 1, 1, 1), "Mensen herkennen de vier voorwaarden bij ons ongeveer even veel."),
)  # fmt: skip


def fitting(places: tuple[int, ...]) -> dict[str, Any]:
    """A snapshot of which the conditions lie at these places, with the fit that follows."""
    snapshot = make_snapshot()
    lines = [one for one in snapshot["scales"] if one["family"] == "conditions"]
    published: dict[str, ShownScale | Withheld] = {}
    for line, at in zip(lines, places, strict=True):
        shares = [Shown("share", "low", value, 0.1) for value in (0.2, 0.4, 0.2 + 0.2 * at)]
        published[line["id"]] = ShownScale("middle", *shares)
        line.update(ShownScale("middle", *shares).to_json())
    snapshot["fit"] = show_fit(published).to_json()
    return snapshot


@pytest.mark.parametrize(("places", "lead"), APART)
def test_a_condition_that_shares_its_place_is_not_singled_out(
    places: tuple[int, ...], lead: str
) -> None:
    part = part_of(fitting(places), "conditions", "nl")
    assert part.head.lead == lead
    is_between_two = places.count(min(places)) == places.count(max(places)) == 1
    assert bool(reading.paths(part.wide)) == is_between_two


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fit_is_told_in_fourteen_words_in_words_that_may_be_used(language: str) -> None:
    forbidden = load("sentences.yaml")["forbidden"][language]
    for places in product(range(4), repeat=4):
        lead = report_text(fitting(places), language).of_part("conditions")[0].lead
        assert len(lead.split()) <= 14, lead
        assert not [one for one in forbidden if re.search(rf"\b{one}\b", lead, re.IGNORECASE)]


def test_few_and_many_answers_stand_on_one_line() -> None:
    """A condition of which only a word was published lies where the fit has it, not above all."""
    snapshot = make_snapshot()
    lines = [one for one in snapshot["scales"] if one["family"] == "conditions"]
    lines[1].update(in_words("low", "low", "high").to_json())
    lines[0].update(agree=make_share(0.9, 0.1, "high", "high"))
    assert place(lines[0]) > place(lines[1]) > place({**lines[1], "word": "middle"})


# --- what is read aloud ------------------------------------------------------


def test_who_does_not_see_a_bar_hears_which_share_is_which() -> None:
    name, said = spoken(part_of(make_snapshot(), "conditions", "en"))
    assert name == "Three shares of each"
    assert (
        "Structure. Disagree: about 6 in 10, in between: about 2 in 10, agree: about 2 in 10."
    ) in said


def test_who_does_not_see_the_line_of_posts_hears_its_sentences() -> None:
    for language in LANGUAGES:
        part = part_of(make_snapshot(), "position", language)
        said = " ".join((part.head.lead, *part.head.lines))
        assert spoken(part)[1].startswith(said)
        assert spoken(part)[1].removeprefix(said).strip() in part.head.doubt


def test_who_does_not_see_the_bracket_hears_between_which_two_it_is() -> None:
    part = part_of(fitting((3, 0, 2, 1)), "conditions", "nl")
    assert spoken(part)[1].startswith(part.head.lead)


# --- what a size allows ------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "few", "many"),
    [
        ("nl", "alles wat bij deze grootte kan", "alles"),
        ("en", "everything that this size allows", "everything"),
    ],
)
def test_a_small_school_is_not_told_that_everything_is_shown(
    language: str, few: str, many: str
) -> None:
    small = part_of(make_small_snapshot(), "response", language)
    large = part_of(make_snapshot(), "response", language)
    assert [part.rows[-1].cells[0] for part in (small, large)] == [few, many]


# --- what is not shown -------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "lead", "lines"),
    [
        (
            "nl",
            "We laten niet zien: de verdeling als geheel en de toeloop naar enkelen.",
            (
                "Daarvoor deden te weinig mensen mee. Dat spraken we vooraf af.",
                "We laten niet zien: hoeveel mensen niet genoemd zijn.",
                "Met zo weinig antwoorden worden mensen herkenbaar als we dit laten zien.",
            ),
        ),
        (
            "en",
            "We do not show the spread as a whole and the rush to a few.",
            (
                "Too few people took part for that. We agreed that beforehand.",
                "We do not show how many people nobody named.",
                "With so few answers, showing this would make people recognisable.",
            ),
        ),
    ],
)
def test_each_figure_that_is_not_shown_is_named_with_one_reason(
    language: str, lead: str, lines: tuple[str, ...]
) -> None:
    held = make_withheld("contract")
    few = make_withheld("few_answers")
    snapshot = make_snapshot(profile=held, figures__centralization=held, figures__unnamed=few)
    told = report_text(snapshot, language).section("spread_withheld")
    assert told
    assert (told.lead, told.lines) == (lead, lines)


# --- what each part is called for who hears it -------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_hears_the_page_hears_of_which_part_a_table_and_a_heading_are(language: str) -> None:
    page = compose(make_snapshot(), language)
    with override(language):
        drawn = "".join(
            render_to_string("scans/report_part.html", {"part": part}) for part in page.parts
        )
    names = [SPACES.sub(" ", TAG.sub("", one)).strip() for one in NAMED.findall(drawn)]
    assert len(names) > 3 * len(page.parts)
    assert [name for name in names if names.count(name) > 1] == []


NAMED = re.compile(r"<(?:summary|h3)>(.*?)</(?:summary|h3)>", re.S)
TAG = re.compile(r"<[^>]+>")
SPACES = re.compile(r"\s+")
