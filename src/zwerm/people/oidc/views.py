"""Signing in by the school's own provider: there, back, and who that is here."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import RequestLoginCodeView
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from zwerm.people.acting import places_of
from zwerm.people.actions import school_links as actions
from zwerm.people.http import ActingRequest, freshly_signed_in
from zwerm.people.models import Account
from zwerm.people.oidc import pending, token
from zwerm.people.oidc.adapter import offered
from zwerm.people.oidc.known import Provider
from zwerm.people.oidc.provider import SchoolProvider
from zwerm.people.wanted import of_this_site

log = logging.getLogger("zwerm.people")

NOT_OURS = (OAuth2Error, RequestException, token.Forged)
"""What may go wrong at a provider, or on the way from it."""


class NotSignedIn(Exception):
    """Somebody did not come in by a provider. The message is for them."""


class SignInView(RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """The page to sign in, with the providers of this site."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        waits = pending.pending_of(self.request)
        came_from = known(waits.provider) if waits else None
        return context | {"providers": offered(), "came_from": came_from}


def known(key: str) -> Provider | None:
    """The provider by this key, when this site is set to it."""
    return next((one for one in offered() if one.key == key), None)


def known_or_404(key: str) -> Provider:
    found = known(key)
    if found is None:
        raise Http404
    return found


@require_POST
@never_cache
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider, by a page of ours that goes on by itself.

    A form that is answered with another site's address would have to be allowed by the content
    security policy, and after it each site to which that one sends on: those nobody knows.
    """
    found = known_or_404(provider_id)
    if not ratelimit.consume(request, action="login"):
        return not_signed_in(request, found, _("That was too often. Wait a minute."), status=429)
    nonce = secrets.token_urlsafe(32)
    try:
        there = provider_of(request, found).redirect(
            request,
            process="login",
            next_url=of_this_site(request.POST.get("next", "")),
            auth_params={"nonce": nonce, **dict(found.asks)},
            nonce=nonce,
        )
    except NOT_OURS as fault:
        return at_fault(request, found, fault)
    return render(
        request, "account/on_the_way.html", {"provider": found, "there": there["Location"]}
    )


def provider_of(request: HttpRequest, found: Provider) -> SchoolProvider:
    provider = get_adapter(request).get_provider(request, found.key)
    assert isinstance(provider, SchoolProvider)
    return provider


@require_GET
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: let in who is linked, and ask anybody else who they are."""
    found = known_or_404(provider_id)
    state = statekit.unstash_state(
        request, provider_id=found.key, state_id=request.GET.get("state", "")
    )
    try:
        claims = claims_from(request, found, state)
    except NotSignedIn as fault:
        return not_signed_in(request, found, str(fault))
    except NOT_OURS as fault:
        return at_fault(request, found, fault)
    assert state is not None
    link = SocialAccount.objects.filter(provider=found.key, uid=claims["sub"]).first()
    if link is None or not may_come_in(link.user):
        return ask_who(request, found, claims, wanted=state.get("next", ""))
    if request.user.is_authenticated and request.user != link.user:
        theirs = _("This account at %(name)s belongs to somebody else here.")
        return not_signed_in(request, found, theirs % {"name": found.name})
    return come_in(request, found, claims, state, link.user)


def claims_from(
    request: HttpRequest, found: Provider, state: dict[str, Any] | None
) -> dict[str, Any]:
    """Who signed in at the provider, by its signed word."""
    if state is None:
        raise NotSignedIn(
            _("That took too long, or it began in another window. Begin again in this one.")
        )
    if request.GET.get("error") == "access_denied":
        raise NotSignedIn(_("You stopped at %(name)s.") % {"name": found.name})
    if "code" not in request.GET or request.GET.get("iss", found.issuer) != found.issuer:
        raise token.Forged("no code of this provider")
    provider = provider_of(request, found)
    server = provider.get_oauth2_adapter(request)
    client = server.get_client(request, provider.app)
    told = client.get_access_token(
        request.GET["code"], pkce_code_verifier=state["pkce_code_verifier"]
    )
    return read(str(told.get("id_token")), server, found, state["nonce"])


