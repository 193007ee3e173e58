import datetime as dt

import pytest
from django.utils import timezone

from zwerm.core import clock


def test_the_clock_is_that_of_the_machine_until_it_is_moved():
    before = timezone.now()
    now = clock.now()
    assert before <= now <= timezone.now()
    assert clock.today() == timezone.localdate()


def test_within_a_block_it_is_another_day_in_the_zone_of_the_site():
    with clock.at(dt.date(2026, 7, 1), hour=8):
        assert clock.today() == dt.date(2026, 7, 1)
        assert clock.now().isoformat() == "2026-07-01T08:00:00+02:00"
        with clock.at(dt.date(2026, 12, 1)):
            assert clock.now().isoformat() == "2026-12-01T12:00:00+01:00"
        assert clock.today() == dt.date(2026, 7, 1)
    assert abs(clock.now() - timezone.now()) < dt.timedelta(minutes=1)


def test_just_after_midnight_it_is_the_new_day_here_though_not_yet_in_utc():
    with clock.at(dt.date(2026, 7, 2), hour=0):
        assert clock.now().astimezone(dt.UTC).date() == dt.date(2026, 7, 1)
        assert clock.today() == dt.date(2026, 7, 2)


def test_a_block_that_fails_sets_the_clock_back():
    with pytest.raises(RuntimeError), clock.at(dt.date(2020, 1, 1)):
        raise RuntimeError
    assert clock.today() == timezone.localdate()
