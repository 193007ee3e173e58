"""What a provider says of who signed in: believed when it signed that, for us, for this visit."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a key of which only the provider has the secret half. Never `none`, never one
with a shared secret."""

REQUIRED = ("iss", "aud", "exp", "iat", "sub", "nonce")
LEEWAY = 60
"""Seconds by which clocks may differ."""

LONGEST_SUBJECT = 191


class Forged(Exception):
    """What came is not what this provider signed for this visit. The message says in what."""


def claims_of(
    token: str,
    *,
    keys: Mapping[str, Any],
    issuer: str,
    client: str,
    nonce: str,
    must_hold: Mapping[str, str],
) -> dict[str, Any]:
    """What an id token says, once everything about it was checked.

    Args:
        token: as it came, three parts with dots between.
        keys: the public keys of the provider, as it publishes them.
        issuer: who must have signed it.
        client: for whom it must be.
        nonce: what this visit sent along, and no other visit.
        must_hold: claims with the value that they must have.

    Raises:
        Forged: anything is not as it should be.

    Source: OpenID Connect Core 1.0, 3.1.3.7.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key_of(token, keys),
            algorithms=ALGORITHMS,
            audience=client,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
    except jwt.PyJWTError as fault:
        raise Forged(type(fault).__name__) from fault
    check_for_whom(claims, client)
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise Forged("another visit")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise Forged("nobody")
    wrong = [name for name, value in must_hold.items() if claims.get(name) != value]
    if wrong:
        raise Forged(f"another {wrong[0]}")
    return claims


def check_for_whom(claims: Mapping[str, Any], client: str) -> None:
    """A token for several at once is for who asked it, which it must say."""
    for_many = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (for_many or "azp" in claims) and claims.get("azp") != client:
        raise Forged("another client")


def key_of(token: str, keys: Mapping[str, Any]) -> Any:
    """The key with which this token says it was signed; the only one there is when it says none."""
    header = jwt.get_unverified_header(token)
    there = jwt.PyJWKSet.from_dict(dict(keys)).keys
    usable = [one for one in there if one.public_key_use in (None, "sig")]
    kid = header.get("kid")
    fitting = [one for one in usable if kid in (None, one.key_id)]
    if len(fitting) != 1:
        raise Forged("no such key")
    return fitting[0]


def says_second_step(claims: Mapping[str, Any], believed: tuple[str, ...]) -> bool:
    """True if the provider says that a second step was given, in words that are believed.

    Example:
        >>> says_second_step({"amr": ["pwd", "mfa"]}, ("mfa",))
        True
        >>> says_second_step({"amr": "mfa"}, ())
        False
    """
    amr = claims.get("amr")
    said = [claims.get("acr"), *(amr if isinstance(amr, list) else [amr])]
    return any(one in believed for one in said if isinstance(one, str))
