"""How well the questions of a scale hang together, from answers to the table of a report."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.scans.invented import TOPIC, content_of
from tests.scans.snapshots import make_number, make_small_snapshot, make_snapshot, make_withheld
from zwerm.analysis import scales
from zwerm.scans.library.questionnaire import questionnaire
from zwerm.scans.models import Group, RosterEntry
from zwerm.scans.report_page import Part, compose
from zwerm.scans.results.arrays import Asked
from zwerm.scans.sealed import Answers, Given
from zwerm.scans.sentences import report_text

Table = npt.NDArray[np.float64]
NAMES = ("alpha", "omega", "rwgj", "icc")


def items(scale: str, form: str = "short") -> list[dict[str, Any]]:
    frozen = questionnaire(form, topic=TOPIC).to_json()
    found: list[dict[str, Any]] = next(
        one["items"] for one in frozen["scales"] if one["id"] == scale
    )
    return found


def invent(people: int, columns: int, seed: int = 1, load: float = 0.9) -> Table:
    """Answers on five points that share something."""
    rng = np.random.default_rng(seed)
    raw = 3.2 + load * rng.normal(size=(people, 1)) + rng.normal(size=(people, columns))
    return np.clip(np.round(raw), 1, 5)


def school(table: Table, scale: str = "culture", *, groups: int = 3, silent: int = 0) -> Asked:
    """People in equal groups who name the next four, and answered one scale as in `table`.

    0 in the table: "I do not know". `silent` more people stand on the roster.
    """
    people = len(table) + silent
    teams = [Group(name=f"Group {n}", order=n) for n in range(groups)]
    for place, group in enumerate(teams):
        group.neighbour = teams[(place + 1) % groups] if groups > 1 else None
    entries = [
        RosterEntry(number=n, name=f"P {n}", group=teams[n % groups], may_be_named=True)
        for n in range(people)
    ]
    answers = [sealed_answers(row, n, people, scale) for n, row in enumerate(table)]
    return Asked(entries, [*answers, *[None] * silent])


def sealed_answers(row: Table, own: int, people: int, scale: str) -> Answers:
    named = [(own + step) % people for step in (1, 2, 3, 5)]
    given: dict[str, Any] = {"advice": {"named": named, "may_know": []}}
    for item, answer in zip(items(scale), row, strict=True):
        is_turned = item["reversed"] and answer > 0
        given[item["id"]] = int(6 - answer if is_turned else answer)
    return Answers({name: Given(1, one) for name, one in given.items()})


def line_of(asked: Asked, scale: str = "culture") -> dict[str, Any]:
    found = content_of(asked, form="short")["scales"]
    line: dict[str, Any] = next(one for one in found if one["id"] == scale)
    return line


def published(line: dict[str, Any]) -> dict[str, Any]:
    """The values that are shown, and the reason of those that are not."""
    return {
        name: one["value"] if one["shown"] else one["reason"]
        for name, one in line["coherence"].items()
    }


def is_beside(found: float, value: float) -> bool:
    """Whether the published value is one of the two tenths around the exact one, ends merged."""
    tenths = [np.floor(value * 10) / 10, np.ceil(value * 10) / 10]
    return bool(np.isclose(found, np.clip(tenths, 0.1, 0.9)).any())


def test_what_is_published_is_the_computed_value_to_one_decimal() -> None:
    table = invent(60, 3)
    among = scales.icc(table.mean(axis=1), np.arange(60) % 3)
    exact = {
        "alpha": scales.alpha(table).value,
        "omega": scales.omega(table).value,
        "rwgj": scales.rwgj(table),
        "icc": among.one,
    }
    found = published(line_of(school(table)))
    assert list(found) == list(NAMES)
    assert {name: is_beside(found[name], exact[name]) for name in NAMES} == dict.fromkeys(
        NAMES, True
    )


def test_reversed_items_are_turned_before_anything_is_computed() -> None:
    """`school` gives every reversed item the opposite answer."""
    assert any(item["reversed"] for item in items("culture"))
    found = published(line_of(school(invent(60, 3, load=3.0))))
    assert found["alpha"] >= 0.8


def test_groups_that_differ_are_seen_in_the_icc() -> None:
    table = invent(60, 3)
    table[:, :] = np.where((np.arange(60) % 3 == 0)[:, None], np.clip(table - 2, 1, 5), table)
    found = published(line_of(school(table)))
    expected = scales.icc(table.mean(axis=1), np.arange(60) % 3)
    assert is_beside(found["icc"], expected.one)
    assert found["icc"] >= 0.3


def test_nothing_is_computed_under_fifty_people_who_answered_every_item() -> None:
    few = dict.fromkeys(NAMES, "few_answers")
    assert published(line_of(school(invent(49, 3)))) == few
    table = invent(50, 3)
    assert set(map(type, published(line_of(school(table))).values())) == {float}
    table[7, 1] = 0
    partly = published(line_of(school(table)))
    assert {partly[name] for name in ("alpha", "omega", "rwgj")} == {"few_answers"}
    assert isinstance(partly["icc"], float)


def test_answers_that_came_through_another_address_do_not_count() -> None:
    asked = school(invent(50, 3))
    first = asked.answers[0]
    assert first
    asked.answers[0] = Answers(first.given, through_roster_address=False)
    assert published(line_of(asked)) == dict.fromkeys(NAMES, "few_answers")


def test_an_item_that_everybody_answered_alike_is_left_out_without_a_word() -> None:
    """Were alpha withheld then, it would tell what everybody answered; and so would a reason of
    its own for omega, which is missing of other scales too.
    """
    table = invent(60, 3)
    table[:, 1] = 4
    found = published(line_of(school(table)))
    assert is_beside(found["alpha"], scales.alpha(table[:, [0, 2]]).value)
    assert found["omega"] == "not_computed"
    assert is_beside(found["rwgj"], scales.rwgj(table))


def test_of_equal_answers_everywhere_the_ends_are_published() -> None:
    found = published(line_of(school(np.full((60, 3), 4.0))))
    assert found == {
        "alpha": 0.1,
        "omega": "not_computed",
        "rwgj": 0.9,
        "icc": 0.1,
    }


def test_groups_of_equal_means_have_the_lowest_icc() -> None:
    """Below zero even: it is not said how far."""
    table = np.repeat([[2.0] * 3, [4.0] * 3], 30, axis=0)
    assert published(line_of(school(table)))["icc"] == 0.1


def test_two_items_have_the_coefficient_of_spearman_and_brown_and_no_omega() -> None:
    table = invent(60, 2)
    found = published(line_of(school(table, "variety"), "variety"))
    assert found["omega"] == "few_items"
    r = float(np.asarray(np.corrcoef(table.T))[0, 1])
    assert is_beside(found["alpha"], 2 * r / (1 + r))
    one_sided = table.copy()
    one_sided[:, 1] = 3
    assert published(line_of(school(one_sided, "variety"), "variety"))["alpha"] == 0.1


def test_copies_and_heywood_cases_have_no_omega() -> None:
    copies = invent(60, 3)
    copies[:, 2] = copies[:, 1]
    assert published(line_of(school(copies)))["omega"] == "not_computed"
    third = np.random.default_rng(3).normal(size=(60, 1))
    base = np.random.default_rng(4).normal(size=(60, 1))
    raw = np.hstack([1.8 * base, base + third, base - third]) + 3
    table = np.clip(np.round(raw), 1, 5)
    assert scales.omega(table).heywood == (0,)
    assert published(line_of(school(table)))["omega"] == "not_computed"


def test_icc_is_shown_only_where_the_groups_are() -> None:
    one_group = published(line_of(school(invent(60, 3), groups=1)))
    assert one_group["icc"] == "no_group"
    silent = published(line_of(school(invent(60, 3), silent=50)))
    assert silent["icc"] == "contract"
    assert isinstance(silent["alpha"], float)


def test_icc_needs_ten_people_with_a_value_in_each_group() -> None:
    table = invent(66, 3)
    in_first = np.flatnonzero(np.arange(66) % 3 == 0)
    table[in_first[:12]] = 0
    assert isinstance(published(line_of(school(table)))["icc"], float)
    table[in_first[:13]] = 0
    assert published(line_of(school(table)))["icc"] == "few_answers"


def test_single_sentences_have_nothing_that_could_hang_together() -> None:
    asked = school(invent(60, 3))
    lines = content_of(asked, form="short")["scales"]
    assert {line["kind"] for line in lines if "coherence" in line} == {"scale"}


# --- lying apart --------------------------------------------------------------


def test_answers_at_both_ends_lie_apart() -> None:
    table = np.repeat([[1.0] * 3, [5.0] * 3], 30, axis=0)
    assert line_of(school(table))["apart"]
    assert not line_of(school(invent(60, 3)))["apart"]
    assert line_of(school(table[20:40]))["apart"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_answers_that_lie_apart_are_told_and_of_older_reports_not(language: str) -> None:
    snapshot = make_snapshot()
    said = {
        "nl": "De antwoorden liggen ver uit elkaar. Een gemiddelde zegt dan weinig.",
        "en": "The answers lie far apart. An average then says little.",
    }[language]
    culture = report_text(snapshot, language).section("culture")
    assert culture
    assert said not in culture.lines
    snapshot["scales"] = [line | {"apart": line["id"] == "culture"} for line in snapshot["scales"]]
    told = report_text(snapshot, language)
    assert [one.id for one in told.sections if said in one.lines] == ["culture"]


# --- the table ----------------------------------------------------------------


def with_coherence(**figures: Any) -> dict[str, Any]:
    """The large school, of which every scale hangs together alike."""
    found = dict.fromkeys(NAMES, make_withheld()) | {
        "alpha": make_number(0.7, 0.1, "high"),
        "omega": make_number(0.9, 0.1, "high", "high"),
        "rwgj": make_number(0.8, 0.1, "high"),
        "icc": make_number(0.1, 0.1, "low", "low"),
    }
    snapshot = make_snapshot()
    snapshot["scales"] = [
        line | {"coherence": found | figures} if line["kind"] == "scale" else line
        for line in snapshot["scales"]
    ]
    return snapshot


def part_of(snapshot: dict[str, Any], part: str, language: str = "nl") -> Part:
    return next(one for one in compose(snapshot, language).parts if one.id == part)


def test_the_table_has_a_row_for_each_scale_and_a_column_for_what_is_shown() -> None:
    found = part_of(with_coherence(), "conditions").coherence
    assert found
    assert found.title == "Hoe goed de vragen bij elkaar passen"
    assert found.heads == ("Waarover", "Alpha", "Omega", "rwg(j)", "ICC(1)")
    conditions = ["Cultuur", "Structuur", "Visie op onderwijs", "Gebouw en ruimte"]
    assert [row.label for row in found.rows] == conditions
    assert {row.cells for row in found.rows} == {
        ("ongeveer 0,7", "minstens 0,9", "ongeveer 0,8", "hoogstens 0,1")
    }
    english = part_of(with_coherence(), "conditions", "en").coherence
    assert english
    assert english.rows[0].cells == ("about 0.7", "at least 0.9", "about 0.8", "at most 0.1")


def test_beside_the_table_stands_what_it_does_not_say() -> None:
    found = part_of(with_coherence(omega=make_withheld("few_items")), "drives", "en").coherence
    assert found
    assert found.heads == ("About", "Alpha", "rwg(j)", "ICC(1)")
    assert found.notes == (
        "Alpha and omega are high when those who recognise one sentence recognise the others too.",
        "Rwg(j) is high when people agree with each other.",
        "ICC is high when groups differ from each other.",
        "A high number is no mark for the school. Nor does it say whether we ask the right things.",
        "A short scan asks little on each subject. Then alpha and omega are often lower.",
        "With two sentences there is no omega. Alpha is then that of Spearman and Brown.",
    )
    long = with_coherence()
    long["scan"]["form"] = "long"
    told = part_of(long, "conditions", "en").coherence
    assert told
    assert [note for note in told.notes if "short scan" in note] == []


def test_a_figure_that_one_scale_lacks_is_a_dash() -> None:
    snapshot = with_coherence()
    culture = next(line for line in snapshot["scales"] if line["id"] == "culture")
    culture["coherence"] = culture["coherence"] | {"omega": make_withheld("not_computed")}
    found = part_of(snapshot, "conditions").coherence
    assert found
    assert [row.cells[1] for row in found.rows] == ["–", *["minstens 0,9"] * 3]


@pytest.mark.parametrize("snapshot", [make_snapshot(), make_small_snapshot()])
def test_reports_of_before_and_of_few_answers_have_no_such_table(snapshot: Any) -> None:
    assert {part.coherence for part in compose(snapshot, "nl").parts} == {None}
    held = with_coherence(**dict.fromkeys(NAMES, make_withheld()))
    assert {part.coherence for part in compose(held, "nl").parts} == {None}


def test_other_parts_of_the_report_have_no_such_table() -> None:
    parts = compose(with_coherence(), "nl").parts
    assert {part.id for part in parts if part.coherence} == {"conditions", "drives"}


def test_no_note_of_the_table_names_a_number() -> None:
    for language in ("nl", "en"):
        found = part_of(with_coherence(), "conditions", language).coherence
        assert found
        assert [note for note in found.notes if re.search(r"\d", note)] == []
