"""The pages on which somebody decides how they sign in. What they do is allauth's work."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zwerm.people.actions import second_step as actions
from zwerm.people.http import ActingRequest, to_second_step
from zwerm.people.models import Account
from zwerm.people.oidc.views import links_of
from zwerm.people.queries import steps_of
from zwerm.people.second_step import has_step, is_proved, name_of_step
from zwerm.people.wanted import wanted_page

WANTED = "wanted_after_step"
"""Where somebody wanted to go who first had to set up a second step."""


@require_GET
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """How I sign in. Also for who must set up a second step before anything else."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    asked = cast(ActingRequest, request)
    if asked.acting is None and not asked.lacks_step:
        raise PermissionDenied
    if has_step(asked.user) and not is_proved(request):
        return to_second_step(request)
    if asked.lacks_step and "next" in request.GET:
        request.session[WANTED] = wanted_page(request)
    context = {
        "steps": steps_of(asked.user),
        "lacks_step": asked.lacks_step,
        "links": links_of(asked.user),
    }
    return render(request, "people/signing_in.html", context)


@require_GET
@never_cache
def once_more(request: HttpRequest) -> HttpResponse:
    """Prove once more who this is: by the second step, or by signing in again."""
    if not request.user.is_authenticated:
        return redirect_to_login(wanted_page(request))
    if has_step(request.user):
        name = name_of_step(request.user)
        return redirect(f"{reverse(name)}?{urlencode({'next': wanted_page(request)})}")
    return render(request, "people/once_more.html", {"next": wanted_page(request)})


class AppView(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Set up an app. The code that was typed is the second step of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return answer


class PasskeyView(AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Add a passkey, always one that asks its owner for a finger, a face or a code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return answer


class NameView(EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    success_url = reverse_lazy("mfa_index")


class RenewView(GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """New recovery codes. A restore does not bring the old ones back."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            for old in Authenticator.objects.filter(user=self.request.user, type="recovery_codes"):
                actions.forget(old)
            answer: HttpResponse = super().form_valid(form)
        return answer


@require_http_methods(["GET", "POST"])
def take_away(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """End the app, or one passkey."""
    which = {"pk": pk, "type": "webauthn"} if pk else {"type": "totp"}
    step = get_object_or_404(Authenticator, user=request.user, **which)
    if not actions.may_take_away(step):
        return render(request, "people/step_stays.html", {"step": step}, status=409)
    if request.method == "GET":
        name = step.data["name"] if pk else _("An app on your telephone")
        return render(request, "people/step_take_away.html", {"step": step, "name": name})
    template = "webauthn_removed" if pk else "totp_deactivated"
    with transaction.atomic():
        actions.take_away(step)
        actions.tell(cast(Account, request.user), f"mfa/email/{template}")
    messages.success(request, _("You no longer sign in with this."))
    return redirect("mfa_index")


@require_GET
@never_cache
def go_on(request: HttpRequest) -> HttpResponse:
    """After a second step was set up: to the page that somebody wanted before that."""
    return redirect(request.session.pop(WANTED, "mfa_index"))
