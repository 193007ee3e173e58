"""Who takes the database or a backup reads no answers; after a purge nothing opens at all."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import serializers
from django.db import connection
from django.db.models import Model

from tests.attacks.waves import lived
from tests.scans.answered import (
    CLOSES_ON,
    DAY,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    roster,
)
from zwerm.core import archive, clock, sealing
from zwerm.core.errors import Refused
from zwerm.home.backup import LEFT_OUT
from zwerm.people.models import School
from zwerm.people.scope import crossing_schools
from zwerm.scans import jobs, sealed
from zwerm.scans.models import AnswerBlob, Mirror, RosterEntry, Scan, ScanKey
from zwerm.scans.sealed import Answers, Given

CANARY = "Canary-in-a-coal-mine"
SEALED_TABLE = "scans_answerblob"
Dump = dict[str, list[dict[str, str]]]


def dump() -> Dump:
    """Every cell of every table there is, by the database itself."""
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(readable, row), strict=True)) for row in cursor.fetchall()]
            found[table] = sorted(rows, key=str)
    return found


def readable(cell: Any) -> str:
    """A cell as a thief would search it: bytes as they are."""
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("latin-1")
    return str(cell)


def without_boxes(found: Dump) -> Dump:
    """The same without what is random in a box: its key and its cipher."""
    boxes = [{**row, "id": "", "box": str(len(row["box"]))} for row in found[SEALED_TABLE]]
    return {**found, SEALED_TABLE: sorted(boxes, key=str)}


def words_in(found: Dump) -> str:
    return "\n".join(cell for rows in found.values() for row in rows for cell in row.values())


def backup() -> str:
    """The backup file, unpacked."""
    target = BytesIO()
    with crossing_schools("a test makes a backup"):
        archive.write(target, left_out=LEFT_OUT, progress=lambda *_done: None)
    with ZipFile(target) as packed:
        return "\n".join(packed.read(name).decode("latin-1") for name in packed.namelist())


@pytest.fixture
def open_scan(school: School) -> tuple[Scan, list[RosterEntry]]:
    staff = make_people(school, [12])
    scan = make_scan(school, staff, has_comment=True)
    answer_all(scan, staff, comment=CANARY)
    return scan, roster(scan, staff)


def naming(*others: RosterEntry, comment: str = CANARY) -> Answers:
    named = {"named": [one.number for one in others], "may_know": []}
    return Answers({"advice": Given(1, named), "comment": Given(1, comment)})


def test_a_dump_is_the_same_whatever_somebody_answers(
    open_scan: tuple[Scan, list[RosterEntry]],
) -> None:
    """Every cell of every table: but for the cipher of one box, which has one size."""
    scan, (entry, *others) = open_scan
    tried = (naming(), naming(others[0]), naming(*others[3:]), naming(others[1], comment="x"))
    first, *rest = (lived(scan, entry, one, lambda _scan: without_boxes(dump())) for one in tried)
    assert [one == first for one in rest] == [True] * len(rest)


def test_a_column_in_plain_text_would_be_seen(
    open_scan: tuple[Scan, list[RosterEntry]],
) -> None:
    """A fault is planted: the roster remembers whom somebody named, and a comment stands there."""
    scan, (entry, *others) = open_scan

    def leaking(fresh: Scan) -> Dump:
        answers = sealed.read_answers(fresh, entry)
        assert answers
        told = f"{answers.answer('advice')['named']} {answers.answer('comment')}"
        RosterEntry.objects.filter(pk=entry.pk).update(team_name=told)
        return without_boxes(dump())

    one, two = (lived(scan, entry, naming(who), leaking) for who in others[:2])
    assert [table for table in one if one[table] != two[table]] == ["scans_rosterentry"]
    assert CANARY in words_in(one)


def test_no_answer_stands_in_a_dump_or_a_backup(open_scan: tuple[Scan, list[RosterEntry]]) -> None:
    scan, (entry, *_others) = open_scan
    answers = sealed.read_answers(scan, entry)
    assert CANARY in json.dumps(answers and answers.to_json())
    found, kept = words_in(dump()), backup()
    assert entry.name in found
    assert entry.name in kept
    given = (answers or naming()).to_json()["q"]["advice"]
    told = [CANARY, json.dumps(given), json.dumps(given, separators=(",", ":"))]
    assert [word for word in told if word in found or word in kept] == []


def test_boxes_of_equal_answers_have_nothing_in_common(
    open_scan: tuple[Scan, list[RosterEntry]],
) -> None:
    scan, entries = open_scan
    for entry in entries:
        sealed.write_answers(scan, entry, naming(entries[0]))
    boxes = [bytes(one.box) for one in AnswerBlob.objects.all()]
    assert len({len(box) for box in boxes}) == 1
    pieces = [box[i : i + 8] for box in boxes for i in range(0, len(box) - 8, 8)]
    assert len(set(pieces)) == len(pieces)
    plain = [json.dumps(naming(entries[0]).to_json()).encode()] * 2
    repeated = [one[i : i + 8] for one in plain for i in range(0, len(one) - 8, 8)]
    assert len(set(repeated)) < len(repeated)


def test_no_name_number_or_mirror_stands_readable_after_the_release(
    open_scan: tuple[Scan, list[RosterEntry]],
) -> None:
    release(close(open_scan[0]))
    sealed_away: list[AnswerBlob | Mirror] = [*AnswerBlob.objects.all(), *Mirror.objects.all()]
    assert len(sealed_away) == 24
    raw = b"".join(bytes(one.slot) + bytes(one.box) for one in sealed_away)
    words = (CANARY, "named", "may_know", "known", "band")
    assert [one for one in words if one.encode() in raw] == []


def test_the_whole_database_opens_nothing_without_the_servers_key(
    open_scan: tuple[Scan, list[RosterEntry]], settings: Any
) -> None:
    """Whoever takes the whole database has the wrapped key too, and not what opens it."""
    scan, (entry, *_others) = open_scan
    release(close(scan))
    assert sealed.read_answers(scan, entry)
    settings.SEAL_KEY = "the key of another server, thirty-two bytes"
    for read in (sealed.read_answers, sealed.read_mirror):
        with pytest.raises(sealing.Unsealable):
            read(scan, entry)


def rows_of(*models: type[Model]) -> str:
    """Every row of these tables, as it stands now."""
    rows = [row for one in models for row in one._default_manager.all()]
    found: str = serializers.serialize("json", rows)
    return found


def put_back(rows: str) -> None:
    for one in serializers.deserialize("json", rows):
        one.object._state.adding = False  # over what stands there, else as a new row
        one.object.save()


def test_a_backup_of_before_opens_nothing_once_the_key_is_gone(
    open_scan: tuple[Scan, list[RosterEntry]],
) -> None:
    """A backup as `zwerm backup` makes it: every table but the keys."""
    scan, (entry, *_others) = open_scan
    release(close(scan))
    stolen = rows_of(Scan, AnswerBlob, Mirror)
    with_keys = rows_of(ScanKey)
    with clock.at(CLOSES_ON + 500 * DAY):
        jobs.purge_due()
    assert SEALED_TABLE in dump()
    assert dump()[SEALED_TABLE] == dump()["scans_scankey"] == []

    put_back(stolen)

    scan = Scan.objects.get(pk=scan.pk)
    assert (scan.has_key, AnswerBlob.objects.count()) == (True, 12)
    for read in (sealed.read_answers, sealed.read_mirror):
        with pytest.raises(Refused, match="have been destroyed"):
            read(scan, entry)
    put_back(with_keys)  # had the key been in it, everything would open
    assert sealed.read_answers(Scan.objects.get(pk=scan.pk), entry) is not None
