"""Neither time nor order links an answer to a person: random ids, no moments, shuffled rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import make_account, make_school
from tests.scans.answered import (
    OPENED_ON,
    close,
    give,
    make_people,
    make_scan,
    release,
    roster,
)
from tests.scans.scans import invitation_of
from zwerm.core import clock
from zwerm.people.models import Member, School
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import link, sealed
from zwerm.scans.models import AnswerBlob, Comment, Invitation, Mirror, RosterEntry, Scan

SCANS, PEOPLE = 12, 14
NEAR_NOTHING = 0.35
"""Over twelve scans of fourteen people the mean of nothing lies within .08, two times in three."""


def physical(model: type[Any], column: str, scan: Scan) -> list[Any]:
    """The values of a column in the order in which the rows of a scan lie in their table."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    table = model._meta.db_table
    wanted = str(scan.pk) if connection.vendor == "postgresql" else scan.pk.hex
    with connection.cursor() as cursor:
        sql = f"SELECT {column} FROM {table} WHERE scan_id = %s ORDER BY {place}"  # noqa: S608
        cursor.execute(sql, [wanted])
        return [row[0] for row in cursor.fetchall()]


def by_slot(model: type[AnswerBlob | Mirror], scan: Scan) -> list[str]:
    """Whose boxes lie there, as somebody sees who has the key of the scan too."""
    names = {sealed.slot_of(scan, one): one.name for one in RosterEntry.objects.filter(scan=scan)}
    return [names[bytes(slot)] for slot in physical(model, "slot", scan)]


def rank_correlation(places: list[int]) -> float:
    n = len(places)
    mean = (n - 1) / 2
    top = sum((i - mean) * (place - mean) for i, place in enumerate(places))
    return top / sum((i - mean) ** 2 for i in range(n))


def follows(found: list[str], arrival: list[str]) -> float:
    return rank_correlation([arrival.index(one) for one in found])


def live(seed: int) -> tuple[Scan, list[str], dict[str, float]]:
    """A school whose people answer in turn: the scan, that order, and what follows it meanwhile."""
    school = make_school()
    with school_scope(school):
        staff = make_people(school, [PEOPLE])
        scan = make_scan(school, staff, has_comment=True)
        drawn = np.random.default_rng(seed).permutation(PEOPLE)
        entries = roster(scan, staff)
        arrival = [entries[place] for place in drawn]
        for place, entry in enumerate(arrival):
            give(scan, entry, named=[arrival[place - 1]], comment=entry.name[::-1])
            # As `actions.answering` notes it.
            Invitation.objects.filter(entry=entry).update(is_respondent=True, is_finished=True)
        names = [entry.name for entry in arrival]
        open_ = {one.__name__: follows(one(scan), names) for one in WHILE_OPEN}
        return scan, names, open_


def boxes(scan: Scan) -> list[str]:
    return by_slot(AnswerBlob, scan)


def mirrors(scan: Scan) -> list[str]:
    return by_slot(Mirror, scan)


def invitations(scan: Scan) -> list[str]:
    names = {one.address: one.entry.name for one in scan.invitations.select_related("entry")}
    return [names[address] for address in physical(Invitation, "address", scan)]


def comments(scan: Scan) -> list[str]:
    return [text[::-1] for text in physical(Comment, "text", scan)]


def boxes_by_key(scan: Scan) -> list[str]:
    """In the order of their keys, as an export would list them."""
    names = {sealed.slot_of(scan, one): one.name for one in RosterEntry.objects.filter(scan=scan)}
    rows = AnswerBlob.objects.filter(scan=scan).order_by("pk")
    return [names[bytes(one.slot)] for one in rows]


WHILE_OPEN = (boxes, invitations, boxes_by_key)
AFTERWARDS = (boxes, mirrors, invitations, comments, boxes_by_key)


def test_the_order_of_rows_tells_nothing_of_the_order_of_answers(db: None) -> None:
    """Over many scans, of every table that is written when somebody answers or because they did.

    The same measure on the same scans while they are open: there rows do lie as they came in.
    """
    before: list[dict[str, float]] = []
    after: list[dict[str, float]] = []
    for seed in range(SCANS):
        scan, arrival, while_open = live(seed)
        with school_scope(scan.school):
            release(close(scan))
            after.append({one.__name__: follows(one(scan), arrival) for one in AFTERWARDS})
        before.append(while_open)
    assert fmean(one["boxes"] for one in before) == 1
    if connection.vendor == "postgresql":
        assert fmean(one["invitations"] for one in before) == 1
    assert abs(fmean(one["boxes_by_key"] for one in before)) < NEAR_NOTHING
    found = {one.__name__: fmean(each[one.__name__] for each in after) for one in AFTERWARDS}
    assert {name: value for name, value in found.items() if abs(value) >= NEAR_NOTHING} == {}


