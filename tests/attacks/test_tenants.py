"""Three schools, two hundred acts of everybody, and nobody sees anything of another school."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.attacks.tenants import Told, machine
from tests.attacks.three_schools import ThreeSchools, texts_without_a_word
from tests.test_access import CELLS
from zwerm.people import views
from zwerm.people.models import Member
from zwerm.people.queries import staff
from zwerm.people.scope import crossing_schools

STEPS, RUNS = 100, 2


def run(schools, told=None):
    """Some runs of a hundred acts; what was done and found."""
    told = told or Told()
    made = machine(schools, {(name, method) for name, method, *_rest in CELLS}, told)
    once = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(made, settings=once)
    return told


@pytest.fixture
def schools(db):
    return ThreeSchools()


@pytest.mark.usefixtures("schools")
def test_every_text_of_a_school_holds_its_word():
    assert texts_without_a_word() == set()


def test_nothing_of_a_school_is_seen_at_another(schools):
    told = run(schools)
    assert told.leaks == []
    assert told.steps == STEPS * RUNS
    assert set(told.answers) >= {200, 302, 403, 404}


def of_every_school(query=""):
    with crossing_schools("the fault that is planted"):
        return list(Member.objects.all())


def once_for_all(query=""):
    return cache.get_or_set("staff", lambda: staff(query))


@pytest.mark.parametrize("planted", [of_every_school, once_for_all])
def test_a_leak_that_is_planted_is_found(schools, monkeypatch, planted):
    monkeypatch.setattr(views, "staff", planted)
    told = Told()
    with pytest.raises(AssertionError, match=r"another|holds"):
        run(schools, told=told)
    assert "staff" in told.leaks[0]
