"""What a page says, and which of its words can be right in one language only."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tools.checks.unmarked import SPOKEN_ATTRIBUTES, VOID_TAGS

WORD = re.compile(r"[^\W\d_]+")
SAME = frozenset(
    [
        *("CSV", "DPIA", "Demo", "Document", "Excel", "MB", "Menu", "Open", "OpenDocument", "PDF"),
        "Passkey",
        *("Scan", "Scans", "Start", "UTF", "YAML", "Zwerm", "document", "id", "kB", "min", "open"),
        *(
            "account",
            "passkey",
            "scan",
            "school",
            "sector",
            "team",
            "teams",
            "Nederlands",
            "English",
        ),
    ]
)
"""Words that are the same in Dutch and in English, and the names of languages."""
DATA = re.compile(r"\S+@\S+|https?:\S+|\bQ\w*|\bqboard\b")
"""What the school in these tests calls things begins with a Q: it belongs to no language."""


def foreign(words: str) -> list[str]:
    """The words that cannot be right in both languages.

    Example:
        >>> foreign("Scan Qautumn: the team"), foreign("Scan Qautumn · Zwerm")
        (['the'], [])
    """
    return [word for word in WORD.findall(DATA.sub("", words)) if word not in SAME]


def the_same(one: str, other: str) -> list[str]:
    """What two versions of a page say alike, and cannot both be right about."""
    return sorted(words for words in spoken(one) & spoken(other) if foreign(words))


def spoken(html: str) -> set[str]:
    """Every text and every spoken attribute of a page, each once."""
    reader = Spoken()
    reader.feed(html)
    return reader.said


class Spoken(HTMLParser):
    """Collects what a reader, a screen reader or our script says.

    What has a language of its own, such as the name of a language, is passed over.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.silent: list[str] = []
        """The tags that are open from the first that is passed over."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        passed_over = tag in {"script", "style"} or (tag != "html" and "lang" in dict(attrs))
        if (self.silent or passed_over) and tag not in VOID_TAGS:
            self.silent.append(tag)
        if not self.silent:
            self.said |= {value for name, value in attrs if value and is_spoken(name)}

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.add(" ".join(data.split()))


def is_spoken(attribute: str) -> bool:
    return attribute in SPOKEN_ATTRIBUTES or attribute.startswith("data-said")
