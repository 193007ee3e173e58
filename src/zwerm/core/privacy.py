"""What a model holds of people, said beside the model: from this everything about privacy is made.

The page on which a person reads what is known of them, the file they take away, the register of
processing, the leaflet and the draft assessment all read these declarations. A model or a field
without one fails the suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise

Words = str | Promise
"""A text that is translated when it is read."""

SELF = "self"
"""The row is the person."""

SPECIAL = "@"
"""Begins a way to a person that no query can go: code finds it, or nobody."""


class Erase(StrEnum):
    """What becomes of a row when the person it is about is erased."""

    NOTHING = "nothing"
    """It holds nothing of people."""
    GOES = "goes"
    EMPTIED = "emptied"
    """The row stays, and what it held of the person is emptied."""
    STAYS = "stays"
    """It stays as it is; `stays_because` says why the law allows that."""
    UNTRACED = "untraced"
    """Nobody can say whose it is, so that nobody can find it to erase."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long, in words, and which code sees to it."""

    words: Words
    by: str
    """Where the code is that ends it, such as `zwerm.scans.jobs.purge_due`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What one model holds of people, and what becomes of it.

    Every field of the model stands in `own`, `others` or `none`; one that is about two people
    stands in both of the first.
    """

    none: tuple[str, ...] = ()
    """The fields that say nothing of anybody."""
    own: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    """For each way from a row to a person (`SELF`, a path of relations, or `@name`): the fields
    that are about that person, with what they are called."""
    others: Mapping[str, Words] = field(default_factory=dict)
    """The fields that are about somebody else as well, and what they say of them."""
    withheld: Mapping[str, Words] = field(default_factory=dict)
    """The fields in `own` that are in no file that a person takes away, and why not."""
    what: Words = ""
    """What it is called for who reads about themselves."""
    why: Words = ""
    """What it is used for."""
    erase: Erase = Erase.NOTHING
    stays_because: Words = ""
    kept: Kept | None = None

    @property
    def is_about_people(self) -> bool:
        return bool(self.own or self.others)

    def named(self) -> Iterator[str]:
        """Every field that stands somewhere in this declaration, the ways to a person too."""
        yield from self.none
        yield from self.others
        for way, fields in self.own.items():
            yield from fields
            if way != SELF and not way.startswith(SPECIAL):
                yield way.partition("__")[0]


def fields_of(model: type[Model]) -> list[str]:
    """The name of every field that a model keeps."""
    return [one.name for one in [*model._meta.fields, *model._meta.many_to_many]]


def faults_of(model: type[Model], declared: Privacy | None) -> list[str]:
    """What is wrong with the declaration of one model; nothing when it is whole and consistent."""
    if declared is None:
        return [f"{model._meta.label}: says nothing about privacy"]
    found = [*_faults_of_fields(model, declared), *_faults_of_ways(model, declared)]
    found += _faults_of_handling(declared)
    return [f"{model._meta.label}: {fault}" for fault in found]


def _faults_of_fields(model: type[Model], declared: Privacy) -> Iterator[str]:
    named, there = set(declared.named()), set(fields_of(model))
    yield from (f"says nothing of the field {one}" for one in sorted(there - named))
    yield from (f"has no field {one}" for one in sorted(named - there))
    own = {one for fields in declared.own.values() for one in fields}
    personal = own | set(declared.others)
    both = personal & set(declared.none)
    yield from (f"says that {one} is about people, and that it is not" for one in sorted(both))
    yield from (
        f"withholds {one}, which is not own" for one in sorted(set(declared.withheld) - own)
    )


def _faults_of_ways(model: type[Model], declared: Privacy) -> Iterator[str]:
    for way in declared.own:
        if way == SELF or way.startswith(SPECIAL):
            continue
        try:
            end_of(model, way)
        except FieldDoesNotExist:
            yield f"the way {way} leads nowhere"


def _faults_of_handling(declared: Privacy) -> Iterator[str]:
    if not declared.is_about_people:
        if declared.erase != Erase.NOTHING or declared.kept:
            yield "holds nothing of people, and says how that is erased or kept"
        return
    if not (declared.what and declared.why):
        yield "does not say what it is and what for"
    if declared.erase == Erase.NOTHING:
        yield "does not say what becomes of it when the person is erased"
    if (declared.erase == Erase.STAYS) != bool(declared.stays_because):
        yield "does not say why it stays, or says so of what does not stay"
    if declared.kept is None:
        yield "does not say how long it is kept"


def end_of(model: type[Model], way: str) -> Any:
    """The model at the end of a path of relations."""
    found: Any = model
    for step in () if way == SELF else way.split("__"):
        found = found._meta.get_field(step).related_model
        if found is None:
            raise FieldDoesNotExist(step)
    return found
