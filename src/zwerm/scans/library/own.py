"""A school's own questions as a YAML file: reading it names every fault by its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from zwerm.scans.library.instruments import Item, Scale, load_instruments
from zwerm.scans.library.texts import Text

LARGEST_FILE = 200_000
MOST_ITEMS = 60
MOST_EVENTS = 5_000
"""Far more than 60 sentences need; more is no list of questions."""
DEEPEST = 10
LONGEST = {"name": 120, "source": 300, "licence": 120, "label": 80, "sentence": 200}
KINDS = ("scale", "profile")
"""`scale`: the sentences make one value. `profile`: each sentence stands alone."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A school's own set of questions, as read from its file."""

    name: str
    source: str
    licence: str
    scales: list[Scale]


class InstrumentFault(Exception):
    """A file with questions is wrong. The message names the line and what to do."""


def read_instrument(text: str) -> Instrument:
    """A school's own questions, checked. Its schema ships as static/scans/questions.schema.json.

    Raises:
        InstrumentFault: it names the line that is wrong and says what to do.
    """
    if len(text.encode()) > LARGEST_FILE:
        raise InstrumentFault(_("This file is larger than 200 kB. Nothing was loaded."))
    root = compose(text)
    reader = Reader()
    top = reader.mapping(root, ("name", "source", "licence", "scales"))
    words = {name: reader.word(top[name], name) for name in ("name", "source", "licence")}
    scales = [reader.scale(node) for node in reader.sequence(top["scales"])]
    if sum(len(scale.items) for scale in scales) > MOST_ITEMS:
        raise fault_at(top["scales"], _("There are more than 60 sentences. Leave some out."))
    return Instrument(scales=scales, **words)


def write_instrument(instrument: Instrument) -> str:
    """The file of an instrument: reading it gives the same instrument again."""
    content = {
        "name": instrument.name,
        "source": instrument.source,
        "licence": instrument.licence,
        "scales": [write_scale(scale) for scale in instrument.scales],
    }
    return yaml.dump(content, Dumper=OneLine, allow_unicode=True, sort_keys=False, width=10_000)


class OneLine(yaml.SafeDumper):
    """Keeps what somebody wrote on the line of its name: none of it can begin a line."""


def on_one_line(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if len(text.splitlines()) > 1 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


OneLine.add_representer(str, on_one_line)


def write_scale(scale: Scale) -> dict[str, Any]:
    return {
        "id": scale.id,
        "label": scale.label.to_json(),
        "kind": scale.kind,
        "scoring": "mean",
        "items": [
            {"id": item.id, **item.text.to_json(), "reversed": item.reversed}
            for item in scale.items
        ],
    }


def compose(text: str) -> Any:
    """The nodes of a YAML text that is small, flat and says everything once."""
    try:
        for count, event in enumerate(events(text)):
            if count > MOST_EVENTS:
                raise fault_at(event, _("This is far more than a list of questions."))
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise at_line(
            mark.line + 1 if mark else 1,
            _("This cannot be read as YAML. Look at the spaces, quotes and colons here."),
        ) from fault


def events(text: str) -> Iterator[Any]:
    """The parts of a YAML text one by one, stopping where they nest too deep or point elsewhere."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise fault_at(event, _("Write this out instead of pointing at another place."))
        if getattr(event, "tag", None) is not None:
            raise fault_at(event, _("Leave out the word that begins with an exclamation mark."))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise fault_at(event, _("This is nested too deeply. Follow the example in the guide."))
        yield event


class Reader:
    """Reads the nodes of a YAML file, so that each fault can name its line."""

    def __init__(self) -> None:
        self.taken = load_instruments().every_id()

    def mapping(
        self, node: Any, wanted: tuple[str, ...], allowed: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """The named parts of a node: all that are wanted, none that is unknown, none twice."""
        if not isinstance(node, yaml.MappingNode):
            raise fault_at(node, _("Here should stand: %(names)s.") % {"names": ", ".join(wanted)})
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = self.word(key, "label")
            if name in found:
                raise fault_at(key, _("%(name)s stands here twice. Keep one.") % {"name": name})
            if name not in (*wanted, *allowed):
                names = ", ".join((*wanted, *allowed))
                raise fault_at(
                    key,
                    _("%(name)s is not known here. Known are: %(names)s.")
                    % {"name": name, "names": names},
                )
            found[name] = value
        for name in wanted:
            if name not in found:
                raise fault_at(node, _("%(name)s is missing. Add it.") % {"name": name})
        return found

    def sequence(self, node: Any) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise fault_at(node, _("Here a list should stand, each line with a dash."))
        return list(node.value)

    def word(self, node: Any, what: str) -> str:
        """The words of a node, as long as `what` may be."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise fault_at(node, _("Here words should stand."))
        words = " ".join(str(node.value).split())
        if len(words) > LONGEST[what]:
            raise fault_at(
                node,
                _("This is longer than %(most)d letters. Make it shorter.")
                % {"most": LONGEST[what]},
            )
        return words

    def choice(self, node: Any, known: tuple[str, ...]) -> str:
        """One of a few words."""
        word = self.word(node, "sentence")
        if word not in known:
            raise fault_at(node, _("Choose one of: %(names)s.") % {"names": ", ".join(known)})
        return word

    def new_id(self, node: Any) -> str:
        name = self.word(node, "label")
        if not name.replace("_", "").isalnum() or not name.isascii() or len(name) > 40:
            raise fault_at(
                node, _("An id has at most 40 letters, numbers and underscores. Change it.")
            )
        if name in self.taken:
            raise fault_at(node, _("The id %(id)s is used already. Choose another.") % {"id": name})
        self.taken.add(name)
        return name

    def text(self, parts: dict[str, Any], what: str) -> Text:
        """Dutch and English; the school's Dutch stands for both when there is no English."""
        dutch = self.word(parts["nl"], what)
        return Text(dutch, self.word(parts["en"], what) if "en" in parts else dutch)

    def scale(self, node: Any) -> Scale:
        parts = self.mapping(node, ("id", "label", "items"), ("kind", "scoring"))
        if "scoring" in parts:
            self.choice(parts["scoring"], ("mean",))
        return Scale(
            id=self.new_id(parts["id"]),
            family="own",
            kind=self.choice(parts["kind"], KINDS) if "kind" in parts else "scale",
            label=self.text(self.mapping(parts["label"], ("nl",), ("en",)), "label"),
            items=tuple(self.item(one) for one in self.sequence(parts["items"])),
        )

    def item(self, node: Any) -> Item:
        parts = self.mapping(node, ("id", "nl"), ("en", "reversed"))
        text = self.text(parts, "sentence")
        word = self.choice(parts["reversed"], ("true", "false")) if "reversed" in parts else ""
        return Item(self.new_id(parts["id"]), text, reversed=word == "true", short=True)


def fault_at(node: Any, sentence: str) -> InstrumentFault:
    return at_line(node.start_mark.line + 1 if node is not None else 1, sentence)


def at_line(line: int, sentence: str) -> InstrumentFault:
    return InstrumentFault(
        _("Line %(line)d: %(sentence)s Nothing was loaded.") % {"line": line, "sentence": sentence}
    )
