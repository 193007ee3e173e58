"""What tests of people share: the browsers of two people, and a provider to sign in with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_signed_member
from tests.people.by_school import a_provider, as_set
from tests.people.openid_server import School as OpenId
from tests.people.pages import browser_of
from zwerm.people.models import School


@pytest.fixture
def keeper(school: School) -> Client:
    """The browser of a facilitator, who stands on the list as Farah with number 1."""
    farah = make_signed_member(school, name="Farah", staff_number="1", email="farah@school.example")
    return browser_of(farah, "facilitator")


@pytest.fixture
def teacher(school: School) -> Client:
    return browser_of(make_signed_member(school, name="Tess"))


@pytest.fixture(scope="session")
def running() -> Iterator[OpenId]:
    """A provider of OpenID Connect, started once."""
    with a_provider() as one:
        yield one


@pytest.fixture
def provider(running: OpenId, settings: Any) -> OpenId:
    """The provider as if just started, and this site set to it."""
    running.forget()
    settings.OIDC = [as_set(running)]
    return running
