"""Somebody who would come in by the school's own provider as who they are not.

The provider is a real server that can be made to lie. Each attack is seen to succeed once, with
the defence that stops it taken away.
"""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.factories import account_of, make_member, make_signed_member
from tests.people.by_school import a_browser, at_provider, begin, come_by, who
from tests.people.openid_server import CLIENT
from tests.people.test_sign_in import sign_in
from zwerm.people.oidc import token, views
from zwerm.people.oidc.adapter import SchoolAdapter, as_app
from zwerm.people.oidc.known import Provider
from zwerm.people.oidc.provider import SchoolProvider

STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
AN_HOUR = 3600


@pytest.fixture
def victim(school):
    """Noor, who signs in with the provider, where she is n-1."""
    noor = make_signed_member(school, name="Noor Bos", language="en")
    SocialAccount.objects.create(user=account_of(noor), provider="other", uid="n-1")
    return str(noor.account_id)


# --- a token that nobody signed for this visit ----------------------------------------------------


def by_provider(provider: Any, said: dict[str, Any], **header: Any) -> str:
    """A token with the key of the provider itself."""
    return jwt.encode(said, provider.key.as_pem(private=True), "RS256", {"kid": "one", **header})


def shared_secret(provider: Any, said: dict[str, Any]) -> str:
    """Signed with the public key as if that were a secret: everybody has it."""
    public = provider.key.as_pem(private=False)
    unsigned = jwt.encode(said, "x" * 32, "HS256", {"kid": "one"}).rpartition(".")[0]
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = algorithm.sign(unsigned.encode(), public)
    return f"{unsigned}.{jwt.utils.base64url_encode(signature).decode()}"


FORGED = {
    "another key": lambda _p, said: jwt.encode(said, STRANGER, "RS256", {"kid": "one"}),
    "a key of its own name": lambda _p, said: jwt.encode(said, STRANGER, "RS256", {"kid": "mine"}),
    "no signature": lambda _p, said: jwt.encode(said, "", "none"),
    "a public key as a secret": shared_secret,
    "for another site": lambda p, said: by_provider(p, said | {"aud": "elsewhere"}),
    "for two sites": lambda p, said: by_provider(p, said | {"aud": [CLIENT, "elsewhere"]}),
    "asked by another site": lambda p, said: by_provider(p, said | {"azp": "elsewhere"}),
    "of another issuer": lambda p, said: by_provider(p, said | {"iss": "https://x.example"}),
    "of another visit": lambda p, said: by_provider(p, said | {"nonce": "of another visit"}),
    "of no visit": lambda p, said: by_provider(p, without(said, "nonce")),
    "over": lambda p, said: by_provider(p, said | {"exp": int(time.time()) - AN_HOUR}),
    "never over": lambda p, said: by_provider(p, without(said, "exp")),
    "not begun": lambda p, said: by_provider(p, said | {"iat": int(time.time()) + AN_HOUR}),
}


