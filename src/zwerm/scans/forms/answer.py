"""What may be sent in as an answer: cleaned against the question and the roster."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused
from zwerm.scans.queries.answering import Tile

MOST_COUNTER = 1_000_000


def read_answer(question: dict[str, Any], sent: QueryDict, tiles: list[Tile], present: Any) -> Any:
    """The answer in `sent` to `question`, as it is sealed; None when nothing was answered.

    Raises:
        Refused: something that this question cannot have as an answer.
    """
    read = {"roster": read_names, "kinds": read_kinds, "item": read_point, "comment": read_text}
    return read[question["kind"]](question, sent, tiles, present)


def read_names(question: dict[str, Any], sent: QueryDict, tiles: list[Tile], present: Any) -> Any:
    """The numbers of the colleagues named. Nobody is an answer too: an empty list."""
    on_list = {str(tile.number): tile.number for tile in tiles}
    named = sorted({on_list[one] for one in sent.getlist("named") if one in on_list})
    if not named and "nobody" not in sent:
        return None
    may_know = set((present or {}).get("may_know", ())) & set(named)
    return {"named": named, "may_know": sorted(may_know)}


def read_kinds(question: dict[str, Any], sent: QueryDict, tiles: list[Tile], present: Any) -> Any:
    """The ids of the kinds chosen; "nobody" stands alone."""
    ids = [one["id"] for one in question["kinds"] if one["id"] in sent.getlist("kinds")]
    alone = [one["id"] for one in question["kinds"] if one.get("exclusive") and one["id"] in ids]
    others = [one for one in ids if one not in alone]
    return others or alone or None


def read_point(question: dict[str, Any], sent: QueryDict, tiles: list[Tile], present: Any) -> Any:
    """1 to 5, or 0 for "I do not know"."""
    value = sent.get("value", "")
    if value == "":
        return None
    if value not in {"0", "1", "2", "3", "4", "5"}:
        raise Refused(_("That is not one of the answers. Choose one of those on the page."))
    return int(value)


def read_text(question: dict[str, Any], sent: QueryDict, tiles: list[Tile], present: Any) -> Any:
    """A text of at most so many characters."""
    text = " ".join(sent.get("text", "").split())
    if len(text) > question["maximum"]:
        raise Refused(
            _("This text is longer than %(n)d characters. Make it shorter; nothing was lost.")
            % {"n": question["maximum"]}
        )
    return text or None


def read_counter(sent: QueryDict) -> int | None:
    """The counter of this tap; None without script."""
    value = sent.get("counter", "")
    return min(int(value), MOST_COUNTER) if value.isdecimal() else None
