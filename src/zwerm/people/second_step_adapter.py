"""How allauth's second step behaves here: its secrets are sealed, its words are ours."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zwerm.core import sealing

OWNER = "second step"
"""Bound to each sealed secret: what was sealed for something else does not open here."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The database holds no secret in clear: the key of the server is not in it."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Use the newest one. Each code works once."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
        "unreadable": _(
            "The server cannot read what belongs to this code. Ask who runs Zwerm to take your "
            "second step away. Nothing is lost."
        ),
    }

    def encrypt(self, text: str) -> str:
        box = sealing.wrap(settings.SEAL_KEY, text.encode(), OWNER)
        return base64.b64encode(box).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. A box that does not open lets nobody in: it says so in the form."""
        try:
            box = base64.b64decode(encrypted_text, validate=True)
            return sealing.unwrap(settings.SEAL_KEY, box, OWNER).decode()
        except (sealing.Unsealable, ValueError):
            raise self.validation_error("unreadable") from None

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(gettext("Passkey %d") % (count + 1))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as a device knows it: a passkey works at this host and at no other."""
        host: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**host, "name": "Zwerm"}

    def _get_site_name(self) -> str:
        return "Zwerm"

    def build_totp_svg(self, url: str) -> SafeString:
        """Drawn here, without a style of its own: no other site sees the secret."""
        drawn = segno.make(url, error="m", micro=False)
        svg = drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
        return mark_safe(svg)  # noqa: S308  # drawn by segno from our own address
