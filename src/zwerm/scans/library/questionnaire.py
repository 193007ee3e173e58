"""The questions of one scan in their order, as they are frozen when it opens."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from zlib import crc32

from zwerm.scans.library.instruments import (
    Family,
    Form,
    Item,
    Relation,
    Scale,
    load_instruments,
)
from zwerm.scans.library.own import Instrument, read_instrument
from zwerm.scans.library.texts import Text, fill

if TYPE_CHECKING:
    from zwerm.scans.models import Scan

BYTES_OF_A_NUMBER = 5
SLACK = 600


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The ordered questions and the scales they belong to, as plain JSON.

    A question has `id`, `kind` (roster, kinds, item, comment), `text` and `help` in both
    languages, and what its kind needs. A scale has `id`, `family`, `kind`, `label`, `items`.
    """

    questions: list[dict[str, Any]]
    scales: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return {"questions": self.questions, "scales": self.scales}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Questionnaire:
        return cls(content["questions"], content["scales"])

    def expected_seconds(self, colleagues: int) -> float:
        """How long answering takes, by our own estimates."""
        timing = load_instruments().timing
        by_roster = 0.6 + 0.4 * colleagues / 40
        seconds = float(timing["agreements_seconds"] + timing["finish_seconds"])
        for question in self.questions:
            scaled = by_roster if question["kind"] == "roster" else 1.0
            seconds += question["seconds"] * scaled
        return seconds

    def box_bytes(self, roster: int) -> int:
        """Enough room for the longest possible answers, so that every box has one size."""
        room = SLACK
        for question in self.questions:
            room += len(question["id"]) + 20
            if question["kind"] == "roster":
                room += 2 * roster * BYTES_OF_A_NUMBER + 40
            elif question["kind"] == "kinds":
                room += len(json.dumps([one["id"] for one in question["kinds"]]))
            elif question["kind"] == "comment":
                room += 6 * question["maximum"]
        return room

    def question(self, name: str) -> dict[str, Any] | None:
        """The question with this id."""
        return next((one for one in self.questions if one["id"] == name), None)


def questionnaire_of(scan: Scan) -> Questionnaire:
    """The frozen questions of an opened scan; those it would have for a draft."""
    if scan.questionnaire is not None:
        return Questionnaire.from_json(scan.questionnaire)
    own = [read_instrument(one.text) for one in scan.instruments.all()] if scan.pk else []
    topic = Text(scan.topic_nl or "...", scan.topic_en or "...")
    return questionnaire(scan.form, topic=topic, has_comment=scan.has_comment, own=own)


def questionnaire(
    form: str, *, topic: Text, has_comment: bool = False, own: Iterable[Instrument] = ()
) -> Questionnaire:
    """The questions of a form, on one topic, with a school's own questions behind them."""
    library = load_instruments()
    chosen = next(one for one in library.forms if one.id == form)
    relations = [one for one in library.relations if one.id in chosen.relations]
    questions = [ask_relation(one, topic) for one in relations]
    scales: list[dict[str, Any]] = []
    for family, asked in [*shipped(chosen), *map(of_the_school, own)]:
        questions += ask_family(family, list(asked.values()))
        scales += [place(scale, items) for scale, items in asked.items()]
    if has_comment:
        questions.append(ask_comment(library.comment))
    return Questionnaire(questions, scales)


Asked = tuple[Family, dict[Scale, list[Item]]]
"""A family with the items that are asked of each of its scales."""


def shipped(form: Form) -> list[Asked]:
    """The families of the library, with what a form asks of each."""
    library = load_instruments()
    return [
        (family, {scale: items_of(scale, form) for scale in library.scales_of(family)})
        for family in library.families
        if family.id in form.families
    ]


def items_of(scale: Scale, form: Form) -> list[Item]:
    return [item for item in scale.items if item.short or not form.is_short]


def of_the_school(instrument: Instrument) -> Asked:
    """A school's own set as a family. Its ids get the mark of the set, so that none is used twice.

    The mark follows from the name: the same set has the same ids in the next scan.
    """
    family = Family("own", Text(instrument.name, instrument.name))
    mark = f"own_{crc32(instrument.name.encode()):08x}_"
    asked = {
        replace(scale, id=mark + scale.id): [
            replace(item, id=mark + item.id) for item in scale.items
        ]
        for scale in instrument.scales
    }
    return family, asked


def ask_relation(relation: Relation, topic: Text) -> dict[str, Any]:
    return {
        "id": relation.id,
        "kind": relation.kind,
        "text": {
            "nl": fill(relation.question.nl, topic=topic.nl),
            "en": fill(relation.question.en, topic=topic.en),
        },
        "help": relation.help.to_json(),
        "promise": relation.promise.to_json() if relation.promise else None,
        "may_know": relation.may_know,
        "kinds": relation.kinds,
        "seconds": relation.seconds_at_40,
    }


def ask_family(family: Family, asked: list[list[Item]]) -> list[dict[str, Any]]:
    """The items of one family, mixed in one fixed order, with no reversed one first."""
    rounds = zip_longest(*asked)
    mixed = [item for one in rounds for item in one if item is not None]
    straight = next((i for i, item in enumerate(mixed) if not item.reversed), 0)
    if straight:
        mixed.insert(0, mixed.pop(straight))
    return [ask_item(family, item) for item in mixed]


def ask_item(family: Family, item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": "item",
        "family": family.id,
        "family_label": family.label.to_json(),
        "intro": family.intro.to_json() if family.intro else None,
        "text": item.text.to_json(),
        "reversed": item.reversed,
        "seconds": load_instruments().timing["item_seconds"],
    }


def place(scale: Scale, items: list[Item]) -> dict[str, Any]:
    """A scale as results read it. A scale of which one item is asked is no scale: an item."""
    kind = scale.kind
    if len(items) == 1 and kind == "scale":
        kind = "item"
    return {
        "id": scale.id,
        "family": scale.family,
        "kind": kind,
        "label": scale.label.to_json(),
        "consistency": scale.consistency,
        "ends": [end.to_json() for end in scale.ends] if scale.ends else None,
        "items": [
            {"id": item.id, "reversed": item.reversed, "text": item.text.to_json()}
            for item in items
        ],
    }


def ask_comment(comment: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": comment["id"],
        "kind": "comment",
        "text": comment["question"],
        "help": comment["help"],
        "maximum": comment["max_characters"],
        "seconds": load_instruments().timing["comment_seconds"],
    }
