"""Tables that only grow: the database itself refuses to change or delete a row.

What is left is that a row forgets a person, and that a relation to something that is gone empties.
A later migration that rebuilds such a table on SQLite (AlterField does) drops the triggers there,
and has to call `guard` again; `tests/core/test_append_only.py` finds out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FAULT = "Nothing in this book is changed or deleted."
FUNCTION = "zwerm_only_grows"
EMPTYING = "zwerm_forgets_name"


@dataclass(frozen=True, slots=True)
class Guarded:
    """One table that only grows."""

    table: str
    columns: tuple[str, ...]
    """Those that never change."""
    may_empty: tuple[str, ...] = ()
    """Relations that may become null, when what they lead to is gone."""
    forgets: tuple[str, str] | None = None
    """A relation to an account, and the column with its name, which empties when that does."""


def guard(editor: BaseDatabaseSchemaEditor, one: Guarded) -> None:
    """Put the triggers on a table."""
    on_sqlite = editor.connection.vendor == "sqlite"
    for statement in on_sqlite_(one) if on_sqlite else on_postgresql(one):
        editor.execute(statement)


def unguard(editor: BaseDatabaseSchemaEditor, one: Guarded) -> None:
    """Take them off again."""
    on_table = "" if editor.connection.vendor == "sqlite" else f" ON {one.table}"
    for name in names_of(one):
        editor.execute(f"DROP TRIGGER {name}{on_table}")


def names_of(one: Guarded) -> list[str]:
    """What the triggers of a table are called."""
    kinds = ["is_not_changed", "is_not_deleted"] + ["forgets"] * (one.forgets is not None)
    return [f"{one.table}_{kind}" for kind in kinds]


def changed(one: Guarded, same: str) -> str:
    """The condition, in SQL, under which an update changes more than it may."""
    empties = [*one.may_empty, *(one.forgets or ())[:1]]
    held = [f"NEW.{name} {same} OLD.{name}" for name in one.columns]
    held += [f"(NEW.{name} {same} OLD.{name} OR NEW.{name} IS NULL)" for name in empties]
    if one.forgets:
        name = one.forgets[1]
        held.append(f"(NEW.{name} {same} OLD.{name} OR NEW.{name} = '')")
    return f"NOT ({' AND '.join(held)})"


def on_sqlite_(one: Guarded) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{FAULT}'); END"
    update, delete, *forget = names_of(one)
    yield f"CREATE TRIGGER {update} BEFORE UPDATE ON {one.table} WHEN {changed(one, 'IS')} {refuse}"
    yield f"CREATE TRIGGER {delete} BEFORE DELETE ON {one.table} {refuse}"
    if one.forgets:
        who, name = one.forgets
        # The names come from a migration, never from outside.
        empty = f"UPDATE {one.table} SET {name} = '' WHERE id = NEW.id"  # noqa: S608
        yield (
            f"CREATE TRIGGER {forget[0]} AFTER UPDATE ON {one.table} "
            f"WHEN NEW.{who} IS NULL AND OLD.{who} IS NOT NULL AND NEW.{name} <> '' "
            f"BEGIN {empty}; END"
        )


def on_postgresql(one: Guarded) -> Iterator[str]:
    update, delete, *forget = names_of(one)
    yield (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{FAULT}' USING ERRCODE = 'integrity_constraint_violation'; END; "
        "$$ LANGUAGE plpgsql"
    )
    act = f"EXECUTE FUNCTION {FUNCTION}()"
    when = f"WHEN ({changed(one, 'IS NOT DISTINCT FROM')})"
    yield f"CREATE TRIGGER {update} BEFORE UPDATE ON {one.table} FOR EACH ROW {when} {act}"
    yield f"CREATE TRIGGER {delete} BEFORE DELETE ON {one.table} FOR EACH ROW {act}"
    if one.forgets:
        who, name = one.forgets
        function = f"{EMPTYING}_{one.table}"
        yield (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ "
            f"BEGIN NEW.{name} := ''; RETURN NEW; END; $$ LANGUAGE plpgsql"
        )
        # Triggers run in the order of their names: after the one that refuses.
        yield (
            f"CREATE TRIGGER {forget[0]} BEFORE UPDATE ON {one.table} FOR EACH ROW "
            f"WHEN (NEW.{who} IS NULL AND OLD.{who} IS NOT NULL) EXECUTE FUNCTION {function}()"
        )


def guards_on(connection: object, tables: Collection[str]) -> set[str]:
    """The names of the triggers that stand on these tables now."""
    vendor = getattr(connection, "vendor", "")
    query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    if vendor == "postgresql":
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal"
        )
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(query)
        return {name for name, table in cursor.fetchall() if table in tables}
