"""Books in which nothing is changed or deleted, held by the database itself."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.factories import make_account
from zwerm.core.append_only import guard, guards_on, names_of, unguard
from zwerm.people.actions.log import Actor, forget, note
from zwerm.people.migrations import __name__ as people
from zwerm.people.models import SchoolLogLine
from zwerm.scans.migrations import __name__ as scans

LOG = __import__(f"{people}.0003_settings_log", fromlist=["LOG"]).LOG
BOOKS = [LOG, __import__(f"{scans}.0006_second_person", fromlist=["LOG"]).LOG]


@pytest.fixture
def line(school):
    account = make_account()
    note(school, by=Actor(account, "Farah"), setting="mandate", after="facilitator")
    return SchoolLogLine.objects.get()


def refused(act):
    with pytest.raises(IntegrityError, match="Nothing in this book"), transaction.atomic():
        act()


@pytest.mark.parametrize("book", BOOKS, ids=lambda one: one.table)
def test_the_triggers_stand_after_every_migration(db, book):
    assert guards_on(connection, [book.table]) == set(names_of(book))


@pytest.mark.parametrize("book", BOOKS, ids=lambda one: one.table)
def test_every_column_of_a_book_is_held(book):
    [model] = [one for one in apps.get_models() if one._meta.db_table == book.table]
    held = {*book.columns, *book.may_empty, *(book.forgets or ())}
    assert held == {field.column for field in model._meta.fields}


def test_no_line_is_changed_or_deleted(line):
    rows = SchoolLogLine.objects.filter(pk=line.pk)
    for change in (
        {"setting": "address"},
        {"before": "x"},
        {"after": ""},
        {"by_name": "Somebody else"},
        {"by": make_account()},
    ):
        refused(lambda change=change: rows.update(**change))
    refused(rows.delete)
    kept = SchoolLogLine.objects.get()
    assert (kept.by, kept.by_name, kept.after) == (line.by, "Farah", "facilitator")


def test_without_the_triggers_a_line_is_changed(line):
    """The test of the test: the same update is seen to succeed when nothing guards the table."""
    with connection.schema_editor() if connection.vendor == "postgresql" else outside() as editor:
        unguard(editor, LOG)
    SchoolLogLine.objects.update(after="nothing")
    assert SchoolLogLine.objects.get().after == "nothing"
    with connection.schema_editor() if connection.vendor == "postgresql" else outside() as editor:
        guard(editor, LOG)
    refused(lambda: SchoolLogLine.objects.update(after="again"))


def outside():
    """An editor within the transaction of the test: SQLite's own refuses to begin in one."""
    editor = connection.SchemaEditorClass(connection, atomic=False)
    editor.deferred_sql = []
    return Still(editor)


class Still:
    def __init__(self, editor):
        self.editor = editor

    def __enter__(self):
        return self.editor

    def __exit__(self, *fault):
        return None


def test_an_account_that_goes_takes_its_name_out_of_every_line(line):
    line.by.delete()

    kept = SchoolLogLine.objects.get()
    assert (kept.by, kept.by_name, kept.setting) == (None, "", "mandate")


def test_forgetting_somebody_leaves_what_was_changed(line, school):
    note(school, by=Actor(make_account(), "Noor"), setting="address")

    forget(school, [line.by])

    lines = SchoolLogLine.objects.order_by("setting").values_list("setting", "by_name")
    assert list(lines) == [("address", "Noor"), ("mandate", "")]
