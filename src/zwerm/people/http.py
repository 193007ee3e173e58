"""What every view knows about its request, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from zwerm.people.acting import Acting
from zwerm.people.models import Account

SESSION_KEY = "acting_at"


class ActingRequest(HttpRequest):
    """A request from somebody who signed in and acts somewhere."""

    user: Account
    acting: Acting
    htmx: HtmxDetails


P = ParamSpec("P")
View = Callable[Concatenate[ActingRequest, P], HttpResponse]
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def acting_required(view: View[P]) -> Page[P]:
    """Only for who signed in; others go to the sign-in page and come back here.

    No browser keeps the page: on the computer of a staff room the next person presses Back.
    """

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if cast(Any, request).acting is None:
            raise PermissionDenied
        return view(cast(ActingRequest, request), *args, **kwargs)

    return page


def at_school(view: View[P]) -> Page[P]:
    """Only for who acts at a school; the page reads it as `request.acting.school`."""

    @wraps(view)
    def page(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.acting.school is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return acting_required(page)
