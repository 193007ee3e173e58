"""What changes at the provider, or never was here, while people sign in by it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from joserfc.jwk import RSAKey

from tests.factories import account_of, make_account, make_signed_member
from tests.people.by_school import SIGN_IN, WHO, a_browser, come_by, who


@pytest.fixture
def visitor():
    return a_browser()


def linked(school, sub="n-1"):
    """A member who signs in with the provider."""
    member = make_signed_member(school, language="en")
    SocialAccount.objects.create(user=account_of(member), provider="other", uid=sub)
    return member


def test_a_provider_may_change_its_keys(school, provider, visitor):
    linked(school)
    come_by(visitor, "n-1")
    old = provider.key
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig", "alg": "RS256"})
    try:
        assert come_by(fresh := a_browser(), "n-1")["Location"] == "/"
    finally:
        provider.key = old
    assert who(fresh)


def test_somebody_without_a_place_on_a_list_gets_nothing_by_a_code_either(
    school, provider, visitor
):
    make_account(email="gone@school.example")
    come_by(visitor, "n-1")
    visitor.post(SIGN_IN, {"email": "gone@school.example", "next": WHO})
    assert mail.outbox == []
