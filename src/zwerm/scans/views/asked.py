"""Who may come in to answer: by a personal link, or signed in as somebody on the roster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import time
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.cache import BaseCache, cache
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from zwerm.people.http import ActingRequest, to_second_step
from zwerm.people.models import Account
from zwerm.people.scope import crossing_schools, school_scope
from zwerm.scans import link, sealed
from zwerm.scans.models import Invitation, RosterEntry, Scan
from zwerm.scans.queries.answering import Question, invitation_for, questions_for
from zwerm.scans.queries.promises import placeholders
from zwerm.scans.sealed import Answers

P = ParamSpec("P")
WRONG_LINKS_AN_HOUR = 60
SAVES_A_MINUTE = 300

# Every save would be one more write if this were counted in the shared cache; one count for each
# process of the server is enough against a script that runs wild.
saves: BaseCache = LocMemCache("saves", {"OPTIONS": {"MAX_ENTRIES": 5000}})


@dataclass(frozen=True, slots=True)
class Asked:
    """Who answers which scan, and how they came in."""

    scan: Scan
    entry: RosterEntry
    through_roster_address: bool
    is_signed_in: bool

    @property
    def questions(self) -> list[Question]:
        return questions_for(self.scan, self.entry)

    @property
    def answers(self) -> Answers | None:
        """What this person answered; None when that is nothing."""
        return sealed.read_answers(self.scan, self.entry)

    @property
    def words(self) -> dict[str, str]:
        """The words for every placeholder, in the language of the page."""
        return placeholders(self.scan, language())

    @property
    def queue(self) -> str:
        """Under which name a browser keeps taps that wait: another one for each person."""
        return "zwerm-" + salted_hmac("zwerm.scans.queue", str(self.entry.pk)).hexdigest()[:16]


AskedView = Callable[Concatenate[HttpRequest, Asked, P], HttpResponse]
ScanView = Callable[Concatenate[HttpRequest, Scan, P], HttpResponse]


def language() -> str:
    return "en" if get_language() == "en" else "nl"


def of_scan(view: ScanView[P]) -> Callable[..., HttpResponse]:
    """Find the scan without anybody signed in, and stay within its school. Never kept by caches."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, /, pk: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with crossing_schools("a personal link comes in without a school"):
            scan = get_object_or_404(Scan.objects.seen().select_related("school", "key"), pk=pk)
        with school_scope(scan.school):
            return view(request, scan, *args, **kwargs)

    return page


def asked_only(view: AskedView[P]) -> Callable[..., HttpResponse]:
    """Only for who is on the roster; others sign in, or read that they are not on the list.

    Who signed in under another address than that of the roster gets one page, whatever was
    answered: else a changed address on the staff list would tell whether somebody did (R1).
    """

    @wraps(view)
    def page(
        request: HttpRequest, scan: Scan, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        asked = who_is_asked(request, scan)
        if asked is not None and asked.through_roster_address:
            return view(request, asked, *args, **kwargs)
        if asked is not None:
            return render(request, "scans/answer_elsewhere.html", {"scan": scan}, status=409)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if cast(ActingRequest, request).lacks_step:
            return to_second_step(request)
        return render(request, "scans/answer_not_asked.html", {"scan": scan}, status=403)

    return of_scan(page)


def who_is_asked(request: HttpRequest, scan: Scan) -> Asked | None:
    """Who signed in comes before a link that was used here earlier, perhaps by somebody else."""
    own = account_invitation(request, scan)
    by_link = link.remembered(request, scan)
    if own is not None:
        is_roster = own.is_of(cast(Account, request.user)) or by_link == own
        return Asked(scan, own.entry, is_roster, is_signed_in=True)
    if by_link is not None:
        return Asked(scan, by_link.entry, through_roster_address=True, is_signed_in=False)
    return None


def account_invitation(request: HttpRequest, scan: Scan) -> Invitation | None:
    """The invitation of the account that signed in, if it is on the roster.

    Who still has to give a second step is not signed in yet. By a personal link they come in all
    the same: that asks for no account.
    """
    if not request.user.is_authenticated or cast(ActingRequest, request).lacks_step:
        return None
    return invitation_for(scan, request.user)


def too_often(store: BaseCache, key: str, most: int, seconds: int) -> bool:
    """Count one more try under `key`; true when there were more than `most` in that time."""
    window = f"{key}-{int(time()) // seconds}"
    store.add(window, 0, seconds)
    try:
        count: int = store.incr(window)
    except ValueError:  # it went between the two
        return False
    # Counting up in a cache in the database begins its usual few minutes anew.
    store.touch(window, seconds)
    return count > most


def too_many_saves(asked: Asked) -> bool:
    return too_often(saves, str(asked.entry.pk), SAVES_A_MINUTE, 60)


def too_many_wrong_links(request: HttpRequest) -> bool:
    """Only wrong links are counted: a whole school comes in from one address."""
    address = cast(Any, request.META.get("REMOTE_ADDR", ""))
    return too_often(cache, f"wrong-links-{address}", WRONG_LINKS_AN_HOUR, 3600)
