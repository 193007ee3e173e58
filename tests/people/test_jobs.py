import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import make_account, make_school
from zwerm.core import clock
from zwerm.people import jobs
from zwerm.people.actions.staff import keep_upload
from zwerm.people.models import Upload
from zwerm.people.scope import crossing_schools, school_scope

pytestmark = pytest.mark.django_db


def test_files_that_nobody_confirmed_go_after_a_day_at_every_school():
    old, new = clock.today() - dt.timedelta(days=2), clock.today()
    for day in (old, new):
        for school in (make_school(), make_school()):
            with clock.at(day), school_scope(school):
                keep_upload(school, by=make_account(), name=str(day), content=b"naam\nNoor")

    jobs.tick()
    jobs.tick()

    with crossing_schools("the test looks at every school"):
        assert list(Upload.objects.values_list("name", flat=True)) == [str(new)] * 2


def test_sessions_that_are_over_go():
    for days in (-1, 1):
        browser = Client()
        browser.force_login(make_account())
        over = timezone.now() + dt.timedelta(days=days)
        Session.objects.filter(pk=browser.session.session_key).update(expire_date=over)
    jobs.tick()
    assert Session.objects.get().expire_date > timezone.now()