def without(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def believing(id_token: str, **_how: Any) -> dict[str, Any]:
    """What a token says, without a look at anything."""
    return dict(jwt.decode(id_token, options={"verify_signature": False}))


def come_with(provider: Any, forge: Any) -> str | None:
    """A stranger comes back with a token that says to be Noor; who is signed in then."""
    provider.forge = lambda said: forge(provider, said | {"sub": "n-1"})
    browser = a_browser()
    come_by(browser, "a stranger")
    return who(browser)


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_signs_nobody_in(provider, victim, kind, monkeypatch):
    assert come_with(provider, FORGED[kind]) is None
    monkeypatch.setattr(token, "claims_of", believing)
    assert come_with(provider, FORGED[kind]) == victim


def test_what_is_told_apart_is_the_forgery(provider, victim):
    """The same way with a token that the provider signs: else the above proves nothing."""
    assert come_with(provider, by_provider) == victim


@pytest.mark.parametrize(
    "said", [{}, {"hd": "elsewhere.example"}, {"hd": ["school.example"]}, {"hd": ""}]
)
def test_somebody_of_another_domain_or_tenant_is_refused(provider, victim, said, settings):
    fields = {name: getattr(settings.OIDC[0], name) for name in Provider.__slots__}
    settings.OIDC = [Provider(**fields | {"must_hold": (("hd", "school.example"),)})]
    assert come_with(provider, lambda p, claims: by_provider(p, claims | said)) is None
    right = {"hd": "school.example"}
    assert come_with(provider, lambda p, claims: by_provider(p, claims | right)) == victim


def test_a_provider_that_says_to_be_another_is_refused(provider, victim):
    provider.says_issuer = "https://accounts.google.com"
    refused = a_browser().post("/account/school/other/")
    assert refused.status_code == 502


# --- a visit of somebody else, or an old one ------------------------------------------------------


def leaving_it(request: Any, *, state_id: str, provider_id: str) -> Any:
    """The state of a visit, that stays good for another time."""
    return request.session[statekit.STATES_SESSION_KEY][state_id][0]


def test_a_way_back_works_once(provider, victim, monkeypatch):
    browser = a_browser()
    back = at_provider(begin(browser), "n-1")
    browser.get(back)
    browser.post("/account/sign-out/")
    assert browser.get(back).status_code == 403
    assert who(browser) is None

    monkeypatch.setattr(statekit, "unstash_state", leaving_it)
    monkeypatch.setattr(provider, "codes", Kept())
    another = a_browser()
    back = at_provider(begin(another), "n-1")
    another.get(back)
    session = another.session
    del session["_auth_user_id"]
    session.save()
    another.get(back)
    assert who(another) == victim


class Kept(dict[str, Any]):
    """Codes that work again and again."""

    def __delitem__(self, key: str) -> None:
        """Not this one either."""


def test_nobody_is_signed_in_as_the_one_who_sent_a_link(provider, victim, monkeypatch):
    """Whoever presses a link of an attacker would otherwise work in the account of that one."""
    attacker, noor = a_browser(), a_browser()
    back = at_provider(begin(attacker), "n-1")
    assert noor.get(back).status_code == 403
    assert who(noor) is None

    states = attacker.session[statekit.STATES_SESSION_KEY]
    monkeypatch.setattr(statekit, "unstash_state", lambda _r, *, state_id, **_: states[state_id][0])
    noor.get(back)
    assert who(noor) == victim


def test_a_code_that_was_stolen_on_its_way_is_of_no_use(provider, victim, monkeypatch):
    assert come_with_stolen_code() is None
    monkeypatch.setattr(SchoolProvider, "pkce_enabled_default", False)
    assert come_with_stolen_code() is None  # the nonce holds as well
    monkeypatch.setattr(token, "claims_of", believing)
    assert come_with_stolen_code() == victim


def come_with_stolen_code() -> str | None:
    """An attacker puts the code of Noor in a visit of their own."""
    noor, attacker = a_browser(), a_browser()
    code = part(at_provider(begin(noor), "n-1"), "code")
    attacker.get(f"/account/school/other/back/?code={code}&state={part(begin(attacker), 'state')}")
    return who(attacker)


def part(address: str, name: str) -> str:
    return address.partition(f"{name}=")[2].partition("&")[0]


# --- taking over an account -----------------------------------------------------------------------


def as_usual(request: Any, found: Provider, claims: dict[str, Any], *, wanted: str) -> Any:
    """What sites usually do: the verified mail address of a provider says who somebody is."""
    usual = OpenIDConnectProvider(request, app=as_app(found))
    login = usual.sociallogin_from_response(request, {"id_token": claims})
    login.state = {"process": "login"}
    return complete_social_login(request, login)


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_mail_address_that_a_provider_names_opens_no_account(
    provider, school, monkeypatch, settings, is_linked
):
    """In a directory of one's own anybody writes any address, and calls it verified."""
    noor = make_signed_member(school)
    if is_linked:
        SocialAccount.objects.create(user=account_of(noor), provider="other", uid="n-1")
    provider.people["mallory"] = {"email": noor.email, "email_verified": True}
    mallory = a_browser()
    come_by(mallory, "mallory")
    assert who(mallory) is None
    assert SocialAccount.objects.filter(uid="mallory").count() == 0

    monkeypatch.setattr(views, "ask_who", as_usual)
    monkeypatch.delattr(SchoolAdapter, "authenticate_by_email")
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    come_by(mallory, "mallory")
    assert who(mallory) == str(noor.account_id)


def test_an_address_that_changes_at_the_provider_changes_nobody(provider, victim):
    provider.people["n-1"] = {"email": "principal@school.example", "email_verified": True}
    come_by(browser := a_browser(), "n-1")
    assert who(browser) == victim
    assert SocialAccount.objects.get().extra_data == {}


def test_who_walked_away_from_a_shared_computer_is_not_linked_to_the_next(provider, school):
    """Mallory signs in at the provider and leaves; Noor signs in with a code, and works."""
    noor = make_member(school, language="en")
    shared = a_browser()
    come_by(shared, "mallory")
    sign_in(shared, noor.email)
    shared.get("/people/")
    assert SocialAccount.objects.count() == 0
    assert (
        b"Say yes only when you signed in there yourself"
        in shared.get("/account/signing-in/school/who/").content
    )
    shared.post("/account/signing-in/school/who/", {"yes": "1"})
    assert SocialAccount.objects.get().uid == "mallory"


# --- where somebody lands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        " https://evil.example/",
    ],
)
def test_signing_in_leads_to_no_other_site(provider, victim, wanted, monkeypatch):
    assert come_by(a_browser(), "n-1", wanted)["Location"] == "/"
    monkeypatch.setattr(views, "of_this_site", lambda one: one)
    led_astray = come_by(a_browser(), "n-1", wanted)
    assert led_astray.get("Location", "") != "/"
