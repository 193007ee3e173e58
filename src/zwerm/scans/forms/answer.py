"""What may be sent in as an answer: cleaned against the question and the roster."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zwerm.core.errors import Refused

MOST_COUNTER = 1_000_000
POINTS = {"0", "1", "2", "3", "4", "5"}


def read_answer(question: dict[str, Any], sent: QueryDict, numbers: Collection[int]) -> Any:
    """The answer in `sent` to `question`, as it is sealed; None when nothing was answered.

    `numbers` are the colleagues who can be named.

    Raises:
        Refused: something that this question cannot have as an answer.
    """
    if question["kind"] == "roster":
        return read_names(sent, numbers)
    read = {"kinds": read_kinds, "item": read_point, "comment": read_text}
    return read[question["kind"]](question, sent)


def read_names(sent: QueryDict, numbers: Collection[int]) -> dict[str, list[int]] | None:
    """The numbers of the colleagues named. Nobody is an answer too: an empty list."""
    on_list = {str(number): number for number in numbers}
    named = sorted({on_list[one] for one in sent.getlist("named") if one in on_list})
    return {"named": named} if named or "nobody" in sent else None


def read_kinds(question: dict[str, Any], sent: QueryDict) -> list[str] | None:
    """The ids of the kinds chosen; "nobody" stands alone."""
    chosen = set(sent.getlist("kinds"))
    kinds = [one for one in question["kinds"] if one["id"] in chosen]
    others = [one["id"] for one in kinds if not one.get("exclusive")]
    return others or [one["id"] for one in kinds] or None


def read_point(question: dict[str, Any], sent: QueryDict) -> int | None:
    """1 to 5, or 0 for "I do not know"."""
    value = sent.get("value", "")
    if value == "":
        return None
    if value not in POINTS:
        raise Refused(_("That is not one of the answers. Choose one of those on the page."))
    return int(value)


def read_text(question: dict[str, Any], sent: QueryDict) -> str | None:
    """A text of at most so many characters, on one line, without what cannot be seen."""
    seen = (
        one for one in sent.get("text", "") if one.isspace() or unicodedata.category(one) != "Cc"
    )
    text = " ".join("".join(seen).split())
    if len(text) > question["maximum"]:
        raise Refused(
            _("This text is longer than %(n)d characters. Make it shorter; nothing was lost.")
            % {"n": question["maximum"]}
        )
    return text or None


def read_counter(sent: QueryDict) -> int | None:
    """The counter of this tap; None when the page did not send one."""
    value = sent.get("counter", "")
    if not (value.isascii() and value.isdecimal()):
        return None
    return min(int(value[:9]), MOST_COUNTER)


def read_numbers(sent: QueryDict, name: str) -> list[int]:
    """The places on the roster that were ticked under `name`."""
    ticked = [one[:9] for one in sent.getlist(name)]
    return [int(one) for one in ticked if one.isascii() and one.isdecimal()]
