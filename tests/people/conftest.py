"""What tests of people share: the browsers of who keeps the staff list, and of a teacher."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_signed_member
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
