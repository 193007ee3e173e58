"""All rows of a database as one file that any supported database can take back, exactly.

A zip with one text file for each table, its rows as JSON, and `about.json`: the migrations at which
it was made, and of each table the number of rows and the digest. Rows are read and written with the
models as they were at those migrations, so that a newer version can bring them up to date itself.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils.duration import duration_iso_string

FORMAT = 1
ABOUT = "about.json"
ROWS_AT_ONCE = 50
"""Few, since a row may hold a whole printed report."""

DAMAGE = (KeyError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a zip raises when bytes of it changed."""

Progress = Callable[[str, int, int], None]
"""Which table is begun, and how many of how many are done."""


class Unusable(Exception):
    """The file is no backup that this version can take back. The message says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an archive."""

    model: str
    rows: int
    sha256: str

    @property
    def file(self) -> str:
        return f"tables/{self.model}.jsonl"


@dataclass(frozen=True, slots=True)
class About:
    """What an archive says of itself."""

    made_at: str
    database: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


@contextmanager
def one_moment() -> Iterator[None]:
    """Within this block everything is read as it stands at one moment; nobody has to wait."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic(durable=True):
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield
            return
        # Django begins its transactions as writers, which would hold up every answer.
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def write(target: IO[bytes], *, left_out: Collection[str], progress: Progress) -> About:
    """Write every table but those `left_out` (`app.model`). Call it within `one_moment`."""
    migrations = applied_migrations()
    models = [model for model in models_at(migrations) if name_of(model) not in left_out]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = []
        for number, model in enumerate(models):
            progress(name_of(model), number, len(models))
            tables.append(write_table(archive, model))
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        about = About(made_at, connection.vendor, migrations, tables)
        archive.writestr(ABOUT, json.dumps(asdict(about), indent=1))
    return about


def write_table(archive: zipfile.ZipFile, model: type[Model]) -> Table:
    """One line with the names of the columns, then one for each row, in the order of the key."""
    columns = columns_of(model)
    rows, digest = 0, hashlib.sha256()
    with archive.open(f"tables/{name_of(model)}.jsonl", "w", force_zip64=True) as file:
        for line in lines_of(model, columns):
            file.write(line)
            digest.update(line)
            rows += 1
    return Table(name_of(model), rows - 1, digest.hexdigest())


def lines_of(model: type[Model], columns: list[str]) -> Iterator[bytes]:
    yield line_of(columns)
    found = model._base_manager.order_by("pk").values_list(*columns)
    for row in found.iterator(chunk_size=ROWS_AT_ONCE):
        yield line_of(row)


def line_of(values: Collection[Any]) -> bytes:
    text = json.dumps(list(values), default=as_text, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def as_text(value: Any) -> str:
    """What JSON lacks, so that `to_python` of the column reads it back without any loss."""
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, dt.timedelta):
        return duration_iso_string(value)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"a column holds a {type(value).__name__}, which no archive can hold yet")


def read_about(archive: zipfile.ZipFile) -> About:
    """What the archive says of itself.

    Raises:
        Unusable: it is no archive of ours, or of a later format.
    """
    try:
        said = json.loads(archive.read(ABOUT))
        if said["format"] > FORMAT:
            raise Unusable("It was made by a newer version of Zwerm. Bring this one up to date.")
        tables = [Table(**table) for table in said["tables"]]
        migrations = [(app, name) for app, name in said["migrations"]]
        return About(said["made_at"], said["database"], migrations, tables)
    except (*DAMAGE, TypeError, ValueError) as fault:
        raise Unusable("It is not a backup that Zwerm made, or it is damaged.") from fault


def check_whole(archive: zipfile.ZipFile, about: About, progress: Progress) -> None:
    """Read every table once, before anything is touched.

    Raises:
        Unusable: something is missing or differs from what was written.
    """
    for number, table in enumerate(about.tables):
        progress(table.model, number, len(about.tables))
        try:
            with archive.open(table.file) as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except DAMAGE as fault:
            raise Unusable(f"It is damaged: {table.model} cannot be read.") from fault
        if digest != table.sha256:
            raise Unusable(f"It is damaged: {table.model} is not as it was written.")


def read(archive: zipfile.ZipFile, about: About, progress: Progress) -> None:
    """Fill the tables, which stand at the migrations of the archive and are empty."""
    models = {name_of(model): model for model in models_at(about.migrations)}
    for number, table in enumerate(about.tables):
        progress(table.model, number, len(about.tables))
        with archive.open(table.file) as file:
            fill(models[table.model], file)
    reset_sequences(list(models.values()))


def fill(model: type[Model], file: IO[bytes]) -> None:
    """Write the rows of one table as they are: no default and no time of now comes in."""
    columns = json.loads(file.readline())
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    for field in fields.values():
        for automatic in ("auto_now", "auto_now_add"):
            if hasattr(field, automatic):
                setattr(field, automatic, False)  # this model is a copy, made for this archive
    batch: list[Model] = []
    for line in file:
        batch.append(row_of(model, fields, columns, line))
        if len(batch) == ROWS_AT_ONCE:
            model._base_manager.bulk_create(batch)
            batch = []
    model._base_manager.bulk_create(batch)


def row_of(model: type[Model], fields: dict[str, Any], columns: list[str], line: bytes) -> Model:
    """One row as it was.

    Raises:
        Unusable: its values are none that this table can hold.
    """
    try:
        values = zip(columns, json.loads(line), strict=True)
        return model(**{name: fields[name].to_python(value) for name, value in values})
    except (KeyError, TypeError, ValueError, ValidationError) as fault:
        raise Unusable(f"A row of {name_of(model)} is none that can be read.") from fault


def reset_sequences(models: list[type[Model]]) -> None:
    """Let the next row get a number that is not taken."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def name_of(model: type[Model]) -> str:
    return model._meta.label_lower


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]


def applied_migrations() -> list[tuple[str, str]]:
    """Every migration of this version that the database has had.

    Raises:
        Unusable: a newer version was here: what it added would be left out and not be missed.
    """
    loader = MigrationExecutor(connection).loader
    unknown = set(loader.applied_migrations) - set(loader.graph.nodes)
    if any(is_ours(app) for app, _name in unknown):
        raise Unusable("a newer version of Zwerm was here. Bring this one up to date.")
    return sorted(set(loader.applied_migrations) & set(loader.graph.nodes))


def is_ours(app: str) -> bool:
    """Others may have put several migrations together, whose old names are still written down."""
    names = {config.label: config.name for config in apps.get_app_configs()}
    return names.get(app, "").startswith("zwerm.")


def last_of_each(migrations: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last of these migrations in each app: the state that they lead to.

    Raises:
        Unusable: this version does not know one of them.
    """
    graph = MigrationExecutor(connection).loader.graph
    if unknown := sorted(set(migrations) - set(graph.nodes)):
        raise Unusable(
            f"It was made by another version of Zwerm, of which this one does not know "
            f"{unknown[0][0]} {unknown[0][1]}. Bring this one up to date."
        )
    there = set(migrations)
    return [
        key
        for key in sorted(there)
        if not any(child.key in there and child.key[0] == key[0] for child in node(graph, key))
    ]


def node(graph: Any, key: tuple[str, str]) -> Any:
    return graph.node_map[key].children


def models_at(migrations: Collection[tuple[str, str]]) -> list[type[Model]]:
    """The models as these migrations made them, those between two nouns too."""
    state = MigrationExecutor(connection).loader.project_state(last_of_each(migrations))
    every = state.apps.get_models(include_auto_created=True)
    kept = [model for model in every if model._meta.managed and not model._meta.proxy]
    return sorted(kept, key=name_of)
