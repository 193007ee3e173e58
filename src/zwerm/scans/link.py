"""The personal link: it opens one scan's questions for one person, and nothing else.

The token is the roster entry and a keyed digest of it with a nonce, so that the same link can be
sent again, and ends when the nonce changes. It never makes an account's session: it sets a signed
cookie that the browser sends to this scan's pages only, and forgets when it is closed.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zwerm.core import clock, sealing
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.queries.answering import is_here
from zwerm.scans.queries.mirror import MIRROR_DAYS

COOKIE = settings.ANSWER_COOKIE_NAME
DIGEST_BYTES = 18
ENTRY_BYTES = 16


def make_token(scan: Scan, invitation: Invitation) -> str:
    """The token of the personal link of one invitation."""
    entry = invitation.entry_id
    text = entry.bytes + digest(scan, entry, invitation.nonce)
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def digest(scan: Scan, entry: UUID, nonce: str) -> bytes:
    key = sealing.derive(sealed.key_of(scan), "link")
    return hmac.digest(key, f"{entry}:{nonce}".encode(), sha256)[:DIGEST_BYTES]


def read_token(scan: Scan, token: str) -> Invitation | None:
    """The invitation of a token; None when it is wrong, old, ended or of another scan."""
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        entry = UUID(bytes=text[:ENTRY_BYTES])
    except ValueError:
        return None
    if has_ended(scan):
        return None
    invitation = invitation_of(scan, entry)
    nonce = invitation.nonce if invitation else ""
    right = hmac.compare_digest(text[ENTRY_BYTES:], digest(scan, entry, nonce))
    return invitation if invitation and right and is_alive(invitation) else None


def invitation_of(scan: Scan, entry: UUID) -> Invitation | None:
    """The invitation of one roster entry, with its member; one query."""
    rows = Invitation.objects.filter(scan=scan, entry_id=entry)
    return rows.select_related("entry__member").first()


def has_ended(scan: Scan) -> bool:
    """Every link of a scan ends 30 days after its report appeared, or with its key."""
    if not scan.has_key:
        return True
    last = scan.released_at and scan.released_at + dt.timedelta(days=MIRROR_DAYS)
    return last is not None and clock.now() > last


def is_alive(invitation: Invitation) -> bool:
    """The person still works here, under the mail address that stood on the frozen roster."""
    member = invitation.entry.member
    if member is None or not is_here(member):
        return False
    return member.email.lower() == invitation.address.lower() != ""


def personal_link(scan: Scan, invitation: Invitation) -> str:
    """The whole address that stands in a mail."""
    path = reverse("scans:with", args=[scan.pk, make_token(scan, invitation)])
    return f"{settings.SITE_URL}{path}"


def remember(answer: HttpResponse, scan: Scan, invitation: Invitation) -> None:
    """Let this browser answer as this person, on the pages of this scan, until it is closed."""
    answer.set_cookie(
        COOKIE,
        signing.dumps([str(invitation.entry_id), invitation.nonce], salt=salt(scan)),
        path=reverse("scans:detail", args=[scan.pk]),
        httponly=True,
        samesite="Lax",
        secure=settings.SITE_IS_SECURE,
    )


def forget(answer: HttpResponse, scan: Scan) -> None:
    """End what `remember` began."""
    answer.delete_cookie(COOKIE, path=reverse("scans:detail", args=[scan.pk]), samesite="Lax")


def remembered(request: HttpRequest, scan: Scan) -> Invitation | None:
    """Whom this browser answers as by a personal link; None without one, or when it ended."""
    try:
        entry, nonce = signing.loads(request.COOKIES.get(COOKIE, ""), salt=salt(scan))
    except signing.BadSignature:
        return None
    if has_ended(scan):
        return None
    invitation = invitation_of(scan, UUID(entry))
    if invitation is None or not hmac.compare_digest(invitation.nonce, nonce):
        return None
    return invitation if is_alive(invitation) else None


def salt(scan: Scan) -> str:
    return f"answering {scan.pk}"
