"""Three schools that know nothing of each other, with a word of its own in every text of each."""

from __future__ import annotations

import copy
import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.factories import account_of, make_signed_member
from tests.roles import ROLES, Town
from tests.scans.scans import make_ready_draft
from zwerm.core import clock
from zwerm.people.models import Account, Board, Mandate, Member, Post, Role, School, SchoolLogLine
from zwerm.people.scope import SchoolOwned, crossing_schools, school_scope
from zwerm.scans.actions import expecting
from zwerm.scans.models import LedgerLine, Scan

TODAY = dt.date(2026, 11, 30)
WORDS = ("kanarie7q", "kanarie3x", "kanarie9z")
"""None is part of another one, and somebody may search for what they begin with."""
BEGINNING = "kanarie"

NOT_WORDS = {
    "language": "nl or en",
    "sector": "one of three",
    "form": "one of the forms that ship",
    "mode": "one of two",
    "figure": "one of four",
    "wording": "the version of the sentences",
    "withheld_reason": "one of the reasons that ship",
    "kind": "one of some",
    "state": "one of some",
    "status": "one of some",
    "decision": "one of three",
    "obtained": "one of some",
    "direction": "one of two",
    "setting": "the name of a setting",
    "settings": "names of settings",
    "digest": "of what it stands beside",
    "agreements": "the digest of the agreements",
    "nonce": "random",
    "password": "there is none",
    "text": "of a report: figures, and fixed; of questions: read as YAML; of a comment: planted",
}
"""Fields of text that hold no words of anybody, by name, and why."""

OPENED_ON = {"open": dt.date(2026, 11, 23), "closed": dt.date(2026, 11, 9)}
IDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class ThreeSchools:
    """A school with a report, one that is asked and one that waits; each prepares another scan."""

    def __init__(self) -> None:
        states = ("released", "open", "closed")
        self.towns = [make_town(*one) for one in zip(states, WORDS, strict=True)]
        self.add_somebody_of_two()
        self.browsers = [{role: town.browser_of(role) for role in ROLES} for town in self.towns]

    def add_somebody_of_two(self) -> None:
        """At the first school works somebody who also works at the second: they may see both."""
        first, second = self.towns[:2]
        with school_scope(first.school):
            account = account_of(make_signed_member(first.school, name=f"{WORDS[0]} both"))
        with school_scope(second.school):
            Member.objects.create(
                school=second.school, name=f"{WORDS[1]} both", email=account.email, account=account
            )
        for town in self.towns:
            town.accounts["elsewhere"] = account

    def may_see(self, at: int, role: str) -> set[str]:
        """The words that this role at this school may read somewhere."""
        if role == "operator":
            return set()
        return {WORDS[0], WORDS[1]} if role == "elsewhere" else {WORDS[at]}


def make_town(state: str, word: str) -> Town:
    opened = {"opened_on": OPENED_ON[state]} if state in OPENED_ON else {}
    with clock.at(TODAY):
        town = Town(state, word, has_comment=True, **opened)
        with school_scope(town.school):
            add_what_is_rare(town)
        plant(town)
    return town


def add_what_is_rare(town: Town) -> None:
    school, by = town.school, town.accounts["facilitator"]
    town.draft = make_ready_draft(school, by=by)
    Post.objects.create(school=school, member=town.member, sector="vo", from_on=TODAY)
    Role.objects.create(school=school, member=town.member, name="mentor", from_on=TODAY)
    LedgerLine.objects.create(school=school, scan=town.draft, what="test", reason="test")
    SchoolLogLine.objects.create(
        school=school, setting="address", by_name="x", before="x", after="x"
    )
    if town.state == "released":
        expecting.record_expectation(
            town.scan,
            figure="reciprocity",
            direction="risen",
            note="more",
            by=by,
            by_name="Farah",
        )


# --- a word in every text ---


def plant(town: Town) -> None:
    """Put the word of this school into each text that it keeps, before what stood there."""
    with crossing_schools("the test plants its words"):
        for model in owned():
            fields = texts_of(model)
            for row in model._base_manager.filter(school=town.school) if fields else ():
                put(row, {field.attname: worded(town.word, field, row) for field in fields})
        for name, where in (("board", Board), ("school", School)):
            key = town.school.pk if where is School else town.school.board_id
            where._base_manager.filter(pk=key).update(name=f"{town.word} {name}")
        for account in town.accounts.values():
            Account.objects.filter(pk=account.pk).update(email=f"{town.word}.{account.email}")


def put(row: models.Model, texts: dict[str, str]) -> None:
    """Change these texts; in a book in which nothing changes, write such a line beside it."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**texts)
    except DatabaseError:
        line = copy.copy(row)
        line.pk, line._state.adding = uuid4(), True
        for name, text in {**texts, "setting": "title"}.items():
            setattr(line, name, text)
        line.save(force_insert=True)


def owned() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if issubclass(one, SchoolOwned)]


def texts_of(model: type[models.Model]) -> list[Any]:
    """The fields of a model in which somebody's words may stand."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and field.name not in NOT_WORDS
    ]


def worded(word: str, field: Any, row: models.Model) -> str:
    before = str(getattr(row, field.attname))
    if word in before:
        return before
    if isinstance(field, models.EmailField):
        return f"{word}.{before}" if before else ""
    return f"{word} {before or row.pk}"[: field.max_length]


def texts_without_a_word() -> set[str]:
    """The fields of text in which no school has its word."""
    missing = set()
    with crossing_schools("the test looks whether its words stand everywhere"):
        for model in owned():
            for field in texts_of(model):
                there = {f"{field.name}__contains": BEGINNING}
                if not model._base_manager.filter(**there).exists():
                    missing.add(f"{model.__name__}.{field.name}")
    return missing


# --- what is read of it ---


def read_of(response: Any) -> str:
    """Everything that an answer tells: its headers, its text, and what lies packed in a file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    told = [f"{name}: {value}" for name, value in response.headers.items()]
    told += [str(cookie) for cookie in response.cookies.values()]
    return "\n".join([*told, *unpacked(content)]).lower()


def unpacked(content: bytes) -> Iterator[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as file:
            yield from (file.read(name).decode("utf-8", "replace") for name in file.namelist())
    else:
        yield content.decode("utf-8", "replace")


def words_in(text: str) -> set[str]:
    return {word for word in WORDS if word in text.lower()}


def schools_of_keys(keys: set[str]) -> dict[str, Any]:
    """For each of these keys of rows the school that it is of; None for what is of no school."""
    found: dict[str, Any] = dict.fromkeys(keys)
    with crossing_schools("the test looks whose keys were told"):
        every: list[type[models.Model]] = [*owned(), Mandate]
        for model in every:
            if isinstance(model._meta.pk, models.UUIDField):
                rows = model._base_manager.filter(pk__in=keys).values_list("pk", "school_id")
                found |= {str(key): school for key, school in rows}
    return found | {str(one.pk): one.pk for one in School.objects.filter(pk__in=keys)}


def scans_of(town: Town) -> list[Scan]:
    return [town.scan, town.draft]
