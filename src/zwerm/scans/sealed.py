"""Sealed answers as this room reads and writes them: one box per roster entry of a scan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from zwerm.core import clock, ledger, sealing, wiping
from zwerm.core.errors import Refused
from zwerm.scans.models import AnswerBlob, LedgerLine, Mirror, RosterEntry, Scan, ScanKey


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question, with the counter of the tap that gave it.

    `answer` depends on the kind of question: for a relation
    `{"named": [numbers], "may_know": [numbers]}` (an empty list of names means nobody);
    for kinds a list of ids; for an item 1 to 5, or 0 for "I do not know"; for a comment a text.
    None: given before and taken back; it counts as not answered.
    """

    counter: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything one person answered in one scan. A question that is absent was never touched."""

    given: dict[str, Given] = field(default_factory=dict)
    through_roster_address: bool = True
    """They came in by a link or code sent to the address on the frozen roster (rule R1)."""
    is_finished: bool = False

    def answer(self, question: str) -> Any:
        """The answer to `question`, or None when there is none."""
        found = self.given.get(question)
        return found.answer if found else None

    def to_json(self) -> dict[str, Any]:
        return {
            "q": {name: [one.counter, one.answer] for name, one in self.given.items()},
            "r": int(self.through_roster_address),
            "f": int(self.is_finished),
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Answers:
        given = {name: Given(*one) for name, one in content["q"].items()}
        return cls(given, bool(content["r"]), bool(content["f"]))


def make_key(scan: Scan, key: bytes | None = None) -> None:
    """Give `scan` its key, wrapped by the server's key: a random one.

    Only a demo passes a `key` of its own, so that its figures are the same each time.
    """
    wrapped = sealing.wrap(settings.SEAL_KEY, key or sealing.new_key(), str(scan.pk))
    scan.key = ScanKey.objects.create(school_id=scan.school_id, scan=scan, wrapped=wrapped)


def can_open(scan: Scan) -> bool:
    """Its answers can be read: they are not destroyed, and no backup came back without its key."""
    return scan.destroyed_at is None and hasattr(scan, "key")


def key_of(scan: Scan) -> bytes:
    """The key of `scan`. Refused when it has been destroyed."""
    if not can_open(scan):
        raise Refused(_("The answers of this scan have been destroyed. The report remains."))
    return sealing.unwrap(settings.SEAL_KEY, bytes(scan.key.wrapped), str(scan.pk))


def read_answers(scan: Scan, entry: RosterEntry) -> Answers | None:
    """What `entry` answered; None when nothing was ever answered."""
    key = key_of(scan)
    place = sealing.slot(key, str(entry.pk))
    blob = AnswerBlob.objects.filter(scan=scan, slot=place).first()
    return Answers.from_json(sealing.unseal(key, place, bytes(blob.box))) if blob else None


def write_answers(scan: Scan, entry: RosterEntry, answers: Answers) -> None:
    """Seal what `entry` answered, in the same slot, in a box of the scan's one size."""
    key = key_of(scan)
    place = sealing.slot(key, str(entry.pk))
    box = sealing.seal(key, place, answers.to_json(), scan.box_bytes)
    kept = AnswerBlob.objects.filter(scan=scan, slot=place).update(box=box)
    if not kept:
        AnswerBlob.objects.create(scan=scan, slot=place, box=box, school_id=scan.school_id)


def slot_of(scan: Scan, entry: RosterEntry) -> bytes:
    """Where the boxes of `entry` stand. Their order is random for who does not hold the key."""
    return sealing.slot(key_of(scan), str(entry.pk))


def delete_mirror(scan: Scan, entry: RosterEntry) -> None:
    """Destroy what `entry` could see of themselves."""
    wiping.wipe_when_committed()
    Mirror.objects.filter(scan=scan, slot=slot_of(scan, entry)).delete()


def delete_answers(scan: Scan, entry: RosterEntry) -> bool:
    """Destroy the box of `entry`; true when there was one."""
    place = sealing.slot(key_of(scan), str(entry.pk))
    wiping.wipe_when_committed()
    deleted, _rows = AnswerBlob.objects.filter(scan=scan, slot=place).delete()
    if deleted:
        ledger.note(ledger.Kind.ANSWERS, scan.pk, place.hex())
    return bool(deleted)


def note_taken_back(
    scan: Scan, entry: RosterEntry, question: str, *, before: Any, after: Any
) -> None:
    """Write down that somebody may no longer know; never who that is."""
    if set(before["may_know"]) - set(after["may_know"]):
        ledger.note(ledger.Kind.MAY_KNOW, scan.pk, slot_of(scan, entry).hex(), question)


def every_answer(scan: Scan, roster: list[RosterEntry]) -> Iterator[tuple[RosterEntry, Answers]]:
    """The answers of everybody on `roster` who gave any, in the order of `roster`."""
    key = key_of(scan)
    boxes = {bytes(blob.slot): bytes(blob.box) for blob in AnswerBlob.objects.filter(scan=scan)}
    for entry in roster:
        place = sealing.slot(key, str(entry.pk))
        if box := boxes.get(place):
            yield entry, Answers.from_json(sealing.unseal(key, place, box))


def read_mirror(scan: Scan, entry: RosterEntry) -> dict[str, Any] | None:
    """The mirror of `entry`; None when this person did not answer."""
    key = key_of(scan)
    place = sealing.slot(key, str(entry.pk))
    mirror = Mirror.objects.filter(scan=scan, slot=place).first()
    return sealing.unseal(key, place, bytes(mirror.box)) if mirror else None


def write_mirror(scan: Scan, entry: RosterEntry, content: dict[str, Any]) -> None:
    """Seal the mirror of `entry` under its own slot."""
    key = key_of(scan)
    place = sealing.slot(key, str(entry.pk))
    box = sealing.seal(key, place, content, 2 * scan.box_bytes)
    Mirror.objects.update_or_create(
        scan=scan, slot=place, defaults={"box": box, "school_id": scan.school_id}
    )


def destroy(scan: Scan, *, reason: str) -> None:
    """Destroy the key, the answers and the mirrors of `scan`, and write one ledger line each.

    The caller saves the scan. From here on every older backup of its boxes is unreadable: a
    backup of the database holds no keys.
    """
    if not scan.has_key:
        return
    remove_boxes(scan)
    scan.destroyed_at = clock.now()
    ledger.note(ledger.Kind.SCAN, scan.pk)
    for what in ("answers", "key"):
        LedgerLine.objects.create(school_id=scan.school_id, scan=scan, what=what, reason=reason)


def remove_boxes(scan: Scan) -> None:
    """Everything of a scan that is under seal goes, and the key with it."""
    wiping.wipe_when_committed()
    AnswerBlob.objects.filter(scan=scan).delete()
    Mirror.objects.filter(scan=scan).delete()
    ScanKey.objects.filter(scan=scan).delete()
