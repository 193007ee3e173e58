"""The words of each room: found in its Python and templates, kept in its catalogue.

A room's catalogue is src/zwerm/ROOM/locale/nl/LC_MESSAGES/django.po. Modules that stand in no room
(settings.py, urls.py) belong to core.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.checks.tree import ROOT, text_of, written_here

PACKAGE = PurePosixPath("src/zwerm")
LANGUAGE = "nl"
SHAPES = {"gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}
"""What each argument is: context, singular, plural."""
FUNCTIONS = {
    name + ending: shape
    for name, shape in SHAPES.items()
    for ending in ("", "_lazy", "_noop")
    if (name, ending) != ("ngettext", "_noop")
}

_STRING = r"""u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*\""""
TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(_|n?p?gettext)\(\s*({_STRING})(?:\s*,\s*({_STRING}))?(?:\s*,\s*({_STRING}))?"
)

NEW_CATALOGUE = f"""# Dutch words of {{room}}.
msgid ""
msgstr ""
"Project-Id-Version: Zwerm\\n"
"Language-Team: Dutch\\n"
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass(slots=True)
class Message:
    """Words as they stand in the source, and the files that say them."""

    context: str | None
    singular: str
    plural: str | None = None
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.singular

    @property
    def id(self) -> str | tuple[str, str]:
        return self.singular if self.plural is None else (self.singular, self.plural)


Words = dict[tuple[str | None, str], Message]


def rooms() -> dict[str, list[PurePosixPath]]:
    """The files of each room that may hold words, by the name of the room."""
    found: dict[str, list[PurePosixPath]] = {}
    for path in written_here(".py", ".html", ".txt", ".svg"):
        if path.is_relative_to(PACKAGE) and (path.suffix == ".py" or "templates" in path.parts):
            found.setdefault(room_of(path), []).append(path)
    return found


def room_of(path: PurePosixPath) -> str:
    inside = path.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else "core"


def words_of(paths: Iterable[PurePosixPath]) -> Words:
    """Every message of these files, once, in the order of the files."""
    found: Words = {}
    for path in paths:
        for message in messages_of(path, text_of(path)):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if (name := name_in_room(path)) not in known.files:
                known.files.append(name)
    return found


def name_in_room(path: PurePosixPath) -> str:
    inside = path.relative_to(PACKAGE).parts
    return "/".join(inside[1:]) or inside[0]


def messages_of(path: PurePosixPath, source: str) -> Iterator[Message]:
    return messages_of_python(source) if path.suffix == ".py" else messages_of_template(source)


def messages_of_python(source: str) -> Iterator[Message]:
    """The words in calls of gettext and its family, by whatever name a module imports them."""
    tree = ast.parse(source)
    shapes = FUNCTIONS | names_of_functions(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shape := shapes.get(called_name(node))):
            words = [literal(argument) for argument in node.args[: len(shape)]]
            if len(words) == len(shape) and None not in words:
                yield message(shape, [word for word in words if word is not None])


def names_of_functions(tree: ast.AST) -> dict[str, str]:
    """`from ... import gettext as _` makes `_` one of the family."""
    return {
        alias.asname: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name in FUNCTIONS
    }


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def messages_of_template(source: str) -> Iterator[Message]:
    """The words in `translate`, `blocktranslate` and `_("...")`, as Django itself finds them."""
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        name, *strings = call.groups()
        words = [str(ast.literal_eval(string)) for string in strings if string is not None]
        yield message(SHAPES.get(name, "s"), words)


def message(shape: str, words: list[str]) -> Message:
    parts = dict(zip(shape, words, strict=False))
    return Message(parts.get("c"), parts["s"], parts.get("p"))


def catalogue_path(room: str) -> PurePosixPath:
    return PACKAGE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def catalogue_of(room: str) -> Catalog | None:
    """The room's catalogue as it is written now."""
    path = ROOT / catalogue_path(room)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def update_catalogues() -> list[str]:
    """Give every room's catalogue exactly the words of the room; tells which files changed."""
    return [
        str(catalogue_path(room))
        for room, paths in rooms().items()
        if (words := words_of(paths)) and update_catalogue(room, words)
    ]


def update_catalogue(room: str, words: Words) -> bool:
    """True when the file had to change. What was translated stays, in its place."""
    path = ROOT / catalogue_path(room)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    header = before[: before.index("\n\n") + 2] if before else NEW_CATALOGUE.format(room=room)
    after = header + body(updated(catalogue_of(room) or Catalog(LANGUAGE), words))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8")
    return after != before


def updated(old: Catalog, words: Words) -> Catalog:
    """The words known already in their order, then the new ones, to be translated."""
    known = [(entry.context, first_of(entry.id)) for entry in old if entry.id]
    fresh = Catalog(LANGUAGE)
    for key in [
        *(key for key in known if key in words),
        *(key for key in words if key not in known),
    ]:
        wanted, entry = words[key], old.get(key[1], key[0])
        same_shape = entry is not None and isinstance(entry.string, tuple) == bool(wanted.plural)
        fresh.add(
            wanted.id,
            entry.string if entry is not None and same_shape else None,
            locations=[(name, 0) for name in wanted.files],
            user_comments=entry.user_comments if entry is not None else (),
            context=wanted.context,
        )
    return fresh


def first_of(words: str | Iterable[str]) -> str:
    return words if isinstance(words, str) else next(iter(words))


def body(catalogue: Catalog) -> str:
    """All entries, one line each, without the numbers of lines: they would change every day."""
    text = io.BytesIO()
    write_po(text, catalogue, width=0, omit_header=True, include_lineno=False, ignore_obsolete=True)
    return text.getvalue().decode("utf-8").strip("\n") + "\n"
