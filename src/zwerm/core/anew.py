"""A database built anew beside the one that is there, which it replaces once it is whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

IN_USE = "the database is in use. Stop the site and every worker first."
SIDE_FILES = ("-wal", "-shm", "-journal")


class InUse(Exception):
    """Somebody else is connected to the database that would be replaced."""

    def __init__(self) -> None:
        super().__init__(IN_USE)


@contextmanager
def built_anew() -> Iterator[None]:
    """Within this block the database is empty; at its end it replaces what was there.

    When anything fails, what was there is there still.

    Raises:
        InUse: the site or a worker runs.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            check_nobody_else()
            drop_everything()
            yield
        return
    with beside(Path(connection.settings_dict["NAME"])):
        yield


@contextmanager
def beside(file: Path) -> Iterator[None]:
    """Let the connection lead to a new file, and put that in the place of `file`."""
    new = file.with_name(f"{file.name}.new")
    file.parent.mkdir(parents=True, exist_ok=True)
    check_not_open(file)
    forget(new)
    connection.settings_dict["NAME"] = new
    try:
        new.touch(mode=0o600)
        yield
        connection.close()
        check_no_log(file)
        new.replace(file)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = file
        forget(new)


def check_not_open(file: Path) -> None:
    """Who closes the last connection takes the log away: when it stays, somebody is connected."""
    if file.exists():
        connection.ensure_connection()
        connection.close()
        check_no_log(file)


def check_no_log(file: Path) -> None:
    # A log of before beside a new file would be read into it.
    if file.with_name(f"{file.name}-wal").exists():
        raise InUse


def check_nobody_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename = current_user AND pid <> pg_backend_pid()"
        )
        [others] = cursor.fetchone()
    if others:
        raise InUse


def forget(file: Path) -> None:
    """A database file goes, with the files that SQLite puts beside it."""
    for ending in ("", *SIDE_FILES):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def drop_everything() -> None:
    """Drop every table and function of ours; another program's in the same database stay."""
    with connection.cursor() as cursor:
        if names := [connection.ops.quote_name(name) for name in our_tables()]:
            cursor.execute(f"DROP TABLE {', '.join(names)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = "
            "current_schema()::regnamespace AND pg_get_userbyid(p.proowner) = current_user "
            "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        functions = [function for (function,) in cursor.fetchall()]
        for function in functions:
            cursor.execute(f"DROP FUNCTION {function} CASCADE")


def our_tables() -> list[str]:
    """The tables that there are of any version: each begins with the name of an app."""
    begins = (*(f"{app.label}_" for app in apps.get_app_configs()), "django_", "zwerm_")
    return [name for name in connection.introspection.table_names() if name.startswith(begins)]


def bring_to(migrations: Collection[tuple[str, str]]) -> None:
    """Run the migrations up to these, and empty every table: what a migration put there, goes."""
    MigrationExecutor(connection).migrate(list(migrations))
    names = [name for name in our_tables() if name != "django_migrations"]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), names, allow_cascade=False):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            # A migration may ask of a key to be checked at once: rows come table by table.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def bring_up_to_date() -> None:
    """Check every foreign key, and run the migrations that are newer than the rows."""
    connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.check_constraints()
