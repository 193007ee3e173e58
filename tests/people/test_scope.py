import pytest

from tests.factories import make_member, make_school, make_team
from zwerm.people.models import Member
from zwerm.people.scope import NoSchoolScope, crossing_schools, school_scope

pytestmark = pytest.mark.django_db


def test_a_query_outside_any_scope_raises():
    with pytest.raises(NoSchoolScope, match="Member"):
        Member.objects.count()


def test_a_query_sees_its_own_school_only():
    ours, theirs = make_school(), make_school()
    with crossing_schools("the test plants two schools"):
        mine = make_member(ours, name="Mine")
        make_member(theirs, name="Theirs")

    with school_scope(ours):
        assert list(Member.objects.all()) == [mine]


def test_related_managers_are_scoped_too():
    ours = make_school()
    with school_scope(ours):
        member = make_member(ours, team=make_team(ours))

    with pytest.raises(NoSchoolScope):
        member.memberships.count()


def test_crossing_needs_a_reason():
    with pytest.raises(ValueError, match="needs a reason"), crossing_schools(""):
        pass
