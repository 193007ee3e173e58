"""What is known of one person, read from the declarations beside the models and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zwerm.core.privacy import SELF, SPECIAL, Privacy, Words, end_of
from zwerm.people.borrowed import BORROWED
from zwerm.people.models import Account, Member
from zwerm.people.scope import crossing_schools

PEOPLE = (Account, Member)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in, with their place on every staff list."""

    account: Account
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of one row: for machines, and as people say it."""

    name: str
    label: str
    value: Any
    said: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything of one model that is about this person, and why it is there and how long."""

    model: str
    what: str
    why: str
    kept: str
    rows: tuple[tuple[Fact, ...], ...]
    left_out: tuple[str, ...]
    """What is known and not handed out, each with its reason."""


def person_of(account: Account) -> Person:
    """The person of an account, at every school; one query."""
    with crossing_schools("somebody reads what is known of them, at every school"):
        return Person(account, tuple(Member.objects.filter(account=account)))


def privacy_of(model: type[Model]) -> Privacy | None:
    """The declaration of a model, ours or of a package; None when there is none."""
    declared = getattr(model, "privacy", None)
    return declared if isinstance(declared, Privacy) else BORROWED.get(model._meta.label)


def declared() -> Iterator[tuple[type[Model], Privacy]]:
    """Every model with its declaration, in one order: from what is nearest to a person on."""
    for model in sorted(apps.get_models(), key=place_of):
        found = privacy_of(model)
        if found is not None:
            yield model, found


def place_of(model: type[Model]) -> tuple[int, int]:
    """Ours in the order of their rooms, those of packages last; each as its room has them."""
    rooms = ["people", "scans", "core"]
    label = model._meta.app_label
    place = rooms.index(label) if label in rooms else len(rooms)
    return place, list(apps.get_app_config(label).get_models()).index(model)


def records_of(person: Person) -> Iterator[Record]:
    """What is known of `person`, by model and by the way from there to them.

    What only code can find is not among it.
    """
    with crossing_schools("somebody reads what is known of them, at every school"):
        for model, privacy in declared():
            for way, fields in privacy.own.items():
                rows = [] if way.startswith(SPECIAL) else rows_of(model, way, person)
                facts = [facts_of(row, fields, privacy, person) for row in rows]
                if facts:
                    yield record(model, privacy, facts)


def record(model: type[Model], privacy: Privacy, rows: list[tuple[Fact, ...]]) -> Record:
    """The rows of a model with what its declaration says of them."""
    labels = {name: label for fields in privacy.own.values() for name, label in fields.items()}
    return Record(
        model=model._meta.label,
        what=str(privacy.what),
        why=str(privacy.why),
        kept=str(privacy.kept.words) if privacy.kept else "",
        rows=tuple(rows),
        left_out=tuple(f"{labels[one]}: {why}" for one, why in privacy.withheld.items()),
    )


def rows_of(model: type[Model], way: str, person: Person) -> QuerySet[Any]:
    """The rows of a model that lead to this person by `way`; one query."""
    end = end_of(model, way)
    keys = [person.account.pk] if end is Account else [one.pk for one in person.members]
    if end not in PEOPLE:
        raise ValueError(f"{model._meta.label}: {way} leads to {end.__name__}, who is nobody")
    single = [one.name for one in model._meta.fields if isinstance(one, ForeignKey)]
    rows = model._default_manager.select_related(*single)
    path = "pk" if way == SELF else way
    return rows.filter(**{f"{path}__in": keys}).order_by("pk").distinct()


def facts_of(row: Model, fields: Any, privacy: Privacy, person: Person) -> tuple[Fact, ...]:
    """What one row says of this person: every own field that may be handed out."""
    names = [one for one in fields if one not in privacy.withheld]
    return tuple(fact(row, name, fields[name], person) for name in names)


def fact(row: Model, name: str, label: Words, person: Person) -> Fact:
    value = value_of(row, name, person)
    shown = getattr(row, f"get_{name}_display", None)
    return Fact(name, str(label), plain(value), str(shown()) if shown else said(value))


def value_of(row: Model, name: str, person: Person) -> Any:
    """The value of a field. Of a list of people only whether this person is on it."""
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if not isinstance(field, ManyToManyField):
        return value
    if field.related_model is Member:
        return any(one in person.members for one in value.all())
    return [str(one) for one in value.all()]


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | str | list):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Model | UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be handed out: declare it as withheld")


def said(value: Any) -> str:
    """A value as people say it."""
    if value is None or value == "":
        return _("not filled in")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return ", ".join(value) if isinstance(value, list) else str(value)


def sessions_of(person: Person) -> list[Session]:
    """The sessions in which this person is signed in; one query."""
    key = str(person.account.pk)
    rows = Session.objects.filter(expire_date__gt=timezone.now()).order_by("expire_date")
    return [one for one in rows if one.get_decoded().get("_auth_user_id") == key]
