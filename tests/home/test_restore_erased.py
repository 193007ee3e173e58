"""What was erased after a backup was made stays erased, whichever way that backup comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import connection

from tests.home.keeping import place
from tests.home.lived import Lived, kept, lived_school, state
from tests.scans.answered import close, release, roster
from zwerm.core import clock, ledger, sealing
from zwerm.core.models import Erasure
from zwerm.home import actions, again
from zwerm.people.actions import accounts, school_links, second_step, staff
from zwerm.people.models import Account, Mandate, Member
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import jobs, sealed
from zwerm.scans.actions import answering, moderating, opening, releasing
from zwerm.scans.models import Comment, RosterEntry, Scan, ScanKey

pytestmark = pytest.mark.django_db(transaction=True)

HERE = connection.vendor


def erase_one_of_each(lived: Lived) -> None:
    """Somebody withdraws, somebody takes "may know" back, and so on, after the backup."""
    first = roster(lived.first, lived.staff)
    second = roster(lived.second, lived.staff)
    releasing.erase_own(lived.first, entry=first[3])
    releasing.change_may_know(lived.first, entry=first[1], may_know=[])
    answering.withdraw(lived.second, entry=second[2], through_roster_address=True)
    moderating.remove_comment(Comment.objects.order_by("text")[0])
    answering.change_being_named(lived.staff[5], may_be_named=False)
    accounts.end_mandate(Mandate.objects.get())
    second_step.take_away(Authenticator.objects.get())
    school_links.unlink(SocialAccount.objects.get(), name="School")
    staff.leave(lived.staff[6])
    staff.leave(lived.staff[7])
    actions.erase_person(Member.objects.get(pk=lived.staff[7].pk))


def test_each_erasure_after_the_backup_is_done_again(tmp_path: Path) -> None:
    lived = lived_school()
    file, _keys = kept(tmp_path)
    with_everything, before = state(), Erasure.objects.count()
    with school_scope(lived.school):
        erase_one_of_each(lived)
    erased = state()
    _later, keys = kept(tmp_path, "later")
    assert {line.kind for line in ledger.read_lines()} == set(again.AGAIN) - {ledger.Kind.SCAN}
    with place(HERE, tmp_path / "there") as there:
        found = there.restored(file, "--keys", keys, ask="state()")
        count = Erasure.objects.count() - before
        assert f"What was erased since then and is erased again: {count}." in there.said
        assert there.answer == erased != with_everything
        assert len(found["core.erasure"]) == Erasure.objects.count()
        there.restored(file, "--keys", keys, "--replace", ask="state()")
        assert there.answer == erased
    # The test of the test: were nothing erased again, it would all be back.
    told = json.loads(keys.read_text())
    empty = tmp_path / "keys" / "empty.json"
    empty.write_text(json.dumps({**told, "ledger": []}))
    with place(HERE, tmp_path / "elsewhere") as elsewhere:
        elsewhere.restored(file, "--keys", empty, ask="state()")
        assert elsewhere.answer == with_everything


def test_who_answered_again_after_withdrawing_keeps_the_later_answers(tmp_path: Path) -> None:
    """The backup was made after that: what stands in the ledger is in the backup as well."""
    lived = lived_school()
    with school_scope(lived.school):
        entry = roster(lived.second, lived.staff)[2]
        answering.withdraw(lived.second, entry=entry, through_roster_address=True)
        answering.answer_question(
            lived.second,
            entry=entry,
            question="advice",
            answer={"named": [], "may_know": []},
            counter=None,
            through_roster_address=True,
        )
    before = state()
    file, keys = kept(tmp_path)
    with place(HERE, tmp_path / "there") as there:
        there.restored(file, "--keys", keys, ask="state()")
        assert "is erased again: 0." in there.said
        assert there.answer == before


def opened_boxes(folder: Path, file: Path, keys: Path) -> tuple[int, int]:
    """How many boxes a restored backup holds, and how many open with any key that is left."""
    with place(HERE, folder) as there:
        there.restored(file, "--keys", keys, ask="opened()")
        held, opened = there.answer.split()
        return int(held), int(opened)


def without_ledger(keys: Path) -> Path:
    """Somebody who wants to read the answers does not erase again what was erased."""
    file = keys.with_name(f"{keys.stem}-alone.json")
    file.write_text(json.dumps({**json.loads(keys.read_text()), "ledger": []}))
    return file


def test_every_older_backup_opens_nothing_once_the_answers_were_destroyed(
    tmp_path: Path,
) -> None:
    """One of while it was open, one of closed, one of released; and the newest copy of the keys."""
    lived = lived_school()
    assert lived.second.closes_on
    backups = {"open": kept(tmp_path, "open")}
    with school_scope(lived.school):
        close(lived.second)
        backups["closed"] = kept(tmp_path, "closed")
        release(Scan.objects.get(pk=lived.second.pk))
        backups["released"] = kept(tmp_path, "released")
        with clock.at(lived.second.closes_on.replace(year=lived.second.closes_on.year + 2)):
            assert jobs.purge_everywhere() == 1  # the first went when the second closed
    newest = kept(tmp_path, "newest")[1]
    assert json.loads(newest.read_text())["keys"] == []
    with crossing_schools("a test looks"):
        assert ScanKey.objects.count() == 0
    for name, boxes in {"open": 35, "closed": 7, "released": 14}.items():
        file, _keys_then = backups[name]
        assert opened_boxes(tmp_path / name, file, without_ledger(newest)) == (boxes, 0)
    # The test of the test: with the keys of then they open, and it is those that are not kept.
    file, keys = backups["released"]
    assert opened_boxes(tmp_path / "then", file, without_ledger(keys)) == (14, 14)
    # Put back as it should be, not even the boxes are there.
    assert opened_boxes(tmp_path / "well", backups["open"][0], newest) == (0, 0)


def test_no_key_that_is_left_anywhere_opens_a_box_of_an_older_backup(tmp_path: Path) -> None:
    """Every stretch of bytes as long as a key, in all that is kept, tried on the wrapping."""
    lived = lived_school()
    with crossing_schools("a test looks"):
        wrapped = [bytes(one.wrapped) for one in ScanKey.objects.all()]
    file, keys_then = kept(tmp_path, "then")
    with school_scope(lived.school):
        for scan in Scan.objects.all():
            sealed.destroy(scan, reason="cancelled")
    newest = kept(tmp_path, "newest")[1]
    everything = file.read_bytes() + newest.read_bytes() + ledger.ledger_file().read_bytes()
    assert not [key for key in wrapped if key in everything or key.hex().encode() in everything]
    assert all(key.hex() in keys_then.read_text() for key in wrapped)
    assert not openable(newest)
    assert openable(keys_then)


def openable(keys: Path) -> list[bytes]:
    kept_keys = json.loads(keys.read_text())["keys"]
    return [
        sealing.unwrap(settings.SEAL_KEY, bytes.fromhex(key), scan) for _s, scan, key in kept_keys
    ]


def test_a_scan_that_was_destroyed_before_it_had_a_report_is_cancelled(tmp_path: Path) -> None:
    lived = lived_school()
    file, _keys = kept(tmp_path)
    with school_scope(lived.school):
        opening.cancel_scan(lived.second, by=Account.objects.get(), by_name="Zoe")
    keys = kept(tmp_path, "newest")[1]
    with place(HERE, tmp_path / "there") as there:
        found = there.restored(
            file,
            "--keys",
            keys,
            ask="[(one.status, sealed.can_open(one), one.invitations.count())"
            " for one in Scan.objects.order_by('opened_at')]",
        )
        assert there.answer == str([("released", True, 14), ("cancelled", False, 0)])
        assert len(found["scans.ledgerline"]) == 3


def test_an_older_database_that_came_back_by_another_way_is_erased_again_by_the_worker(
    tmp_path: Path,
) -> None:
    """A host puts a copy of the whole disk back: the ledger was elsewhere, or is newer."""
    lived = lived_school()
    with school_scope(lived.school):
        answering.change_being_named(lived.staff[5], may_be_named=False)
    # As it stood before, in a database that does not know of it.
    Erasure.objects.all().delete()
    with crossing_schools("a test spoils and looks"):
        Member.objects.update(may_be_named=True)
        again.tick()
        named_no_more = Member.objects.filter(may_be_named=False)
        assert [one.pk for one in named_no_more] == [lived.staff[5].pk]
    known = Erasure.objects.count()
    again.tick()
    assert Erasure.objects.count() == known == len(ledger.read_lines())


def change(scan: Scan, **fields: Any) -> None:
    with crossing_schools("a test spoils something"):
        Scan.objects.filter(pk=scan.pk).update(**fields)


def without_a_name() -> int:
    with crossing_schools("a test looks"):
        return RosterEntry.objects.filter(name="").count()


def test_what_must_wait_for_a_report_is_erased_once_that_is_made() -> None:
    lived = lived_school()
    change(lived.second, status="closed", closed_at=clock.now())
    person = str(lived.staff[7].pk)
    ledger.add([ledger.Line(str(uuid4()), ledger.Kind.PERSON, person, "2026-01-01")])
    known = Erasure.objects.count()
    assert again.erase_again(ledger.read_lines()) == (0, 1)
    assert Erasure.objects.count() == known
    assert without_a_name() == 0
    change(lived.second, is_printed=True)
    assert again.erase_again(ledger.read_lines()) == (1, 0)
    assert without_a_name() == 2
    assert again.erase_again(ledger.read_lines()) == (0, 0)


def test_every_kind_of_erasure_is_known_to_be_done_again() -> None:
    assert set(again.AGAIN) == set(ledger.Kind)


def test_what_the_backup_does_not_know_is_passed_over() -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    lines = [
        ledger.Line(str(uuid4()), kind, " ".join([unknown, "00", "x"][:count]), "2026-01-01")
        for kind, count in [
            ("scan", 1), ("answers", 2), ("may_know", 3), ("comment", 1), ("objection", 1),
            ("left", 1), ("mandate", 1), ("person", 1),
        ]
    ]  # fmt: skip
    assert again.erase_again(lines) == (8, 0)
    assert Erasure.objects.count() == 8


def test_without_a_ledger_nothing_is_restored_unless_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, _keys = kept(tmp_path)
    with place("sqlite", tmp_path / "there") as there:
        done = there.run("restore", str(file))
        assert (done.returncode, done.stdout) == (1, "")
        assert "the ledger of what was erased is not here" in done.stderr
        assert b"people_school" not in (there.data / "zwerm.sqlite3").read_bytes()
        there.restored(file, "--without-ledger")
        assert "There was no ledger: erase again by hand" in there.said


def test_a_damaged_ledger_is_told_with_its_line() -> None:
    ledger.note(ledger.Kind.COMMENT, "one")
    with ledger.ledger_file().open("a") as opened:
        opened.write('{"id": "half')
    with pytest.raises(ledger.Damaged, match=r"^Line 2 of the ledger .+ is damaged\."):
        ledger.read_lines()
