"""Whose data a query may see: one school at a time, and never by accident all of them.

Every model that holds a school's data is `SchoolOwned`. Its manager refuses to run outside
a school's scope: it raises, because an empty answer would hide the mistake. Crossing schools
on purpose (a board's page, a job) is `crossing_schools`, with its reason, easy to find.
On PostgreSQL the database holds the same scope: see `people.row_security`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

from zwerm.core.scope import EVERYTHING, scope

if TYPE_CHECKING:
    from zwerm.people.models import School


class NoSchoolScope(Exception):
    """A query on a school's data ran outside `school_scope` and `crossing_schools`."""


@contextmanager
def school_scope(school: School) -> Iterator[None]:
    """Within this block, queries see this school and nothing else."""
    token = scope.set(school.pk)
    try:
        yield
    finally:
        scope.reset(token)


@contextmanager
def crossing_schools(reason: str) -> Iterator[None]:
    """Within this block, queries see every school. `reason` is for who reads the code."""
    if not reason:
        raise ValueError("crossing schools needs a reason")
    token = scope.set(EVERYTHING)
    try:
        yield
    finally:
        scope.reset(token)


Owned = TypeVar("Owned", bound=models.Model)


class SchoolManager(models.Manager[Owned]):
    """A manager that only answers within a scope."""

    def get_queryset(self) -> models.QuerySet[Owned]:
        school = scope.get()
        if school is None:
            raise NoSchoolScope(f"{self.model.__name__} was asked for outside a school's scope")
        rows = super().get_queryset()
        return rows if school == EVERYTHING else rows.filter(school_id=school)


class SchoolOwned(models.Model):
    """Something that belongs to one school. Its manager answers only within a scope."""

    school = models.ForeignKey("people.School", models.CASCADE, related_name="+", editable=False)

    objects: ClassVar[SchoolManager[Self]] = SchoolManager()

    class Meta:
        abstract = True
