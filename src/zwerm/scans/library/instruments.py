"""Relations, scales and forms; and a school's own questions from a YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.utils.translation import gettext as _

from zwerm.scans.library.texts import Text, load

LARGEST_FILE = 200_000
MOST_ITEMS = 60


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
    items: list[Item]
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
class Form:
    """One of the three lengths of a scan."""

    id: str
    label: Text
    minutes: Text
    relations: list[str]
    items: str
    item_count: int
    expected_seconds_at_40: int


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything that can be asked."""

    relations: list[Relation]
    scales: list[Scale]
    families: list[dict[str, Any]]
    forms: list[Form]
    points: list[dict[str, Any]]
    missing: Text
    question: Text
    comment: dict[str, Any]
    timing: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A school's own set of questions, as read from its file."""

    name: str
    source: str
    licence: str
    scales: list[Scale]


class InstrumentFault(Exception):
    """A file with questions is wrong. The message names the line and what to do."""


@cache
def load_instruments() -> Instruments:
    """The library that ships."""
    content = load("instruments.yaml")
    agree = content["response_scales"]["agree5"]
    return Instruments(
        relations=[read_relation(one) for one in content["relations"]],
        scales=[read_scale(one) for one in content["scales"]],
        families=content["families"],
        forms=[read_form(one) for one in content["forms"]],
        points=agree["points"],
        missing=Text.of(agree["missing"]),
        question=Text.of(agree["question"]),
        comment=content["comment"],
        timing=content["timing"],
    )


def answer_words(language: str) -> dict[int, str]:
    """What each answer to a sentence means in words; 0 is "I do not know"."""
    library = load_instruments()
    words = {one["value"]: Text.of(one).in_(language) for one in library.points}
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
        items=[read_item(item) for item in one["items"]],
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
        items=one["items"],
        item_count=one["item_count"],
        expected_seconds_at_40=one["expected_seconds_at_40"],
    )


def read_instrument(text: str) -> Instrument:
    """A school's own questions, checked.

    The file has `name`, `source`, `licence` and `scales`; each scale an `id`, a `label` and
    `items`; each item an `id`, the sentence in `nl` and `en`, and `reversed`.

    Raises:
        InstrumentFault: it names the line that is wrong and says what to do.
    """
    if len(text) > LARGEST_FILE:
        raise InstrumentFault(_("This file is larger than 200 kB. Nothing was loaded."))
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InstrumentFault(
            _("Line %(line)d is not YAML. Look at the spaces and colons there.") % {"line": line}
        ) from fault
    reader = _Reader()
    top = reader.mapping(root, ("name", "source", "licence", "scales"))
    scales = [reader.scale(node) for node in reader.sequence(top["scales"])]
    ids = [item.id for scale in scales for item in scale.items]
    if len(ids) > MOST_ITEMS:
        raise InstrumentFault(_("There are more than 60 sentences. Nothing was loaded."))
    words = {name: reader.word(top[name]) for name in ("name", "source", "licence")}
    return Instrument(scales=scales, **words)


def write_instrument(instrument: Instrument) -> str:
    """The file of an instrument: reading it gives the same instrument again."""
    content = {
        "name": instrument.name,
        "source": instrument.source,
        "licence": instrument.licence,
        "scales": [
            {
                "id": scale.id,
                "label": scale.label.to_json(),
                "items": [
                    {"id": item.id, **item.text.to_json(), "reversed": item.reversed}
                    for item in scale.items
                ],
            }
            for scale in instrument.scales
        ],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


class _Reader:
    """Reads the nodes of a YAML file, so that each fault can name its line."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.seen: set[int] = set()

    def mapping(self, node: Any, wanted: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            raise fault_at(node, _("Here %(names)s should stand.") % {"names": ", ".join(wanted)})
        if id(node) in self.seen:
            raise fault_at(node, _("Write this out instead of pointing at another place."))
        self.seen.add(id(node))
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                raise fault_at(key, _("%(name)s stands here twice.") % {"name": key.value})
            found[key.value] = value
        for name in wanted:
            if name not in found:
                raise fault_at(node, _("%(name)s is missing. Add it.") % {"name": name})
        return found

    def sequence(self, node: Any) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise fault_at(node, _("Here a list should stand, each line with a dash."))
        return list(node.value)

    def word(self, node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise fault_at(node, _("Here words should stand."))
        return str(node.value).strip()[:300]

    def new_id(self, node: Any) -> str:
        name = self.word(node)
        if not name.replace("_", "").isalnum() or not name.isascii():
            raise fault_at(node, _("An id has only letters, numbers and underscores."))
        if name in self.ids or any(name == item.id for item in shipped_items()):
            raise fault_at(node, _("The id %(id)s is used already.") % {"id": name})
        self.ids.add(name)
        return name

    def scale(self, node: Any) -> Scale:
        parts = self.mapping(node, ("id", "label", "items"))
        label = self.mapping(parts["label"], ("nl", "en"))
        return Scale(
            id=self.new_id(parts["id"]),
            family="own",
            kind="scale",
            label=Text(self.word(label["nl"]), self.word(label["en"])),
            items=[self.item(one) for one in self.sequence(parts["items"])],
        )

    def item(self, node: Any) -> Item:
        parts = self.mapping(node, ("id", "nl", "en"))
        is_reversed = parts["reversed"].value == "true" if "reversed" in parts else False
        text = Text(self.word(parts["nl"]), self.word(parts["en"]))
        return Item(self.new_id(parts["id"]), text, is_reversed, short=True)


def shipped_items() -> list[Item]:
    return [item for scale in load_instruments().scales for item in scale.items]


def fault_at(node: Any, sentence: str) -> InstrumentFault:
    line = node.start_mark.line + 1 if node is not None else 1
    return InstrumentFault(
        _("Line %(line)d: %(sentence)s Nothing was loaded.") % {"line": line, "sentence": sentence}
    )
