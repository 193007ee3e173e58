"""Words that a person would see and that no translation can reach, because they are not marked."""

from __future__ import annotations

import ast
import html.parser
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.template.base import Lexer, Token, TokenType

from tools.checks.tree import text_of, written_here
from tools.translations import PACKAGE, called_name

LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Zwerm"}
"""Words that are the same in every language."""
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}
SPOKEN_ARGUMENTS = {"label", "help_text", "empty_label", "verbose_name", "verbose_name_plural"}
SPOKEN_CALLS = {"Refused", "ValidationError"}
SILENT_TAGS = {"script", "style", "code"}
UNSPOKEN_BLOCKS = {"blocktranslate", "blocktrans", "comment"}
VOID_TAGS = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def unmarked_words() -> list[str]:
    """All of them, in the templates and in the Python of the rooms."""
    faults = []
    for path in written_here(".html", ".txt", ".py"):
        if path.is_relative_to(PACKAGE) and (path.suffix == ".py" or "templates" in path.parts):
            faults += [f"{path}:{line} {words!r}" for line, words in unmarked_in(path)]
    return faults


def unmarked_in(path: PurePosixPath) -> Iterator[tuple[int, str]]:
    source = text_of(path)
    if path.suffix == ".py":
        return in_python(source)
    return in_html(source) if path.suffix == ".html" else in_text(source)


def in_text(source: str) -> Iterator[tuple[int, str]]:
    """Words of a plain template, such as a mail, outside its tags."""
    for line, text in enumerate(plain_text(source).splitlines(), start=1):
        if has_words(text):
            yield line, text.strip()


def in_html(source: str) -> Iterator[tuple[int, str]]:
    reader = SpokenWords()
    reader.feed(plain_text(source))
    reader.close()
    yield from reader.found


def plain_text(source: str) -> str:
    """The template without what Django fills in; every line stays where it was."""
    kept: list[str] = []
    closing = ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.TEXT and not closing:
            kept.append(token.contents)
        else:
            kept.append("\n" * token.contents.count("\n"))
        closing = still_open(token, closing)
    return "".join(kept)


def still_open(token: Token, closing: str) -> str:
    """The name of the tag that ends the words we pass over; empty where words count."""
    if token.token_type != TokenType.BLOCK:
        return closing
    name, _, rest = token.contents.partition(" ")
    if closing:
        return "" if name == closing else closing
    names_a_style = name == "block" and rest.endswith("class")
    return f"end{name}" if name in UNSPOKEN_BLOCKS or names_a_style else ""


class SpokenWords(html.parser.HTMLParser):
    """Collects what a reader or a screen reader would say."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []
        """The tags that are open from the first whose words need no translation."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and has_words(value or ""):
                self.found.append((self.getpos()[0], value or ""))
        # Words with a `lang` of their own, such as the name of a language, stay as they are.
        own_language = tag != "html" and "lang" in dict(attrs)
        if tag not in VOID_TAGS and (self.silent or own_language or tag in SILENT_TAGS):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silent and has_words(data):
            self.found.append((self.getpos()[0], " ".join(data.split())))


def has_words(text: str) -> bool:
    return any(word not in NAMES for word in LETTERS.findall(text))


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Literal words where a person will read them: refusals, labels, names of choices."""
    for node in ast.walk(ast.parse(source)):
        for spoken in spoken_parts(node):
            if (words := literal_words(spoken)) and has_words(words):
                yield spoken.lineno, words


def spoken_parts(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (word.value for word in node.keywords if word.arg in SPOKEN_ARGUMENTS)
        if called_name(node) in SPOKEN_CALLS:
            yield from node.args[:1]
        if is_message(node):
            yield from node.args[1:2]
    if isinstance(node, ast.ClassDef) and any(
        "Choices" in ast.unparse(base) for base in node.bases
    ):
        for line in node.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                yield from line.value.elts[1:2]


def is_message(call: ast.Call) -> bool:
    """`messages.success(request, "...")` and its like."""
    function = call.func
    return isinstance(function, ast.Attribute) and ast.unparse(function.value) == "messages"


def literal_words(node: ast.expr) -> str:
    """The words of a string that is written out, also when names are filled in."""
    if isinstance(node, ast.JoinedStr):
        return " ".join(literal_words(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal_words(node.left)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
