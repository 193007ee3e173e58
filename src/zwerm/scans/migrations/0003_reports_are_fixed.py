"""A report is fixed in the database too: its snapshot and its files refuse every update.

A later migration that rebuilds one of these tables on SQLite (AlterField does) drops its trigger
there, and has to call `fix` again.
"""

from typing import Any

from django.db import migrations

TABLES = ("scans_snapshot", "scans_reportfile")
FAULT = "A report is fixed once it is made."

FUNCTION = f"""
CREATE OR REPLACE FUNCTION scans_report_is_fixed() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{FAULT}'; END;
$$ LANGUAGE plpgsql
"""


def fix(_apps: Any, schema_editor: Any) -> None:
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if not on_sqlite:
        schema_editor.execute(FUNCTION)
    act = f"BEGIN SELECT RAISE(ABORT, '{FAULT}'); END"
    if not on_sqlite:
        act = "FOR EACH ROW EXECUTE FUNCTION scans_report_is_fixed()"
    for table in TABLES:
        schema_editor.execute(f"CREATE TRIGGER {table}_is_fixed BEFORE UPDATE ON {table} {act}")


def loosen(_apps: Any, schema_editor: Any) -> None:
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        on_table = "" if on_sqlite else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_is_fixed{on_table}")
    if not on_sqlite:
        schema_editor.execute("DROP FUNCTION scans_report_is_fixed()")


class Migration(migrations.Migration):
    dependencies = [("scans", "0002_knows_extension")]

    operations = [migrations.RunPython(fix, loosen)]
