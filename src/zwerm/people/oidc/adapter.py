"""How allauth behaves for the school's own sign-in: providers stand in the settings alone."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.http import HttpRequest

from zwerm.people.oidc.known import Provider


def offered() -> list[Provider]:
    """The providers that this site is set to, in the order of the settings."""
    return [one for one in settings.OIDC if one]


class SchoolAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up, and nobody is found by a mail address that a provider names."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return [
            as_app(one)
            for one in offered()
            if provider in {None, "openid_connect", one.key} and client_id in {None, one.client}
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:
        """Never: see docs/adr/0017-sign-in-of-the-school.md."""


def as_app(one: Provider) -> SocialApp:
    """A provider as allauth knows it; it is never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=one.key,
        name=one.name,
        client_id=one.client,
        secret=one.secret,
        settings={"server_url": one.discovery, "scope": list(one.scope)},
    )
