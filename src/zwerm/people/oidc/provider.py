"""A provider as allauth talks with it: with proof of the visit, and without taking over data."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.cache import cache

from zwerm.people.oidc.known import is_safe

REMEMBERED = 600
"""Seconds that what a provider publishes is remembered: a stranger who presses the button a
thousand times makes us ask it once."""


def published(address: str, *, anew: bool = False) -> dict[str, Any]:
    """What a provider publishes at an address, as it was at most ten minutes ago.

    Raises:
        RequestException: it did not answer, or not in JSON.
        OAuth2Error: it answered something else than an object.
    """
    name = f"oidc:{address}"
    found = None if anew else cache.get(name)
    if found is None:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            found = answer.json()
        if not isinstance(found, dict):
            raise OAuth2Error("no object")
        cache.set(name, found, REMEMBERED)
    return found


class SchoolServer(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The pages of a provider, as it says itself where they are."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; refused when it says to be another, or is unsafe."""
        address = self.get_provider().server_url
        said = published(address)
        issuer = address.removesuffix("/.well-known/openid-configuration")
        pages = [str(said.get(name)) for name in ("authorization_endpoint", "token_endpoint")]
        if said.get("issuer") != issuer or not all(map(is_safe, pages)):
            raise OAuth2Error("not the issuer that was set")
        return said

    def keys(self, *, anew: bool = False) -> dict[str, Any]:
        """The public keys of the provider."""
        return published(str(self.openid_config.get("jwks_uri")), anew=anew)


class SchoolProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """Only who it is, by the word of the provider: no name, no mail address, no picture is kept."""

    oauth2_adapter_class = SchoolServer
    pkce_enabled_default = True
    supports_token_authentication = False

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []
