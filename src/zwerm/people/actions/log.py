"""Writing down who changed which setting of a school, and forgetting who that was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zwerm.people.models import Account, School, SchoolLogLine


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something: an account, with the name it has at the school."""

    account: Account | None
    name: str


BY_COMMAND = Actor(None, "zwerm")
"""Who runs the server, with a command."""

BY_ITSELF = Actor(None, "Zwerm")
"""What the program did, because of something else that somebody did."""


def note(school: School, *, by: Actor, setting: str, before: str = "", after: str = "") -> None:
    """Write one line. What stands in it stays: never write about whom it is."""
    SchoolLogLine.objects.create(
        school=school,
        by=by.account,
        by_name=by.name[:120],
        setting=setting,
        before=before[:300],
        after=after[:300],
    )


def forget(school: School, accounts: Collection[Account]) -> None:
    """Nobody reads any more who changed what; that it was changed stays."""
    SchoolLogLine.objects.filter(school=school, by__in=accounts).update(by=None, by_name="")