def test_after_the_close_no_row_shows_that_it_was_ever_changed(school: School) -> None:
    """PostgreSQL puts a row that changes behind the others: who answered would stand last."""
    staff = make_people(school, [PEOPLE])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries[:6]:
        Invitation.objects.filter(entry=entry).update(is_respondent=True)
    close(scan)
    order = physical(Invitation, "address", scan)
    assert order == list(scan.invitations.order_by("pk").values_list("address", flat=True))


def test_boxes_get_new_keys_when_they_are_written_again(school: School) -> None:
    """Else an older copy of the database would lend them its order."""
    staff = make_people(school, [PEOPLE])
    scan = make_scan(school, staff)
    for entry in roster(scan, staff):
        give(scan, entry)
    before = set(AnswerBlob.objects.values_list("pk", flat=True))
    close(scan)
    assert not before & set(AnswerBlob.objects.values_list("pk", flat=True))
    assert AnswerBlob.objects.count() == PEOPLE


def every_row() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, also those of packages."""
    with crossing_schools("a test compares everything"):
        return {
            model.__name__: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models()
        }


def changed(before: Any, after: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows that are new or other than before, by table."""
    found = {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}
    return {name: rows for name, rows in found.items() if rows}


def moments(rows: dict[str, list[dict[str, Any]]]) -> set[str]:
    """The columns of these rows in which a day or a moment stands."""
    return {
        f"{name}.{column}"
        for name, every in rows.items()
        for row in every
        for column, value in row.items()
        if isinstance(value, dt.date)
    }


@pytest.fixture
def open_scan(school: School) -> tuple[Scan, list[Member]]:
    staff = make_people(school, [PEOPLE])
    return make_scan(school, staff), staff


def come_in(scan: Scan, entry: RosterEntry) -> Client:
    browser = Client()
    address = reverse("scans:with", args=[scan.pk, link.make_token(scan, invitation_of(entry))])
    assert browser.post(address).status_code == 302
    return browser


def tap(browser: Client, scan: Scan, question: str, **sent: str) -> None:
    address = reverse("scans:save", args=[scan.pk, question])
    assert browser.post(address, {**sent, "counter": "1"}).status_code == 200


def test_an_answer_leaves_no_moment_in_any_table(open_scan: tuple[Scan, list[Member]]) -> None:
    """By the pages themselves: coming in by the link, answering. Not even a session."""
    scan, staff = open_scan
    entry = roster(scan, staff)[3]
    with clock.at(OPENED_ON):
        before = every_row()
        browser = come_in(scan, entry)
        tap(browser, scan, "advice", nobody="on")
        after = every_row()
    found = changed(before, after)
    assert {name: len(rows) for name, rows in found.items()} == {"AnswerBlob": 1, "Invitation": 1}
    assert moments(found) == set()
    [box] = found["AnswerBlob"]
    assert set(box) == {"id", "school_id", "scan_id", "slot", "box"}
    assert box["id"].version == 4


def test_a_moment_that_is_kept_would_be_seen(open_scan: tuple[Scan, list[Member]]) -> None:
    """A fault is planted: each answer writes down the day on which it came."""
    scan, staff = open_scan
    entry = roster(scan, staff)[3]
    with clock.at(OPENED_ON):
        before = every_row()
        tap(come_in(scan, entry), scan, "advice", nobody="on")
        Invitation.objects.filter(entry=entry).update(last_mailed_on=clock.today())
        found = changed(before, every_row())
    assert moments(found) == {"Invitation.last_mailed_on"}


def test_answering_while_signed_in_moves_no_row_of_the_session(
    open_scan: tuple[Scan, list[Member]],
) -> None:
    scan, staff = open_scan
    account = make_account(email=staff[2].email)
    Member.objects.filter(pk=staff[2].pk).update(account=account)
    browser = Client()
    browser.force_login(account)
    with clock.at(OPENED_ON):
        browser.get(reverse("scans:ask", args=[scan.pk]))
        before = every_row()
        tap(browser, scan, "advice", nobody="on")
        found = changed(before, every_row())
    assert {name: len(rows) for name, rows in found.items()} == {"AnswerBlob": 1, "Invitation": 1}


def test_an_answer_writes_no_line_in_any_log(
    open_scan: tuple[Scan, list[Member]],
    caplog: pytest.LogCaptureFixture,
    ledger_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    scan, staff = open_scan
    caplog.set_level("DEBUG", "zwerm")
    with clock.at(OPENED_ON):
        browser = come_in(scan, roster(scan, staff)[3])
        tap(browser, scan, "advice", nobody="on")
        tap(browser, scan, "culture_1", value="3")
    assert [one.getMessage() for one in caplog.records] == []
    assert "".join(capsys.readouterr()) == ""
    assert [one for one in ledger_folder.rglob("*") if one.is_file()] == []
