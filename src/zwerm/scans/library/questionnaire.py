"""The questions of one scan in their order, as they are frozen when it opens."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zwerm.scans.library.instruments import (
    Instrument,
    Item,
    Relation,
    Scale,
    load_instruments,
    read_instrument,
)
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
    for family in library.families:
        members = [scale for scale in library.scales if scale.family == family["id"]]
        asked = {scale.id: items_of(scale, chosen.items) for scale in members}
        questions += ask_family(family, members, asked)
        scales += [place(scale, asked[scale.id]) for scale in members if asked[scale.id]]
    for instrument in own:
        family = {"id": "own", "nl": instrument.name, "en": instrument.name}
        asked = {scale.id: scale.items for scale in instrument.scales}
        questions += ask_family(family, instrument.scales, asked)
        scales += [place(scale, scale.items) for scale in instrument.scales]
    if has_comment:
        questions.append(ask_comment(library.comment))
    return Questionnaire(questions, scales)


def items_of(scale: Scale, wanted: str) -> list[Item]:
    """The items of a scale in a form: all, the short ones, or those of two families only."""
    if wanted == "all":
        return scale.items
    if "of the family" in wanted and scale.family not in {"conditions", "knowledge"}:
        return []
    return [item for item in scale.items if item.short]


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


def ask_family(
    family: dict[str, Any], scales: list[Scale], asked: dict[str, list[Item]]
) -> list[dict[str, Any]]:
    """The items of one family, mixed in one fixed order, with no reversed one first."""
    mixed: list[Item] = []
    for row in range(max((len(items) for items in asked.values()), default=0)):
        mixed += [asked[scale.id][row] for scale in scales if row < len(asked[scale.id])]
    straight = next((i for i, item in enumerate(mixed) if not item.reversed), 0)
    if straight:
        mixed.insert(0, mixed.pop(straight))
    seconds = load_instruments().timing["item_seconds"]
    return [
        {
            "id": item.id,
            "kind": "item",
            "family": family["id"],
            "family_label": {"nl": family["nl"], "en": family["en"]},
            "intro": family.get("intro"),
            "text": item.text.to_json(),
            "reversed": item.reversed,
            "seconds": seconds,
        }
        for item in mixed
    ]


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