def read(id_token: str, server: Any, found: Provider, nonce: str) -> dict[str, Any]:
    """The claims of a token; the keys are fetched anew once, for a provider changes them."""
    how: dict[str, Any] = {
        "issuer": found.issuer,
        "client": found.client,
        "nonce": nonce,
        "must_hold": dict(found.must_hold),
    }
    try:
        return token.claims_of(id_token, keys=server.keys(), **how)
    except token.Forged:
        return token.claims_of(id_token, keys=server.keys(anew=True), **how)


def may_come_in(account: Account) -> bool:
    """True for who may act somewhere today. Whoever left is as unknown as a stranger."""
    return account.is_active and bool(places_of(account))


def come_in(
    request: HttpRequest,
    found: Provider,
    claims: dict[str, Any],
    state: dict[str, Any],
    account: Account,
) -> HttpResponse:
    """Sign in as the account that is linked; a second step of one's own is asked after this."""
    pending.forget(request)
    login = provider_of(request, found).sociallogin_from_response(request, claims)
    login.state = state
    answer: HttpResponse = complete_social_login(request, login)
    # Who has a second step of their own is not in yet: that one is asked first.
    is_in = request.user.is_authenticated
    if is_in and token.says_second_step(claims, found.second_step):
        record_authentication(request, account, "mfa", type="school")
    return answer


def ask_who(
    request: HttpRequest, found: Provider, claims: dict[str, Any], *, wanted: str
) -> HttpResponse:
    """Nobody here is linked to this: a code by mail proves who it is, once."""
    pending.keep(
        request,
        provider=found.key,
        uid=claims["sub"],
        said=pending.called(claims),
        wanted=wanted,
    )
    if request.user.is_authenticated:
        return redirect("school_link")
    to_link = urlencode({"next": reverse("school_link")})
    return redirect(f"{reverse('account_request_login_code')}?{to_link}")


def at_fault(request: HttpRequest, found: Provider, fault: Exception) -> HttpResponse:
    """Something went wrong at the provider. The log says what, and nothing of who it was."""
    what = str(fault) if isinstance(fault, token.Forged) else type(fault).__name__
    log.warning("a sign-in by %s was not believed or did not come: %s", found.key, what)
    said = _("%(name)s did not answer as it should. Try again, or sign in with a code by mail.")
    return not_signed_in(request, found, said % {"name": found.name}, status=502)


def not_signed_in(
    request: HttpRequest, found: Provider, reason: str, *, status: int = 403
) -> HttpResponse:
    """A sentence, and the way back to the page to sign in."""
    context = {"provider": found, "reason": reason}
    return render(request, "account/not_by_school.html", context, status=status)


@require_http_methods(["GET", "POST"])
@freshly_signed_in
def link(request: ActingRequest) -> HttpResponse:
    """Signed in with a code, somebody says that the account at the provider is theirs."""
    waits = pending.pending_of(request)
    found = known(waits.provider) if waits else None
    if waits is None or found is None:
        messages.error(request, _("There is nothing to link any more. Begin again."))
        return redirect("mfa_index")
    if request.method == "GET":
        return render(request, "people/school_link.html", {"provider": found, "waits": waits})
    pending.forget(request)
    if "yes" in request.POST:
        actions.link(request.user, provider=found.key, name=found.name, uid=waits.uid)
        messages.success(
            request, _("From now on you can sign in with %(name)s.") % {"name": found.name}
        )
    return redirect(of_this_site(waits.wanted) or "home:start")


def links_of(account: Account) -> list[tuple[Provider, SocialAccount | None]]:
    """Each provider with the link of this account, or none; one query."""
    mine = {one.provider: one for one in SocialAccount.objects.filter(user=account)}
    return [(one, mine.get(one.key)) for one in offered()]


@require_GET
@freshly_signed_in
def begin(request: ActingRequest, provider_id: str) -> HttpResponse:
    """Before somebody who is signed in goes to a provider to link an account there."""
    return render(request, "people/school_begin.html", {"provider": known_or_404(provider_id)})


@require_http_methods(["GET", "POST"])
@freshly_signed_in
def unlink(request: ActingRequest, provider_id: str) -> HttpResponse:
    """End a link. One signs in with a code by mail after that."""
    found = known_or_404(provider_id)
    mine = get_object_or_404(SocialAccount, user=request.user, provider=found.key)
    if request.method == "GET":
        return render(request, "people/school_unlink.html", {"provider": found, "link": mine})
    actions.unlink(mine, name=found.name)
    messages.success(request, _("You no longer sign in with %(name)s.") % {"name": found.name})
    return redirect("mfa_index")
