"""Somebody of another school, with every right there, when our own code forgets whose data it is.

The managers' filter is taken away: each query of the site then asks for the rows of every school.
On PostgreSQL the database must still show nothing. The control is the same without its rules.
"""

import pytest
from django.db import connection, models

from tests.factories import account_of, make_mandate, make_signed_member
from tests.fingerprint import everything
from tests.roles import AT_SCHOOL, CANARY, LONG_AGO, town_in
from tests.test_access import CELLS, OPEN_TO_ALL, visit
from zwerm.people import row_security
from zwerm.people.scope import SchoolManager, school_scope

pytestmark = pytest.mark.django_db

SLOW = {"scans:report_poster", "scans:poster"}
"""They print what the page of the report shows; each takes seconds."""


@pytest.fixture
def _unfiltered(monkeypatch):
    """Every manager answers for every school."""
    monkeypatch.setattr(SchoolManager, "get_queryset", models.Manager.get_queryset)


def without_rules():
    """The database as it would be without its wall; the test's transaction takes it back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in row_security.rules():
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def intruder(town):
    """Somebody who may do everything, at another school."""
    with school_scope(town.other):
        account = account_of(make_signed_member(town.other, name="Intruder"))
    for kind in AT_SCHOOL[1:]:
        make_mandate(account, kind, school=town.other, from_on=LONG_AGO)
    town.accounts["intruder"] = account
    return town.browser_of("intruder")


def tried(town):
    """What the intruder gets at every address: what was answered, written, and read."""
    browser = intruder(town)
    every = {(name, method) for name, method, *_rest in CELLS} - {(name, "GET") for name in SLOW}
    return {
        (name, method): visit(town, "elsewhere", browser, name, method)
        for name, method in sorted(every)
        if name not in OPEN_TO_ALL and not name.startswith("account_")
    }


def read_there(got):
    return {name for (name, _method), (*_, body) in got.items() if CANARY.encode() in body}


def found_there(town, got):
    """The addresses of things of the other school at which there was something."""
    about = {cell for cell in got if any(str(pk) in town.address(cell[0]) for pk in town.ids())}
    return {name for name, method in about if got[name, method][0] not in {"403", "404"}}


@pytest.mark.usefixtures("_unfiltered")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second wall")
@pytest.mark.parametrize("state", ["released"])
def test_postgresql_keeps_schools_apart_when_no_query_does(state):
    with town_in(state) as town:
        before = everything()
        got = tried(town)
        assert len(got) > 60
        assert read_there(got) == set()
        assert found_there(town, got) == set()
        with school_scope(town.school):
            assert everything_of(town.school, everything()) == everything_of(town.school, before)


def everything_of(school, rows):
    return {
        name: [row for row in every if row.get("school_id") == school.pk]
        for name, every in rows.items()
    }


@pytest.mark.usefixtures("_unfiltered")
def test_without_either_wall_the_other_school_lies_open():
    """The control, on both databases: then the same visits read names and change what they find."""
    with town_in("released") as town:
        if connection.vendor == "postgresql":
            without_rules()
        got = tried(town)
        assert read_there(got) >= {"people:staff", "scans:list", "scans:report", "people:member"}
        assert found_there(town, got) >= {"people:leave", "scans:comment_remove", "home:request"}
