"""HTML built from elements: whatever is not markup already is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from zwerm.analyse.words import Words
from zwerm.pictures.svg import Picture


class Markup(str):
    """Text that is HTML already, made by this module or by our own pictures."""

    __slots__ = ()


# What XML and HTML do not allow at all, such as a zero byte in somebody's file.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
VOID = {"meta", "input"}


def el(name: str, /, *content: str, **attributes: str) -> Markup:
    """One element. `class_` becomes `class`.

    >>> el("p", "a < b", class_="soft")
    '<p class="soft">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(UNFIT.sub("", value))}"'
        for key, value in attributes.items()
    )
    closing = "" if name in VOID else f"</{name}>"
    return Markup(f"<{name}{written}>{joined(content)}{closing}")


def joined(content: Iterable[str]) -> Markup:
    """Pieces after each other; words are escaped, markup is not."""
    return Markup(
        "".join(
            one if isinstance(one, Markup) else escape(UNFIT.sub("", one), quote=False)
            for one in content
        )
    )


def figure_of(picture: Picture, *captions: str) -> Markup:
    """A picture in both its drawings, with what it says below it."""
    caption = el("figcaption", *(el("p", one) for one in captions)) if captions else ""
    return el("figure", Markup(picture.wide), Markup(picture.narrow), caption)


def table_of(
    caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], class_: str = ""
) -> Markup:
    """A table whose first column names the row; it scrolls by itself when it is too wide."""
    head = el("tr", *(el("th", one, scope="col") for one in headings))
    body = [
        el("tr", el("th", row[0], scope="row"), *(el("td", one) for one in row[1:])) for row in rows
    ]
    whole = el(
        "table",
        el("caption", caption),
        el("thead", head),
        el("tbody", *body),
        class_=class_,
    )
    # Somebody without a mouse must be able to scroll it too.
    return el("div", whole, class_="scroll", tabindex="0", role="group", aria_label=caption)


def folded(words: Words, *content: str) -> Markup:
    """What is there for who wants to see the numbers."""
    return el("details", el("summary", words("as_table")), *content)
