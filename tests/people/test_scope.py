"""One school at a time, never by accident all of them."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client

from tests.factories import (
    account_of,
    come_in_as,
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_team,
)
from zwerm.people.middleware import ActingMiddleware
from zwerm.people.models import Member, School
from zwerm.people.scope import (
    NoSchoolScope,
    SchoolManager,
    SchoolOwned,
    crossing_schools,
    school_scope,
)

pytestmark = pytest.mark.django_db

OWNED = [model for model in apps.get_models() if issubclass(model, SchoolOwned)]
NOT_OWNED = {
    "Account": "signs in at several schools",
    "Board": "has schools",
    "School": "is what the scope is about",
    "Mandate": "may be of a board; is read through the account",
    "Installation": "is about this installation",
    "Work": "holds no personal data",
    "Pulse": "is about this installation",
    "Erasure": "holds only keys, and is done again at every school",
}


ASKED = {
    "all": lambda rows: rows.all(),
    "bulk_create": lambda rows: rows.bulk_create([]),
    "count": lambda rows: rows.count(),
    "create": lambda rows: rows.create(),
    "exists": lambda rows: rows.exists(),
    "filter": lambda rows: rows.filter(pk=1),
    "first": lambda rows: rows.first(),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "none": lambda rows: rows.none(),
    "update": lambda rows: rows.update(school=None),
    "values_list": lambda rows: rows.values_list("pk"),
}


def test_every_model_belongs_to_a_school_or_says_why_not():
    others = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("zwerm.") and not issubclass(model, SchoolOwned)
        and not model._meta.auto_created
    }  # fmt: skip
    assert others == set(NOT_OWNED)
    assert len(OWNED) > 10


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("ask", ASKED)
def test_a_query_outside_any_scope_raises(model, ask):
    with pytest.raises(NoSchoolScope, match=f"^{model.__name__} was asked for outside"):
        ASKED[ask](model.objects)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_every_manager_of_a_school_s_data_is_scoped(model):
    managers = [model._default_manager, *model._meta.managers]
    assert [one for one in managers if not isinstance(one, SchoolManager)] == []


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_a_query_within_a_scope_asks_for_that_school_only(model):
    school = make_school()
    with school_scope(school):
        asked = str(model.objects.all().query)
    table = model._meta.db_table
    assert f'"{table}"."school_id" = ' in asked
    with crossing_schools("the test compares"):
        assert "WHERE" not in str(model.objects.all().query)


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


def test_a_scope_within_a_scope_ends_with_its_block():
    ours, theirs = make_school(), make_school()
    with school_scope(ours):
        make_member(ours)
        with school_scope(theirs):
            assert Member.objects.count() == 0
        assert Member.objects.count() == 1
        with pytest.raises(RuntimeError), crossing_schools("it fails inside"):
            raise RuntimeError
        assert Member.objects.count() == 1
    with pytest.raises(NoSchoolScope):
        Member.objects.count()


def test_crossing_needs_a_reason():
    with pytest.raises(ValueError, match="needs a reason"), crossing_schools(""):
        pass


def test_every_crossing_in_the_code_says_its_reason_in_words():
    source = Path(__file__).parents[2] / "src/zwerm"
    reasons = [
        ast.literal_eval(call.args[0])
        for path in source.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "crossing_schools"
    ]
    assert len(reasons) > 3
    assert [reason for reason in reasons if len(reason.split()) < 4] == []


# --- the middleware --------------------------------------------------------------------------


def seen_by(rf, account, session=None):
    """Who acts in a request of this account, and which people that request sees."""
    seen = {}

    def view(request):
        seen["acting"] = request.acting
        try:
            seen["people"] = [member.name for member in Member.objects.all()]
        except NoSchoolScope:
            seen["people"] = "no scope"
        return HttpResponse()

    request = rf.get("/")
    request.user, request.session = account, session or {}
    ActingMiddleware(view)(request)
    with pytest.raises(NoSchoolScope):
        Member.objects.count()
    return seen


def proved(account):
    """The session of somebody who gave their second step."""
    browser = Client()
    come_in_as(browser, account)
    return browser.session


def planted():
    school, other = make_school(name="A"), make_school(name="B")
    with crossing_schools("the test plants two schools"):
        noor = make_signed_member(school, name="Noor")
        make_member(other, name="Elsewhere")
    return noor, school, other


def test_a_request_acts_at_the_school_of_its_account_and_sees_it_only(rf):
    noor, school, _other = planted()
    seen = seen_by(rf, account_of(noor))
    assert (seen["acting"].school, seen["acting"].member) == (school, noor)
    assert seen["people"] == ["Noor"]


def test_a_request_without_a_place_has_no_scope(rf):
    planted()
    for account in (AnonymousUser(), make_account()):
        assert seen_by(rf, account) == {"acting": None, "people": "no scope"}


def test_a_request_for_a_board_has_no_scope(rf):
    account = make_account()
    board = make_board()
    make_mandate(account, "board", board=board)
    seen = seen_by(rf, account, proved(account))
    assert (seen["acting"].board, seen["acting"].school) == (board, None)
    assert seen["people"] == "no scope"


def test_a_session_cannot_name_a_place_that_is_not_of_the_account(rf):
    noor, school, other = planted()
    seen = seen_by(rf, account_of(noor), {"acting_at": f"school:{other.pk}"})
    assert seen["acting"].school == school
    assert isinstance(seen["acting"].school, School)
