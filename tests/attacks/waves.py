"""One scan lived through more than once, each time with other answers of one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from hypothesis import strategies as st

from zwerm.scans import sealed
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.sealed import Answers, Given

Result = TypeVar("Result")


class Again(Exception):
    """Leaves a savepoint, so that the same school may be lived through once more."""


@contextmanager
def undone() -> Iterator[None]:
    """Everything within this block happens, and then it did not."""
    try:
        with transaction.atomic():
            yield
            raise Again
    except Again:
        pass


def lived(
    scan: Scan, entry: RosterEntry, answers: Answers | None, see: Callable[[Scan], Result]
) -> Result:
    """What `see` finds when `entry` gave these answers; nothing of it stays."""
    found: list[Result] = []
    with undone():
        fresh = Scan.objects.get(pk=scan.pk)
        if answers is None:
            sealed.delete_answers(fresh, entry)
        else:
            sealed.write_answers(fresh, entry, answers)
        found.append(see(fresh))
    return found[0]


def anything(scan: Scan, own: int, people: int) -> st.SearchStrategy[Answers | None]:
    """Whatever one person may have answered: each question with anything, or not at all."""
    others = st.lists(st.sampled_from([n for n in range(people) if n != own]), unique=True)
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "roster": others.map(lambda named: {"named": named, "may_know": []}),
        "kinds": st.just(["nobody"]),
        "item": st.integers(0, 5),
    }
    questions = (scan.questionnaire or {})["questions"]
    each = {one["id"]: st.none() | by_kind[one["kind"]] for one in questions}
    full = st.fixed_dictionaries(each).map(
        lambda given: Answers({name: Given(1, one) for name, one in given.items()})
    )
    return st.none() | full
