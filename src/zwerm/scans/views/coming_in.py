"""Coming in by a personal link, and leaving again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zwerm.scans import link
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.views.asked import (
    Asked,
    account_invitation,
    asked_only,
    of_scan,
    too_many_wrong_links,
)


@require_http_methods(["GET", "POST"])
@of_scan
def personal_link(request: HttpRequest, scan: Scan, token: str) -> HttpResponse:
    """GET shows a button and changes nothing: mail scanners open links too. POST comes in."""
    invitation = link.read_token(scan, token)
    if invitation is None:
        return no_link(request, scan)
    if not scan.is_open and request.method == "GET":
        return closed_page(request, scan, may_read=True)
    own = account_invitation(request, scan)
    if own is not None and own != invitation:
        return render(request, "scans/answer_other.html", {"scan": scan}, status=409)
    if request.method == "GET":
        with override(chosen_language(request, invitation)):
            return render(request, "scans/answer_link.html", {"scan": scan})
    return come_in(request, scan, invitation)


def come_in(request: HttpRequest, scan: Scan, invitation: Invitation) -> HttpResponse:
    """This browser answers as this person from here on, in their language."""
    answer = redirect("scans:ask", scan.pk)
    link.remember(answer, scan, invitation)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            invitation.language,
            httponly=True,
            samesite="Lax",
            secure=settings.SITE_IS_SECURE,
        )
    return answer


def chosen_language(request: HttpRequest, invitation: Invitation) -> str:
    """What this browser chose, else the language on the staff list."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, invitation.language)
    return "en" if chosen == "en" else "nl"


def no_link(request: HttpRequest, scan: Scan) -> HttpResponse:
    """One answer for each kind of wrong link; once a scan is closed, what everybody may know."""
    if not scan.is_open:
        return closed_page(request, scan)
    if too_many_wrong_links(request):
        return render(request, "scans/answer_too_often.html", {"scan": scan}, status=429)
    return render(request, "scans/answer_no_link.html", {"scan": scan}, status=404)


def closed_page(
    request: HttpRequest, scan: Scan, *, may_read: bool = False, status: int = 200
) -> HttpResponse:
    """After the last day: when the report comes, and the way to what one answered oneself."""
    context = {
        "scan": scan,
        "may_read": may_read and not link.has_ended(scan),
        "by_token": request.resolver_match and request.resolver_match.url_name == "with",
    }
    return render(request, "scans/answer_closed.html", context, status=status)


@require_POST
@asked_only
def leave(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Stop for now. Somebody who came in by a link is forgotten by this browser."""
    goal = asked.scan.get_absolute_url() if asked.is_signed_in else left_page(asked.scan)
    answer = redirect(goal)
    link.forget(answer, asked.scan)
    return answer


def left_page(scan: Scan) -> str:
    return reverse("scans:left", args=[scan.pk])


@require_GET
@of_scan
def left(request: HttpRequest, scan: Scan) -> HttpResponse:
    """A last word for who came in by a link: this page can be closed."""
    return render(request, "scans/answer_left.html", {"scan": scan})
