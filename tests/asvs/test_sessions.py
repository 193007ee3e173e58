"""A session is new at each sign-in, ends after its term, and opens nothing once it was ended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories import account_of, make_school, make_signed_member
from zwerm.core import clock
from zwerm.people.scope import school_scope

pytestmark = pytest.mark.django_db
PAGE = "home:about_me"


@pytest.fixture
def account():
    school = make_school()
    with school_scope(school):
        return account_of(make_signed_member(school))


def signed_in(account, browser=None):
    browser = browser or Client()
    browser.force_login(account)
    return browser


def test_signing_in_gives_a_new_session(account):
    """Also to who brings one along: the one before opens nothing."""
    browser = Client()
    browser.get(reverse("account_request_login_code"))
    session = browser.session
    session["planted"] = True
    session.save()
    before = session.session_key
    signed_in(account, browser)
    assert browser.session.session_key not in {None, before}
    assert not Session.objects.filter(session_key=before).exists()
    first = browser.session.session_key
    browser.post(reverse("account_logout"))
    signed_in(account, browser)
    assert browser.session.session_key != first


def test_a_session_that_was_ended_opens_nothing(account):
    browser = signed_in(account)
    stolen = Client()
    stolen.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert stolen.get(reverse(PAGE)).status_code == 200
    browser.post(reverse("account_logout"))
    assert stolen.get(reverse(PAGE)).status_code == 302


def test_a_session_ends_after_its_term_however_much_it_is_used(account, settings):
    now = clock.now()
    browser = signed_in(account)
    last = now + dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    ends = Session.objects.get().expire_date
    assert abs((ends - last).total_seconds()) < 60
    assert browser.get(reverse(PAGE)).status_code == 200
    assert Session.objects.get().expire_date == ends
    Session.objects.update(expire_date=now - dt.timedelta(seconds=1))
    assert browser.get(reverse(PAGE)).status_code == 302
