"""The providers with which people may sign in: what each is set to, and how they differ.

Read by the settings before Django is there: nothing here may need a model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from zwerm.core.environment import Misconfigured

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider as this site knows it."""

    key: str
    """How it stands in addresses, and in a link. It never changes."""
    name: str
    """What people call it."""
    issuer: str
    """Who signs. Only what this issuer itself says where its pages and keys are is believed."""
    client: str
    secret: str = field(repr=False)
    scope: tuple[str, ...] = ("openid", "profile")
    """What is asked of the provider: a name to recognise, and no mail address."""
    asks: tuple[tuple[str, str], ...] = ()
    """What is asked more of its page to sign in."""
    must_hold: tuple[tuple[str, str], ...] = ()
    """What a token must say, or it is refused."""
    second_step: tuple[str, ...] = ()
    """The values of `acr` or `amr` that are believed to mean a second step."""

    @property
    def discovery(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"


def entree(*, client: str, secret: str, issuer: str, second_step: list[str]) -> Provider | None:
    """Entree Federatie, of Kennisnet. It gives a pseudonym, and as a rule nothing else."""
    return provider(
        "entree", "Entree", issuer, client, secret, scope=("openid",), second_step=second_step
    )


def surfconext(*, client: str, secret: str, issuer: str, second_step: list[str]) -> Provider | None:
    """SURFconext. How strongly somebody signed in stands in `acr`."""
    return provider("surfconext", "SURFconext", issuer, client, secret, second_step=second_step)


def microsoft(*, client: str, secret: str, tenant: str, second_step: list[str]) -> Provider | None:
    """Microsoft, for one tenant: anybody can make a tenant, and say anything in it."""
    if client and not TENANT.fullmatch(tenant):
        raise Misconfigured(
            "ZWERM_OIDC_MICROSOFT_TENANT must be the id of your own tenant, such as "
            "8f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b; never common or organizations."
        )
    issuer = f"https://login.microsoftonline.com/{tenant}/v2.0"
    return provider(
        "microsoft", "Microsoft", issuer, client, secret,
        must_hold=(("tid", tenant),), second_step=second_step,
    )  # fmt: skip


def google(*, client: str, secret: str, domain: str) -> Provider | None:
    """Google, for one domain. It does not say how somebody signed in."""
    if client and not domain:
        raise Misconfigured(
            "ZWERM_OIDC_GOOGLE_DOMAIN must be the domain of your school or board at Google."
        )
    return provider(
        "google", "Google", "https://accounts.google.com", client, secret,
        asks=(("hd", domain),), must_hold=(("hd", domain),),
    )  # fmt: skip


def other(
    *, name: str, client: str, secret: str, issuer: str, second_step: list[str]
) -> Provider | None:
    """Any other provider that speaks OpenID Connect."""
    if client and not name:
        raise Misconfigured("ZWERM_OIDC_OTHER_NAME must be what people call it.")
    return provider("other", name, issuer, client, secret, second_step=second_step)


def provider(
    key: str,
    name: str,
    issuer: str,
    client: str,
    secret: str,
    *,
    scope: tuple[str, ...] = ("openid", "profile"),
    asks: tuple[tuple[str, str], ...] = (),
    must_hold: tuple[tuple[str, str], ...] = (),
    second_step: list[str] | tuple[str, ...] = (),
) -> Provider | None:
    """A provider; None when it is not set.

    Raises:
        Misconfigured: it is set by half, or what it says could be changed on its way.
    """
    if not client:
        return None
    if not secret:
        raise Misconfigured(half_set(name, "a secret, in its setting or in a file"))
    if not is_safe(issuer):
        raise Misconfigured(half_set(name, "an issuer that begins with https://"))
    return Provider(
        key=key, name=name, issuer=issuer.rstrip("/"), client=client, secret=secret,
        scope=scope, asks=asks, must_hold=must_hold, second_step=tuple(second_step),
    )  # fmt: skip


def half_set(name: str, what: str) -> str:
    """What who runs the site reads when a setting is missing."""
    return f"Signing in by {name} needs {what}. See docs/admin/sign-in-of-the-school.md."


def is_safe(address: str) -> bool:
    """Encrypted, or on this machine itself.

    Example:
        >>> is_safe("https://accounts.google.com"), is_safe("http://school.example")
        (True, False)
    """
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )
