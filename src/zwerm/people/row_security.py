"""The second wall between schools: PostgreSQL itself shows the rows of the school in scope only.

The first wall are the managers of `people.scope`. A query that goes around them (a plain manager,
raw SQL, a filter that was forgotten) finds nothing of another school here, and writes nothing
there. The rules follow from the models; they are put in place after every `migrate`. SQLite has no
such thing: there the managers stand alone.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from zwerm.core.postgresql.base import SETTING
from zwerm.core.scope import EVERYTHING
from zwerm.people.models import School
from zwerm.people.scope import SchoolOwned

POLICY = "rows_of_the_school_in_scope"

OPEN = {
    "people_account": "signs in at several schools, and before any school is known",
    "people_board": "has schools; holds a name",
    "people_school": "is what the scope is about; holds a name and a sector",
    "core_installation": "is about this installation",
    "core_work": "holds no personal data, and is found by a random key",
    "core_pulse": "is about this installation",
    "core_erasure": "holds only keys, and is done again at every school",
    "auth_group": "is not used",
    "auth_group_permissions": "is not used",
    "auth_permission": "is about the code",
    "django_content_type": "is about the code",
    "django_migrations": "is about the code",
    "django_session": "belongs to who signed in, and is found by a random key",
    "django_tasks_database_dbtaskresult": "is read by the worker, for every school",
    "account_emailaddress": "belongs to an account",
    "account_emailconfirmation": "belongs to an account",
    "mfa_authenticator": "belongs to an account",
    "socialaccount_socialaccount": "belongs to an account, and is found before any school is known",
    "socialaccount_socialapp": "is not used",
    "socialaccount_socialtoken": "is not used",
    "zwerm_cache": "holds counts of tries to sign in",
}
"""Each table without a rule, and why."""

SUPERUSER = (
    "PostgreSQL shows everything to the user of DATABASE_URL, who is a superuser or has BYPASSRLS. "
    "Give the site an ordinary user that owns its database (docs/admin/hosting.md)."
)

_NOW = f"(SELECT current_setting('{SETTING}', true))"
# In a SELECT of its own it is worked out once for a query, not once for a row.
_EVERY = f"{_NOW} = '{EVERYTHING}'"
_ONE = f"(SELECT nullif(nullif({_NOW}, '{EVERYTHING}'), '')::uuid)"


def rules() -> dict[str, str]:
    """Each table that holds a school's data, and which of its rows may be seen."""
    found = {model._meta.db_table: rule_of(model) for model in every_model()}
    return {table: rule for table, rule in found.items() if rule and table not in OPEN}


def every_model() -> list[type[models.Model]]:
    """Every model that has a table, those between two nouns too."""
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]


def rule_of(model: type[models.Model]) -> str:
    """Which rows of this table may be seen, in SQL; empty when nothing leads to a school.

    A row says itself whose it is, or follows what it belongs to: all of it must be seen.
    """
    keys = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    own = [key for key in keys if key.related_model is School]
    if own:
        return " AND ".join(f"({_EVERY} OR {of_school(key)})" for key in own)
    return " AND ".join(follows(model, key) for key in keys if is_owned(key.related_model))


def is_owned(model: Any) -> bool:
    return issubclass(model, SchoolOwned) or (
        model._meta.db_table not in OPEN and bool(rule_of(model))
    )


def of_school(key: models.ForeignKey[Any]) -> str:
    rule = f"{quoted(key.column)} = {_ONE}"
    return f"{quoted(key.column)} IS NULL OR {rule}" if key.null else rule


def follows(model: type[models.Model], key: models.ForeignKey[Any]) -> str:
    """The row that this one belongs to can be seen: its table has a rule of its own."""
    there, table = key.related_model._meta, quoted(model._meta.db_table)
    rule = (
        f"EXISTS (SELECT FROM {quoted(there.db_table)} belongs_to "
        f"WHERE belongs_to.{quoted(there.pk.column)} = {table}.{quoted(key.column)})"
    )
    return f"({quoted(key.column)} IS NULL OR {rule})" if key.null else rule


def quoted(name: str | None) -> str:
    assert name
    return connection.ops.quote_name(name)


def put_in_place() -> None:
    """Bring the rules of the database in line with the models; what is right is not touched."""
    if connection.vendor != "postgresql":
        return
    wanted, there = rules(), rules_there()
    tables = set(connection.introspection.table_names())
    for table in sorted(tables & (wanted.keys() | there.keys())):
        if wanted.get(table) != there.get(table):
            renew(table, wanted.get(table))


def renew(table: str, rule: str | None) -> None:
    how = ("ENABLE", "FORCE") if rule else ("DISABLE", "NO FORCE")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {quoted(table)}")
        for one in how:
            # Forced: else the owner of a table, which is the site itself, sees all of it.
            cursor.execute(f"ALTER TABLE {quoted(table)} {one} ROW LEVEL SECURITY")
        if rule:
            cursor.execute(f"CREATE POLICY {POLICY} ON {quoted(table)} USING ({rule})")
            # PostgreSQL gives a rule back in other words: what was meant is kept beside it.
            cursor.execute(f"COMMENT ON POLICY {POLICY} ON {quoted(table)} IS %s", [rule])


def rules_there() -> dict[str, str]:
    """Each table of the database with a rule that is in force, and that rule as it was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p "
            "JOIN pg_class c ON c.oid = p.polrelid "
            "WHERE p.polname = %s AND c.relnamespace = current_schema()::regnamespace "
            "AND c.relrowsecurity AND c.relforcerowsecurity",
            [POLICY],
        )
        return dict(cursor.fetchall())


def faults(through: BaseDatabaseWrapper = connection) -> list[str]:
    """What keeps this wall from standing, in sentences; nothing on SQLite, which has none."""
    if through.vendor != "postgresql":
        return []
    found = [SUPERUSER] if sees_everything(through) else []
    there = rules_there()
    if wrong := sorted(table for table, rule in rules().items() if there.get(table) != rule):
        found.append(
            f"{len(wrong)} tables have no rule, or an old one ({wrong[0]}). Run: zwerm migrate"
        )
    return found


def sees_everything(through: BaseDatabaseWrapper = connection) -> bool:
    """The user of this connection goes through the wall: superusers do, whatever a table says."""
    with through.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        [is_through] = cursor.fetchone()
    return bool(is_through)
