"""What every view knows about its request, and who may come in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from zwerm.people.acting import Acting
from zwerm.people.models import Account
from zwerm.people.second_step import is_fresh, name_of_step

SESSION_KEY = "acting_at"


class ActingRequest(HttpRequest):
    """A request from somebody who signed in and acts somewhere."""

    user: Account
    acting: Acting
    lacks_step: bool
    """A mandate asks for a second step that this session did not give: it acts nowhere yet."""
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
        if cast(Any, request).lacks_step:
            return to_second_step(request)
        if cast(Any, request).acting is None:
            raise PermissionDenied
        return view(cast(ActingRequest, request), *args, **kwargs)

    return page


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Give the second step, or set one up when there is none; then come back here."""
    return go_by(name_of_step(cast(Account, request.user)), request)


def go_by(name: str, request: HttpRequest) -> HttpResponse:
    """First to the page by this name, and from there to the page that was asked for."""
    return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")


def freshly_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who proved a short while ago who they are: the page changes how they sign in."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if cast(Any, request).acting is None and not cast(Any, request).lacks_step:
            raise PermissionDenied
        if not is_fresh(request):
            return go_by("account_reauthenticate", request)
        return view(request, *args, **kwargs)

    return page


def at_school(view: View[P]) -> Page[P]:
    """Only for who acts at a school; the page reads it as `request.acting.school`."""

    @wraps(view)
    def page(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.acting.school is None:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return acting_required(page)
