"""How sure a report says it is, in its tables and its pictures, and in older reports."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pictures import reading
from tests.scans.snapshots import (
    make_interval,
    make_older_snapshot,
    make_share,
    make_snapshot,
    make_withheld,
    make_word,
)
from tests.scans.test_intervals import HARDLY, LANGUAGES, MAY, doubt_of, part_of
from zwerm.scans.report_page import compose
from zwerm.scans.sentences import report_text, table_heads, table_rows

# --- tables and pictures -----------------------------------------------------


def test_the_table_holds_both_intervals() -> None:
    heads = table_heads(make_snapshot(), "spread", "en")
    assert heads == ("Figure", "Now", "Had all answered", "Next week", "Rounded to")
    cells = {row.label: row.cells for row in table_rows(make_snapshot(), "spread", "en")}
    assert cells["Colleagues named per person"] == (
        "about 4.2", "between 3.8 and 4.4", "between 3.4 and 4.6", "0.2",
    )  # fmt: skip
    assert cells["Questions where the other asks back"] == (
        "about 35%", "between 30% and 45%", "between 25% and 50%", "5 percentage points",
    )  # fmt: skip
    assert cells["Named by nobody"] == ("1 in 10 to 1 in 4", "–", "–", "in words only")


def test_the_table_of_a_word_holds_the_words_it_may_be() -> None:
    snapshot = make_snapshot(
        figures__centralization=make_word("low"),
        intervals={"centralization": make_interval((0, 0), (0, 1))},
    )
    cells = next(
        row.cells
        for row in table_rows(snapshot, "spread", "en")
        if row.label.startswith("How far questions")
    )
    assert cells[1:3] == ("many different people", "many different people or some more than others")


def test_none_and_all_are_never_the_end_of_an_interval() -> None:
    cases = (
        ((0.1, "low"), (1, 2), ("at most 30%", "at most 30%")),
        ((0.9, "high"), (2, 1), ("at least 70%", "at least 70%")),
        ((0.5, "middle"), (5, 5), ("cannot say", "cannot say")),
    )
    for (value, word), steps, said in cases:
        snapshot = make_snapshot(
            figures__across=make_share(value, 0.1, word),
            intervals={"across": make_interval(steps, steps)},
        )
        assert table_rows(snapshot, "across", "en")[0].cells[1:3] == said


ENDS = {
    "mean_named": (0.0, 10.0, (3.8, 4.4), (3.4, 4.6)),
    "reciprocity": (0.0, 1.0, (0.3, 0.45), (0.25, 0.5)),
}


def test_the_bands_lie_where_the_table_says() -> None:
    svg = part_of(make_snapshot(), "spread", "en").wide
    inner, outer = reading.bars(svg, "doubt"), reading.bars(svg, "band")
    for least, most, *both in ENDS.values():
        for drawn, ends in zip((inner, outer), both, strict=True):
            wanted = [300 + 600 * (end - least) / (most - least) for end in ends]
            assert any(np.allclose(one, wanted, atol=0.06) for one in drawn), (wanted, drawn)
    line = part_of(make_snapshot(), "position", "en").wide
    places = [[20 + 880 * end for end in ends] for ends in ((0.6, 0.8), (0.5, 0.9))]
    assert np.allclose(reading.bars(line, "doubt"), [places[0]], atol=0.06)
    assert np.allclose(reading.bars(line, "band"), [places[1]], atol=0.06)


def test_a_word_that_may_be_another_is_drawn_as_a_soft_zone() -> None:
    for steps, soft in (((0, 0), 0), ((0, 1), 1)):
        snapshot = make_snapshot(
            figures__centralization=make_word("low"),
            intervals={"centralization": make_interval(steps, steps)},
        )
        assert len(reading.bars(part_of(snapshot, "spread", "en").wide, "doubt")) == soft


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_does_not_see_the_bands_hears_them(language: str) -> None:
    snapshot = make_snapshot()
    part = part_of(snapshot, "spread", language)
    for name in ("collective", "relational"):
        sentence = doubt_of(snapshot, name, language).split(". ")[1]
        assert sentence.removesuffix(".") in part.wide
    assert MAY[language] in part.wide or HARDLY[language] in part.wide


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_bands_are_stands_under_each_picture_that_has_them(language: str) -> None:
    key = {"nl": "De volle kleur: ons cijfer, afgerond.", "en": "The full colour: our figure"}
    for part in ("spread", "position"):
        assert part_of(make_snapshot(), part, language).caption.startswith(key[language])
    held = make_withheld()
    without = make_snapshot(
        figures__mean_named=held,
        figures__reciprocity=held,
        figures__centralization=make_word("low"),
        intervals={"centralization": make_interval((0, 0), (0, 1))},
    )
    assert key[language] not in part_of(without, "spread", language).caption


BOXES = {"nl": "Waar je drie vakjes ziet,", "en": "Where you see three boxes,"}
SOFTER = {"nl": "het vak met de zachtere tint.", "en": "the box in a softer shade."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_boxes_of_a_word_are_stands_under_a_picture_that_has_them(language: str) -> None:
    assert BOXES[language] not in part_of(make_snapshot(), "spread", language).caption
    for steps, is_soft in (((0, 0), False), ((0, 1), True)):
        snapshot = make_snapshot(
            figures__centralization=make_word("low"),
            intervals={"centralization": make_interval(steps, steps)},
        )
        caption = part_of(snapshot, "spread", language).caption
        assert BOXES[language] in caption
        assert (SOFTER[language] in caption) == is_soft


# --- reports from before there were intervals --------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_report_is_as_it_was(language: str) -> None:
    older = make_older_snapshot()
    text = report_text(older, language)
    assert not text.section("intervals")
    assert not text.section("basis")
    for part in ("spread", "position", "across"):
        assert len(table_heads(older, part, language)) == 3
        assert all(len(row.cells) == 2 for row in table_rows(older, part, language))
    for page in compose(older, language).parts:
        assert reading.bars(page.wide, "doubt") == [] if page.wide else True
    said = {one.id: one.doubt for one in text.sections}
    others = {"nl": "Hoe de anderen kiezen, weten we niet.", "en": "what the others would choose."}
    assert said["collective"].endswith(others[language])
    assert said["dynamic"].endswith(others[language])
    assert said["profile"].startswith({"nl": "Dit is een", "en": "This sums up"}[language])
    assert "toeval" in said["position"] or "chance" in said["position"]
