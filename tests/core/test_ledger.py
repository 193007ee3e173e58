"""The ledger of what was erased: whole lines, each once, and only of what was really erased."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from zwerm.core import ledger
from zwerm.core.models import Erasure


def line(number: int) -> ledger.Line:
    return ledger.Line(str(uuid4()), "comment", f"{number} " * 500, "2026-11-24")


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_is_not_in_the_ledger() -> None:
    with transaction.atomic():
        ledger.note(ledger.Kind.COMMENT, "taken back")
        transaction.set_rollback(True)
    ledger.note(ledger.Kind.COMMENT, "happened")
    assert [one.what for one in ledger.read_lines()] == ["happened"]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_could_not_be_copied_is_copied_later(ledger_folder: Path) -> None:
    ledger_folder.write_text("a file where the folder should be")
    ledger.note(ledger.Kind.COMMENT, "one")
    assert Erasure.objects.count() == 1  # the erasure stands
    ledger_folder.unlink()
    assert ledger.write_out() == 1
    assert ledger.write_out() == 0
    assert [one.what for one in ledger.read_lines()] == ["one"]
    assert ledger.ledger_file().stat().st_mode & 0o777 == 0o600


def test_many_at_once_write_whole_lines_and_each_once() -> None:
    lines = [line(number) for number in range(40)]
    writers = [
        threading.Thread(target=ledger.add, args=(lines[start::4] + lines[:5],))
        for start in range(4)
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(one.id for one in ledger.read_lines()) == sorted(one.id for one in lines)


def test_without_a_file_there_is_no_line() -> None:
    assert ledger.read_lines() == []


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"id": "x", "kind": "comment", "what": "", "on": "2026-11-24"}']
)
def test_a_line_that_the_ledger_never_wrote_is_told(text: str) -> None:
    ledger.add([line(1)])
    with ledger.ledger_file().open("a") as opened:
        opened.write(text + "\n")
    with pytest.raises(ledger.Damaged, match=r"^Line 2 of the ledger"):
        ledger.read_lines()


def test_a_line_names_nobody() -> None:
    """What is in it: an id, a kind, keys and a day."""
    ledger.add([line(1)])
    [text] = ledger.ledger_file().read_text().splitlines()
    assert sorted(json.loads(text)) == ["id", "kind", "on", "what"]
