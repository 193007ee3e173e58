"""The personal link: it opens one scan's questions for one person, and nothing else.

The token is the roster entry and a keyed digest of it with a nonce, so that the same link can be
sent again, and ends when the nonce changes. It never makes an account's session: it sets a signed
cookie that the browser sends to this scan's pages only.
"""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zwerm.core import sealing
from zwerm.scans import sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.queries.mirror import MIRROR_DAYS

COOKIE = "zwerm_answer"
DIGEST_BYTES = 18
COOKIE_SECONDS = (MIRROR_DAYS + 100) * 24 * 3600


def make_token(scan: Scan, invitation: Invitation) -> str:
    """The token of the personal link of one invitation."""
    entry = invitation.entry_id
    text = entry.bytes + digest(scan, entry, invitation.nonce)
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def digest(scan: Scan, entry: UUID, nonce: str) -> bytes:
    key = sealing.derive(sealed.key_of(scan), "link")
    return hmac.digest(key, f"{entry}:{nonce}".encode(), sha256)[:DIGEST_BYTES]


def read_token(scan: Scan, token: str) -> Invitation | None:
    """The invitation of a token; None when it is wrong, old or of another scan."""
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        entry = UUID(bytes=text[:16])
    except ValueError:
        return None
    invitation = Invitation.objects.filter(scan=scan, entry=entry).select_related("entry").first()
    nonce = invitation.nonce if invitation else ""
    right = hmac.compare_digest(text[16:], digest(scan, entry, nonce))
    return invitation if right else None


def personal_link(scan: Scan, invitation: Invitation) -> str:
    """The whole address that stands in a mail."""
    path = reverse("scans:with", args=[scan.pk, make_token(scan, invitation)])
    return f"{settings.SITE_URL}{path}"


def remember(answer: HttpResponse, scan: Scan, invitation: Invitation) -> None:
    """Let this browser answer as this person: on the pages of this scan only."""
    answer.set_cookie(
        COOKIE,
        signing.dumps([str(invitation.entry_id), invitation.nonce], salt=salt(scan)),
        max_age=COOKIE_SECONDS,
        path=reverse("scans:detail", args=[scan.pk]),
        httponly=True,
        samesite="Lax",
        secure=settings.SITE_IS_SECURE,
    )


def forget(answer: HttpResponse, scan: Scan) -> None:
    """End what `remember` began."""
    answer.delete_cookie(COOKIE, path=reverse("scans:detail", args=[scan.pk]), samesite="Lax")


def remembered(request: HttpRequest, scan: Scan) -> RosterEntry | None:
    """Whom this browser answers as by a personal link; None without one, or when it ended."""
    try:
        entry, nonce = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=salt(scan), max_age=COOKIE_SECONDS
        )
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(scan=scan, entry=entry, nonce=nonce).select_related("entry")
    invitation = found.first()
    return invitation.entry if invitation else None


def salt(scan: Scan) -> str:
    return f"answering {scan.pk}"
