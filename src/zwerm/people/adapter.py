"""How allauth behaves here: nobody signs up, people are put on a staff list."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from threading import Thread
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zwerm.core.mail import NO_AUTOMATIC_REPLY
from zwerm.people.actions.accounts import account_for, link_members
from zwerm.people.models import Account
from zwerm.people.second_step import is_fresh

SENDING = "a code on its way"
"""The name of the thread that mails a code, or what changed in how somebody signs in."""

log = logging.getLogger("zwerm.people")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from staff lists and mandates, never from a sign-up page."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Use the code from the newest mail."),
        "too_many_login_attempts": _("That was too often. Wait a minute, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """A code proved the address: join the account to its members.

        A provider proved who it is and no address: that joins nobody to a staff list.
        """
        assert isinstance(user, Account)
        if "sociallogin" not in (kwargs.get("signal_kwargs") or {}):
            link_members(user)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, user.language),
            httponly=True,
            samesite="Lax",
            secure=settings.SITE_IS_SECURE,
        )
        return answer

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Whatever somebody proved: who left, or may act nowhere, does not come in."""
        assert isinstance(user, Account)
        if not user.is_active or account_for(user.email) != user:
            clear_login(request)
            messages.error(request, _("You cannot sign in here with this account any more."))
            return redirect("account_request_login_code")
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a short while ago need not prove it again."""
        return not is_fresh(self.request)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """What changed in how somebody signs in, to their own address; nothing of the device."""
        assert isinstance(user, Account)
        self.send_mail(template_prefix, user.email, {"site": settings.SITE_URL, **(context or {})})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, not of the page; and the page does not wait for it.

        An unknown address gets no mail, and the same page just as soon: neither a slow mail
        server nor one that is down may show who is known here.
        """
        account = Account.objects.filter(email=email.lower()).first()
        with override(account.language if account else "nl"):
            mail = self.render_mail(template_prefix, email, context, headers=NO_AUTOMATIC_REPLY)
        sending = Thread(target=send, args=[mail], name=SENDING)
        sending.start()
        if not settings.CODES_GO_ASIDE:
            sending.join()

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Signing in needs no message on the next page, unless it went wrong."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


def send(mail: EmailMessage) -> None:
    """Hand a mail to the mail server. The log names the fault, and no address."""
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as fault:
        log.error("a mail about signing in could not be sent: %s", type(fault).__name__)
