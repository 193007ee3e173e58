"""The pages of the staff list and of one person: they work, refuse and explain."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_member, make_school, make_signed_member, make_team
from tests.fingerprint import everything
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv
from tests.people.pages import EVA, browser_of, confirm, looked_at, names, send
from zwerm.people.models import Member
from zwerm.people.scope import crossing_schools
from zwerm.people.staff_list.apart import read_apart
from zwerm.people.staff_list.columns import label_of
from zwerm.people.staff_list.headings import recognise
from zwerm.people.staff_list.plan import COMPARED, present_members
from zwerm.people.staff_list.reading import read_table


def test_everybody_at_the_school_reads_who_works_there(school, teacher):
    make_member(school, team=make_team(school, name="Talen"), name="Zoë Öztürk")
    make_member(school, name="Gone", left_on=dt.date(2020, 1, 1))

    page = teacher.get(reverse("people:staff"))

    assert [one.name for one in page.context["members"]] == ["Tess", "Zoë Öztürk"]
    assert b"Talen" in page.content
    assert b"2 people" in page.content


@pytest.mark.parametrize("query", ["zoe", "OZTURK zoë", "tal öz", "  zoe  "])
def test_searching_forgives_accents_case_and_order(school, teacher, query):
    make_member(school, team=make_team(school, name="Talen"), name="Zoë Öztürk")
    page = teacher.get(reverse("people:staff"), {"q": query})
    assert [one.name for one in page.context["members"]] == ["Zoë Öztürk"]


def test_finding_nobody_says_what_to_do(teacher):
    page = teacher.get(reverse("people:staff"), {"q": "nobody at all"})
    assert b"Nobody found. Try part of the name." in page.content


def test_only_who_keeps_the_list_is_offered_to_change_it(school, keeper, teacher):
    addresses = [reverse(f"people:{name}") for name in ("load", "add", "export")]
    offered = keeper.get(reverse("people:staff")).content.decode()
    assert [address for address in addresses if address not in offered] == []
    plain = teacher.get(reverse("people:staff")).content.decode()
    assert [address for address in addresses if address in plain] == []


def test_nobody_of_another_school_is_listed(teacher):
    with crossing_schools("the test plants a person at another school"):
        make_member(make_school(), name="Elsewhere")
    page = teacher.get(reverse("people:staff"))
    assert [one.name for one in page.context["members"]] == ["Tess"]


def test_no_mandate_and_no_address_stands_on_the_list(school, keeper, teacher):
    page = teacher.get(reverse("people:staff")).content
    assert b"Farah" in page
    assert b"facilitator" not in page
    assert b"@school.example" not in page


def test_the_list_costs_the_same_for_more_people(school, teacher):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            teacher.get(reverse("people:staff"))
        return len(queries)

    make_member(school, team=make_team(school))
    few = cost()
    for _ in range(3):
        make_member(school, team=make_team(school))
    assert cost() == few


# --- downloads ---------------------------


def test_the_list_is_downloaded_and_can_be_loaded_again(school, keeper):
    confirm(keeper, looked_at(keeper, NOOR, DAAN))
    answer = keeper.get(reverse("people:export"))
    assert answer["Content-Disposition"] == 'attachment; filename="zwerm-staff.xlsx"'

    page = keeper.get(send(keeper, answer.content, "staff.xlsx")["Location"])

    assert not page.context["plan"].changes_something
    assert page.context["plan"].same == 3


def test_the_empty_file_has_every_heading_in_the_language_of_the_person(keeper):
    for language in ("nl", "en"):
        answer = keeper.get(reverse("people:template"), headers={"accept-language": language})
        with override(language):
            headings = [label_of(field) for field in COMPARED]
        assert read_apart(answer.content)["lines"] == [[1, headings]]
        assert sorted(recognise(headings)) == sorted(COMPARED)


# --- one person --------------------------


def test_one_person_is_added_and_corrected(school, keeper):
    done = keeper.post(reverse("people:add"), EVA)
    assert done["Location"] == reverse("people:staff")
    eva = Member.objects.get(name="Eva Vos")
    assert (eva.email, eva.language, eva.started_on) == (
        "eva@school.example",
        "en",
        dt.date(2021, 8, 1),
    )

    address = reverse("people:member", args=[eva.pk])
    shown = keeper.get(address).context["form"]
    assert shown["home_team"].value() == "Sport"
    keeper.post(address, {**EVA, "name": "Eva Vos-Kok", "home_team": "Kunst"})

    one = next(one for one in present_members() if one.member == eva)
    assert (one.name, one.teams) == ("Eva Vos-Kok", ("Kunst",))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required."),
        ("name", "=1+1", "This is a formula. Type the words themselves."),
        ("home_team", "@x", "This is a formula. Type the words themselves."),
        ("email", "eva", "Enter a valid email address."),
        (
            "email",
            "FARAH@school.example",
            "Somebody on the staff list has this mail address. Give each person their own.",
        ),
        (
            "staff_number",
            "1",
            "Somebody on the staff list has this number. Give each person their own.",
        ),
        (
            "language",
            "xx",
            "Select a valid choice. xx is not one of the available choices.",
        ),
        ("started_on", "yesterday", "Enter a valid date."),
    ],
)
def test_what_is_wrong_with_a_person_is_explained(school, keeper, field, value, sentence):
    before = everything()
    page = keeper.post(reverse("people:add"), {**EVA, field: value})
    assert page.context["form"].errors == {field: [sentence]}
    assert everything() == before


def test_the_address_of_who_left_may_be_given_again(school, keeper):
    make_member(school, email="eva@school.example", staff_number="9", left_on=dt.date(2020, 1, 1))
    assert keeper.post(reverse("people:add"), EVA).status_code == 302


def test_a_person_leaves_and_loses_access_at_once(school, keeper):
    tess = make_signed_member(school, name="Tess")
    hers = browser_of(tess)
    assert hers.get("/").status_code == 200

    done = keeper.post(reverse("people:leave", args=[tess.pk]))

    assert done["Location"] == reverse("people:staff")
    assert names() == ["Farah"]
    assert hers.get("/").status_code == 302
    assert keeper.get(reverse("people:member", args=[tess.pk])).status_code == 404
    assert keeper.post(reverse("people:leave", args=[tess.pk])).status_code == 404


def test_nobody_of_another_school_can_be_corrected_or_made_to_leave(keeper):
    with crossing_schools("the test plants a person at another school"):
        other = make_member(make_school())
    before = everything()
    assert keeper.get(reverse("people:member", args=[other.pk])).status_code == 404
    assert keeper.post(reverse("people:member", args=[other.pk]), EVA).status_code == 404
    assert keeper.post(reverse("people:leave", args=[other.pk])).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("kinds", [(), ("school_leader",), ("staff_council",)])
def test_who_does_not_keep_the_list_changes_nothing(school, kinds):
    browser = browser_of(make_signed_member(school), *kinds)
    other = make_member(school)
    before = everything()

    for name in ("load", "export", "template", "add"):
        assert browser.get(reverse(f"people:{name}")).status_code == 403
    assert send(browser, as_csv(HEADINGS, NOOR)).status_code == 403
    assert browser.post(reverse("people:add"), EVA).status_code == 403
    assert browser.post(reverse("people:member", args=[other.pk]), EVA).status_code == 403
    assert browser.post(reverse("people:leave", args=[other.pk])).status_code == 403

    assert everything() == before


def test_the_privacy_officer_keeps_the_list_too(school):
    officer = browser_of(make_signed_member(school), "privacy_officer")
    assert officer.get(reverse("people:load")).status_code == 200


def test_a_download_has_no_formula_in_it(school, keeper):
    make_member(school, name="=HYPERLINK(1)", email="+x@school.example", staff_number="@1")
    content = keeper.get(reverse("people:export")).content
    cells = read_table(content).lines
    assert [cell for line in cells for cell in line.cells if cell[:1] in "=+-@" and cell] == []
    assert io.BytesIO(content).read(2) == b"PK"
