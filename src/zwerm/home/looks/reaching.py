"""What has to be reached and to fit: the database, the keys, the ledger, the mail server."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from zwerm.core import ledger, sealing
from zwerm.core.models import Pulse, Work
from zwerm.home import serving
from zwerm.home.looks.machine import SECONDS_APART
from zwerm.scans.models import Scan, ScanKey

KEPT_APART = "It stands with your copy of the keys of the server (docs/admin/backup.md)."


def mail() -> list[str]:
    """That the mail server lets us in. No mail is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return ["ZWERM_MAIL is not smtp: nobody gets a mail."] if not settings.DEMO else []
    try:
        server = get_connection()
        server.open()
        server.close()
    except OSError as fault:
        return [
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} does not take our mail "
            f"({type(fault).__name__}: {fault}). Look at ZWERM_SMTP_HOST and the settings below "
            "it in docs/admin/settings.md."
        ]
    return []


def demo() -> list[str]:
    if settings.DEMO or not serving.holds_demo():
        return []
    return ["it holds a demo. Choose another folder with ZWERM_DATA, or another DATABASE_URL."]


def whole() -> list[str]:
    """That SQLite finds its file whole. PostgreSQL looks after its own files."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        [said] = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        loose = cursor.fetchone()
    if said == "ok" and loose is None:
        return []
    return [
        "its file is damaged. Stop the site and every worker, make a copy of the file, and put "
        f"the last backup back with `zwerm restore`. ({loose or said})"
    ]


def clock_of_the_database() -> list[str]:
    """That the server of the database has our time, and that no row is from the future."""
    now = timezone.now()
    faults = []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
        if apart > SECONDS_APART:
            faults.append(
                f"it differs by {apart:.0f} seconds from this machine. Let both take their time "
                "from the network (timedatectl set-ntp true)."
            )
    newest = max((one for one in newest_moments() if one), default=now)
    if newest > now + dt.timedelta(seconds=SECONDS_APART):
        faults.append(
            f"something was saved at {newest:%Y-%m-%d %H:%M}, and here it is {now:%Y-%m-%d %H:%M} "
            "(UTC). The clock went back: set it right before a scan closes on the wrong day."
        )
    return faults


def newest_moments() -> list[dt.datetime | None]:
    """The last moments that were written down. A demo writes its own past, never a future."""
    return [
        Pulse.objects.aggregate(at=Max("at"))["at"],
        Work.objects.aggregate(at=Max("changed_at"))["at"],
    ]


def keys() -> list[str]:
    """That the server's key opens each scan's key, and that each scan has one."""
    every = list(ScanKey.objects.values_list("scan_id", "wrapped"))
    closed = [scan for scan, wrapped in every if not opens(str(scan), bytes(wrapped))]
    faults = []
    if closed:
        faults.append(
            f"ZWERM_SEAL_KEY does not open the keys of {len(closed)} of {len(every)} scans: "
            f"their answers cannot be read or saved. Put the right key back. {KEPT_APART}"
        )
    kept = Scan.objects.filter(opened_at__isnull=False, destroyed_at__isnull=True)
    if lacking := kept.filter(key__isnull=True).count():
        faults.append(
            f"{lacking} scans have lost their keys: their answers cannot be read. Restore the "
            "last backup with --keys and the newest copy of the keys. When there is none, cancel "
            "the scans that are open and hold them again."
        )
    return faults


def opens(scan: str, wrapped: bytes) -> bool:
    try:
        sealing.unwrap(settings.SEAL_KEY, wrapped, scan)
    except sealing.Unsealable:
        return False
    return True


def ledger_of_erasures() -> list[str]:
    """That the file outside the database can be read, and knows every erasure."""
    try:
        is_behind = ledger.is_behind()
    except (ledger.Damaged, OSError) as fault:
        return [str(fault)]
    if not is_behind:
        return []
    return [
        f"{ledger.ledger_file()} lacks erasures that the database knows: after a restore these "
        "would be back. The worker adds them within a minute, when it may write there."
    ]
