"""The dry run: what a staff list would change."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_member, make_school, make_team
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv
from tests.people.plans import planned
from zwerm.people.actions.log import BY_COMMAND
from zwerm.people.actions.staff import apply_plan, write_new
from zwerm.people.exporting import as_workbook
from zwerm.people.models import Member, Membership, Post, Role, Team
from zwerm.people.scope import crossing_schools
from zwerm.people.staff_list.plan import present_members
from zwerm.people.staff_list.rows import Row

EVA = ["Eva Vos", "eva@school.example", "103", "Sport", "leraar", "LB", "0,6", ""]


@pytest.fixture
def loaded(school):
    """A school with Noor and Daan on its list."""
    apply_plan(school, planned(school, as_csv(HEADINGS, NOOR, DAAN)), by=BY_COMMAND)
    return school


def changes(plan):
    return [
        (one.name, [(part.label, part.before, part.after) for part in one.parts])
        for one in plan.changed
    ]


def counts(plan):
    return len(plan.new), len(plan.changed), len(plan.left), plan.same, len(plan.faults)


def test_everybody_is_new_on_an_empty_list(school):
    plan = planned(school, as_csv(HEADINGS, NOOR, DAAN))
    assert [row.name for row in plan.new] == ["Noor Bos", "Daan Kok"]
    assert counts(plan) == (2, 0, 0, 0, 0)


def test_the_same_list_changes_nothing(loaded):
    plan = planned(loaded, as_csv(HEADINGS, NOOR, DAAN))
    assert counts(plan) == (0, 0, 0, 2, 0)
    assert not plan.changes_something


def test_our_own_download_changes_nothing(loaded):
    anna = Row(9, "Anna", "=anna@school.example", "-7", ("Balie/roosters",))
    hart = Row(9, "'t Hart", started_on=dt.date(2021, 8, 1), language="en")
    write_new(loaded, [anna, hart])

    plan = planned(loaded, as_workbook(present_members()))

    assert counts(plan) == (0, 0, 0, 4, 0)


def test_what_differs_is_told_with_before_and_after(loaded):
    noor = ["Noor Bos-Kok", *NOOR[1:3], "Zorg; Talen", "leraar", "lc", "1", "coach"]

    plan = planned(loaded, as_csv(HEADINGS, noor, DAAN))

    assert changes(plan) == [
        (
            "Noor Bos",
            [
                ("name", "Noor Bos", "Noor Bos-Kok"),
                ("teams, the home team first", "Talen, Zorg", "Zorg, Talen"),
                ("pay scale", "LB", "LC"),
                ("FTE", "0,8", "1"),
                ("role", "mentor", "coach"),
            ],
        )
    ]
    assert counts(plan) == (0, 1, 0, 1, 0)


def test_a_column_that_is_absent_and_a_cell_that_is_empty_change_nothing(loaded):
    plan = planned(loaded, as_csv(["naam", "nummer", "functie"], ["Noor Bos", "101", ""],
                                  ["Daan Kok", "102", "teamleider"]))  # fmt: skip
    assert counts(plan) == (0, 0, 0, 2, 0)


def test_who_is_not_in_the_file_left(loaded):
    plan = planned(loaded, as_csv(HEADINGS, NOOR))
    assert [member.name for member in plan.left] == ["Daan Kok"]


def test_nobody_leaves_as_long_as_a_row_has_a_fault(loaded):
    plan = planned(loaded, as_csv(HEADINGS, ["", *NOOR[1:]]))
    assert counts(plan) == (0, 0, 0, 0, 1)


def test_more_than_one_in_five_leaving_is_many(school):
    for number in range(10):
        make_member(school, name=f"Person {number:02d}", email=f"p{number}@school.example")
    people = [[f"Person {number:02d}", f"p{number}@school.example"] for number in range(10)]

    assert not planned(school, as_csv(["naam", "mail"], *people[:8])).many_leave
    assert planned(school, as_csv(["naam", "mail"], *people[:7])).many_leave


def test_a_number_goes_before_an_address_and_an_address_before_a_name(school):
    make_member(school, name="By number", staff_number="1", email="one@school.example")
    make_member(school, name="By address", staff_number="2", email="two@school.example")

    plan = planned(
        school,
        as_csv(
            ["naam", "nummer", "mail"],
            ["A", "1", "two@school.example"],
            ["B", "", "one@school.example"],
        ),
    )

    assert [one.name for one in plan.changed] == ["By number"]
    assert [row.name for row in plan.new] == ["B"]
    assert [member.name for member in plan.left] == ["By address"]


def test_two_people_of_one_name_without_number_or_address_stay_two(school):
    content = as_csv(["naam", "team"], ["Jan Bos", "Talen"], ["Jan Bos", "Sport"])
    apply_plan(school, planned(school, content), by=BY_COMMAND)

    assert counts(planned(school, content)) == (0, 0, 0, 2, 0)


def test_a_list_of_names_gets_its_addresses_later(school):
    apply_plan(school, planned(school, as_csv(["naam"], ["Noor Bos"], ["Daan Kok"])), by=BY_COMMAND)

    plan = planned(school, as_csv(["naam", "mail", "nummer"], NOOR[:3], DAAN[:3]))

    assert counts(plan) == (0, 2, 0, 0, 0)
    assert [one.asks_address for one in plan.changed] == [False, False]


def test_another_address_is_asked_and_other_capitals_are_not(loaded):
    moved = ["Noor Bos", "n.bos@school.example", *NOOR[2:]]
    shouted = ["Daan Kok", "DAAN@school.example", *DAAN[2:]]

    plan = planned(loaded, as_csv(HEADINGS, moved, shouted))

    assert [(one.name, one.asks_address) for one in plan.changed] == [("Noor Bos", True)]
    assert plan.same == 1


def test_a_team_is_spelled_as_on_the_list_and_else_as_in_its_first_row(loaded):
    eva = [*EVA[:3], "TALEN; Kunst", *EVA[4:]]
    sam = ["Sam", "sam@school.example", "104", "kunst", "", "", "", ""]

    plan = planned(loaded, as_csv(HEADINGS, NOOR, DAAN, eva, sam))

    assert [row.teams for row in plan.new] == [("Talen", "Kunst"), ("Kunst",)]


def test_a_file_without_names_is_not_recognised(loaded):
    plan = planned(loaded, as_csv(["Wie", "Waar"], ["Noor", "Talen"]))
    assert not plan.is_recognised
    assert counts(plan) == (0, 0, 0, 0, 0)


def test_another_school_is_never_matched_or_seen(loaded):
    other = make_school()
    with crossing_schools("the test plants a person at another school"):
        make_member(other, name="Noor Bos", email="noor@school.example", staff_number="101")

    plan = planned(loaded, as_csv(HEADINGS, NOOR, DAAN))

    assert counts(plan) == (0, 0, 0, 2, 0)


def test_the_fingerprint_follows_the_changes_and_nothing_else(loaded):
    before = planned(loaded, as_csv(HEADINGS, NOOR)).fingerprint
    assert planned(loaded, as_csv(HEADINGS, NOOR)).fingerprint == before
    assert planned(loaded, as_csv(HEADINGS, NOOR, EVA)).fingerprint != before
    make_member(loaded, name="Somebody else")
    assert planned(loaded, as_csv(HEADINGS, NOOR)).fingerprint != before


def test_a_dry_run_writes_nothing_and_costs_the_same_for_more_people(loaded):
    with CaptureQueriesContext(
        connection,
    ) as small:
        planned(loaded, as_csv(HEADINGS, NOOR, DAAN))
    for number in range(30):
        make_member(loaded, team=make_team(loaded), name=f"Person {number}")
    with CaptureQueriesContext(connection) as large:
        planned(loaded, as_csv(HEADINGS, NOOR, DAAN, EVA))

    assert len(small) == len(large)
    assert {query["sql"].split()[0] for query in large} == {"SELECT"}


def test_a_large_list_is_written_in_few_statements(school):
    rows = [
        [f"Person {i}", f"p{i}@school.example", str(i), f"Team {i % 90}", "leraar", "LB", "1", "x"]
        for i in range(500)
    ]
    content = as_csv(HEADINGS, *rows)

    with CaptureQueriesContext(connection) as queries:
        apply_plan(school, planned(school, content), by=BY_COMMAND)

    assert len(queries) < 50
    assert counts(planned(school, content)) == (0, 0, 0, 500, 0)
    made = [one.objects.count() for one in (Member, Membership, Team, Post, Role)]
    assert made == [500, 500, 90, 500, 500]
