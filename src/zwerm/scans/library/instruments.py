"""Everything a scan can ask: relations, scales, and the forms that choose from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from zwerm.scans.library.texts import Text, load


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence people agree with or not."""

    id: str
    text: Text
    reversed: bool
    short: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Items that hang together (`scale`), stand apart (`profile`), or place on a line (`line`)."""

    id: str
    family: str
    kind: str
    label: Text
    items: tuple[Item, ...]
    consistency: bool = False
    ends: tuple[Text, Text] | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A network question, answered from the roster or by kinds."""

    id: str
    kind: str
    label: Text
    question: Text
    help: Text
    may_know: bool
    seconds_at_40: int
    kinds: list[dict[str, Any]]
    promise: Text | None


@dataclass(frozen=True, slots=True)
class Family:
    """Scales that are asked together, and what people should think of while answering."""

    id: str
    label: Text
    intro: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One of the lengths of a scan: which relations, and which items of which families."""

    id: str
    label: Text
    minutes: Text
    relations: list[str]
    families: list[str]
    is_short: bool
    """Only the items that are marked short."""
    item_count: int
    expected_seconds_at_40: int


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything that can be asked."""

    relations: list[Relation]
    scales: list[Scale]
    families: list[Family]
    forms: list[Form]
    points: dict[int, Text]
    """What each answer to an item means, from 1 to 5."""
    missing: Text
    question: Text
    comment: dict[str, Any]
    timing: dict[str, Any]

    def scales_of(self, family: Family) -> list[Scale]:
        return [scale for scale in self.scales if scale.family == family.id]

    def every_id(self) -> set[str]:
        """All ids of questions and scales: a school's own questions may use none of them."""
        items = {item.id for scale in self.scales for item in scale.items}
        relations, scales = {one.id for one in self.relations}, {one.id for one in self.scales}
        return items | relations | scales | {self.comment["id"]}


@cache
def load_instruments() -> Instruments:
    """The library that ships."""
    content = load("instruments.yaml")
    agree = content["response_scales"]["agree5"]
    return Instruments(
        relations=[read_relation(one) for one in content["relations"]],
        scales=[read_scale(one) for one in content["scales"]],
        families=[
            Family(one["id"], Text.of(one), Text.of(one["intro"])) for one in content["families"]
        ],
        forms=[read_form(one) for one in content["forms"]],
        points={one["value"]: Text.of(one) for one in agree["points"]},
        missing=Text.of(agree["missing"]),
        question=Text.of(agree["question"]),
        comment=content["comment"],
        timing=content["timing"],
    )


def answer_words(language: str) -> dict[int, str]:
    """What each answer to a sentence means in words; 0 is "I do not know"."""
    library = load_instruments()
    words = {value: text.in_(language) for value, text in library.points.items()}
    return {0: library.missing.in_(language), **words}


def read_relation(one: dict[str, Any]) -> Relation:
    return Relation(
        id=one["id"],
        kind=one["kind"],
        label=Text.of(one["label"]),
        question=Text.of(one["question"]),
        help=Text.of(one["help"]),
        may_know=one["may_know"],
        seconds_at_40=one["seconds_at_40"],
        kinds=one.get("kinds", []),
        promise=Text.of(one["promise"]) if "promise" in one else None,
    )


def read_scale(one: dict[str, Any]) -> Scale:
    ends = one.get("ends")
    return Scale(
        id=one["id"],
        family=one["family"],
        kind="line" if ends else one["kind"],
        label=Text.of(one["label"]),
        items=tuple(read_item(item) for item in one["items"]),
        consistency=one.get("consistency", False),
        ends=(Text.of(ends["low"]), Text.of(ends["high"])) if ends else None,
    )


def read_item(item: dict[str, Any]) -> Item:
    return Item(item["id"], Text.of(item), item["reversed"], item.get("short", False))


def read_form(one: dict[str, Any]) -> Form:
    return Form(
        id=one["id"],
        label=Text.of(one["label"]),
        minutes=Text.of(one["expected_minutes"]),
        relations=one["relations"],
        families=one["families"],
        is_short=one["items"] == "short",
        item_count=one["item_count"],
        expected_seconds_at_40=one["expected_seconds_at_40"],
    )
