import pytest

from zwerm.core.jobs import steps
from zwerm.core.models import Work

pytestmark = pytest.mark.django_db


def told(work):
    kept = Work.objects.get(pk=work.pk)
    return kept.state, kept.done, kept.total, kept.message, kept.is_over


def test_work_is_followed_step_by_step_until_it_is_done():
    work = Work.objects.create()
    assert told(work) == ("waiting", 0, 1, "", False)
    with steps(work, 3) as progress:
        assert told(work) == ("busy", 0, 3, "", False)
        progress.step("Reading")
        assert told(work) == ("busy", 1, 3, "Reading", False)
    assert told(work) == ("done", 3, 3, "Reading", True)


def stop_halfway(work, fault):
    with steps(work, 2) as progress:
        progress.step("Computing")
        raise fault


def test_work_that_fails_says_so_and_the_fault_goes_on():
    work = Work.objects.create()
    with pytest.raises(ZeroDivisionError):
        stop_halfway(work, ZeroDivisionError())
    assert told(work) == ("failed", 1, 2, "Computing", True)


def test_work_that_was_stopped_halfway_can_be_done_again():
    work = Work.objects.create()
    with pytest.raises(SystemExit):
        stop_halfway(work, SystemExit())
    with steps(work, 2):
        assert told(work)[:2] == ("busy", 0)
    assert told(work)[:3] == ("done", 2, 2)


def test_more_steps_than_were_counted_do_no_harm():
    work = Work.objects.create()
    with steps(work, 1) as progress:
        progress.step("One")
        progress.step("Two")
    assert told(work)[:3] == ("done", 1, 1)
