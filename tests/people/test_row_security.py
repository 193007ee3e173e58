"""The second wall: PostgreSQL itself shows the rows of one school, whatever a query asks."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, models, transaction
from django.test.utils import isolate_apps

from tests.factories import (
    make_account,
    make_board,
    make_mandate,
    make_member,
    make_school,
    make_team,
)
from zwerm.people import row_security
from zwerm.people.models import Board, Mandate, Member, School, Team
from zwerm.people.scope import SchoolManager, SchoolOwned, crossing_schools, school_scope
from zwerm.scans.models import Scan

pytestmark = pytest.mark.django_db
ON_POSTGRES = connection.vendor == "postgresql"
only_on_postgres = pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no row-level security")


# --- which tables ----------------------------------------------------------------------------


def test_every_table_has_a_rule_or_says_why_not():
    tables = set(connection.introspection.table_names()) - {"zwerm_cache"}
    with_rule = set(row_security.rules())
    assert tables - with_rule - row_security.OPEN.keys() == set()
    assert with_rule & row_security.OPEN.keys() == set()
    assert with_rule > {
        one._meta.db_table for one in apps.get_models() if issubclass(one, SchoolOwned)
    }
    assert all(len(reason.split()) > 2 for reason in row_security.OPEN.values())


def test_a_table_without_a_rule_would_be_missed(monkeypatch):
    monkeypatch.setattr(row_security, "every_model", lambda: [Scan])
    assert set(row_security.rules()) == {"scans_scan"}


def test_no_reason_is_kept_of_a_table_that_is_gone():
    tables = set(connection.introspection.table_names())
    assert row_security.OPEN.keys() - {"zwerm_cache"} - tables == set()


@isolate_apps("zwerm.people")
def test_a_new_model_gets_its_rule_by_itself():
    class Own(models.Model):  # noqa: DJ008  # nobody prints it
        school = models.ForeignKey(School, models.CASCADE)

        class Meta:
            app_label = "people"

    class OfMember(models.Model):  # noqa: DJ008  # nobody prints it
        member = models.ForeignKey(Member, models.CASCADE, null=True)

        class Meta:
            app_label = "people"

    class Nothing(models.Model):  # noqa: DJ008  # nobody prints it
        class Meta:
            app_label = "people"

    assert row_security.rule_of(Own).endswith(f'"school_id" = {row_security._ONE})')
    assert row_security.rule_of(OfMember) == (
        '("member_id" IS NULL OR EXISTS (SELECT FROM "people_member" belongs_to '
        'WHERE belongs_to."id" = "people_ofmember"."member_id"))'
    )
    assert row_security.rule_of(Nothing) == ""


def test_what_stands_between_two_nouns_follows_both():
    rule = row_security.rules()["scans_scan_leaders"]
    assert [rule.count(f'FROM "{one}"') for one in ("scans_scan", "people_member")] == [1, 1]


# --- what the database shows ----------------------------------------------------------------------


@pytest.fixture
def ours_and_theirs():
    """Two schools with a person each; the managers filter nothing any more."""
    ours, theirs = make_school(), make_school()
    with crossing_schools("the test plants two schools"):
        for school in (ours, theirs):
            make_member(school, team=make_team(school))
            make_mandate(make_account(), "facilitator", school=school)
    return ours, theirs


def seen(model):
    """The schools of the rows that the database shows, to a query without any filter."""
    return set(model._base_manager.values_list("school_id", flat=True))


@only_on_postgres
@pytest.mark.parametrize("model", [Member, Team, Mandate], ids=lambda model: model.__name__)
def test_a_query_without_a_filter_sees_the_school_in_scope_only(ours_and_theirs, model):
    ours, theirs = ours_and_theirs
    assert seen(model) == set()
    with school_scope(ours):
        assert seen(model) == {ours.pk}
        with school_scope(theirs):
            assert seen(model) == {theirs.pk}
        with crossing_schools("the test compares"):
            assert seen(model) == {ours.pk, theirs.pk}
        assert seen(model) == {ours.pk}
    assert seen(model) == set()


@only_on_postgres
def test_without_the_rule_the_same_query_sees_both(ours_and_theirs):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE people_member DISABLE ROW LEVEL SECURITY")
    with school_scope(ours_and_theirs[0]):
        assert seen(Member) == {one.pk for one in ours_and_theirs}
        assert seen(Team) == {ours_and_theirs[0].pk}


@only_on_postgres
def test_nothing_of_another_school_is_changed_added_or_counted(ours_and_theirs):
    ours, theirs = ours_and_theirs
    with school_scope(ours):
        assert Member._base_manager.filter(school=theirs).update(name="Changed") == 0
        assert Member._base_manager.filter(school=theirs).delete() == (0, {})
        assert Member._base_manager.count() == 1
        for change in (
            lambda: Team._base_manager.create(school=theirs, name="Planted"),
            lambda: Team._base_manager.update(school=theirs),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                change()
    with crossing_schools("the test compares"):
        assert Member.objects.filter(name="Changed").count() == 0
        assert set(Team.objects.values_list("school_id", flat=True)) == {ours.pk, theirs.pk}


@only_on_postgres
def test_a_mandate_of_a_board_is_of_no_school():
    account = make_account()
    make_mandate(account, "board", board=make_board())
    assert Mandate.objects.filter(account=account).count() == 1


# --- the setting follows the scope ---------------------------------------------------------------


@only_on_postgres
def test_a_transaction_that_is_undone_leaves_no_wider_sight(ours_and_theirs):
    """PostgreSQL takes its setting back with the transaction: we must say it again."""
    ours, _theirs = ours_and_theirs
    with school_scope(ours):
        assert seen(Member) == {ours.pk}
    with transaction.atomic(), crossing_schools("it is undone"):
        assert len(seen(Member)) == 2
        transaction.set_rollback(True)
    with school_scope(ours):
        assert seen(Member) == {ours.pk}
    assert seen(Member) == set()


@only_on_postgres
def test_a_statement_that_fails_leaves_no_wider_sight(ours_and_theirs):
    ours, _theirs = ours_and_theirs
    with crossing_schools("the first of a transaction"):
        seen(Member)
    with school_scope(ours):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert seen(Member) == {ours.pk}


@pytest.mark.django_db(transaction=True)
@only_on_postgres
def test_a_transaction_that_failed_in_silence_leaves_no_wider_sight():
    """Told to keep it, PostgreSQL undoes a transaction in which something failed."""
    ours, theirs = make_school(), make_school()
    for school in (ours, theirs):
        with school_scope(school):
            make_member(school)
    with crossing_schools("what the setting goes back to"):
        assert len(seen(Member)) == 2
    with school_scope(ours):
        connection.set_autocommit(False)
        try:
            assert seen(Member) == {ours.pk}
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
            connection.commit()
        finally:
            connection.set_autocommit(True)
        assert seen(Member) == {ours.pk}


@pytest.mark.django_db(transaction=True)
@only_on_postgres
def test_a_connection_that_lives_on_shows_nothing_of_the_request_before():
    school = make_school()
    with school_scope(school):
        make_member(school)
        assert seen(Member) == {school.pk}
    assert seen(Member) == set()
    with school_scope(school):
        connection.close()
        assert seen(Member) == {school.pk}


# --- how it is put in place ----------------------------------------------------------------------


@only_on_postgres
def test_every_rule_is_in_force_after_migrating():
    assert row_security.rules_there() == row_security.rules()
    assert row_security.faults() == []


@only_on_postgres
def test_a_rule_that_is_gone_or_old_is_told_and_put_back():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP POLICY {row_security.POLICY} ON people_member")
        cursor.execute("ALTER TABLE people_team NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"COMMENT ON POLICY {row_security.POLICY} ON people_post IS 'older'")
    assert row_security.faults() == [
        "3 tables have no rule, or an old one (people_member). Run: zwerm migrate"
    ]
    row_security.put_in_place()
    assert row_security.faults() == []


@only_on_postgres
def test_a_rule_of_a_table_that_needs_none_any_more_goes():
    row_security.renew("people_board", "true")
    row_security.put_in_place()
    assert "people_board" not in row_security.rules_there()
    assert Board.objects.create(name="Free").pk


@only_on_postgres
def test_a_superuser_goes_through_and_is_told_so():
    """The control: the same query, as a user for whom no rule holds."""
    assert not row_security.sees_everything()
    through = connections.create_connection("default")
    through.settings_dict = {**connection.settings_dict, "USER": "postgres"}
    try:
        assert row_security.sees_everything(through)
        assert row_security.faults(through)[0].startswith("PostgreSQL shows everything to the user")
    finally:
        through.close()


@pytest.mark.skipif(ON_POSTGRES, reason="about SQLite")
def test_on_sqlite_there_is_no_second_wall_and_nothing_to_say():
    row_security.put_in_place()
    assert row_security.faults() == []


def test_the_managers_stand_on_both_databases(ours_and_theirs):
    ours, _theirs = ours_and_theirs
    with school_scope(ours):
        assert isinstance(Member.objects, SchoolManager)
        assert set(Member.objects.values_list("school_id", flat=True)) == {ours.pk}
    assert School.objects.count() == 2
