"""The pages of the staff list: they work, refuse, explain, and cost the same for more people."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.factories import (
    account_of,
    make_mandate,
    make_member,
    make_school,
    make_signed_member,
    make_team,
)
from tests.fingerprint import everything
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv, bomb
from zwerm.people.models import Member, Upload
from zwerm.people.scope import crossing_schools
from zwerm.people.staff_list.columns import label_of, recognise
from zwerm.people.staff_list.plan import COMPARED, present_members
from zwerm.people.staff_list.reading import read_table
from zwerm.people.staff_list.workbook import read_apart


def browser_of(member, *kinds):
    for kind in kinds:
        make_mandate(account_of(member), kind, school=member.school)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account_of(member))
    return browser


@pytest.fixture
def keeper(school):
    """The browser of a facilitator, who stands on the list as Farah with number 1."""
    farah = make_signed_member(school, name="Farah", staff_number="1", email="farah@school.example")
    return browser_of(farah, "facilitator")


@pytest.fixture
def teacher(school):
    return browser_of(make_signed_member(school, name="Tess"))


FARAH = ["Farah", "farah@school.example", "1", "", "", "", "", ""]
TESS = "Tess"


def send(browser, content, name="staff.csv"):
    return browser.post(reverse("people:load"), {"file": SimpleUploadedFile(name, content)})


def looked_at(browser, *rows):
    """The page of the dry run of a file with Farah and these rows."""
    sent = send(browser, as_csv(HEADINGS, FARAH, *rows))
    return browser.get(sent["Location"])


def confirm(browser, page, **ticks):
    plan = page.context["plan"]
    address = reverse("people:confirm", args=[page.context["upload"].pk])
    return browser.post(address, {"shown": plan.fingerprint, **ticks})


def names():
    return sorted(Member.objects.filter(left_on__isnull=True).values_list("name", flat=True))


# --- the list -------------------------------------------------------------------------------


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


# --- loading ---------------------------------------------------------------------------------


def test_a_list_is_looked_at_confirmed_and_written(school, keeper):
    page = looked_at(keeper, NOOR, DAAN)
    assert [row.name for row in page.context["plan"].new] == ["Noor Bos", "Daan Kok"]
    assert names() == ["Farah"]

    done = confirm(keeper, page)

    assert done["Location"] == reverse("people:staff")
    assert names() == ["Daan Kok", "Farah", "Noor Bos"]
    assert b"The staff list is up to date." in keeper.get(done["Location"]).content
    assert not Upload.objects.exists()


def test_loading_the_same_list_again_offers_nothing_to_write(school, keeper):
    confirm(keeper, looked_at(keeper, NOOR))
    page = looked_at(keeper, NOOR)
    assert b"The list is the same. There is nothing to write." in page.content
    assert b"Write these changes" not in page.content


def test_confirming_twice_writes_once(school, keeper):
    page = looked_at(keeper, NOOR)
    confirm(keeper, page)
    before = everything()

    again = confirm(keeper, page)

    assert again.status_code == 404
    assert everything() == before


def test_a_changed_address_is_asked_on_the_page_and_kept_without_a_tick(school, keeper):
    confirm(keeper, looked_at(keeper, NOOR))
    moved = ["Noor Bos", "n.bos@school.example", *NOOR[2:]]

    page = looked_at(keeper, moved)
    key = str(Member.objects.get(name="Noor Bos").pk)
    assert f'name="address" value="{key}"' in page.content.decode()
    assert b"Yes, this is the same person with a new address" in page.content

    confirm(keeper, page)
    assert Member.objects.get(name="Noor Bos").email == "noor@school.example"
    confirm(keeper, looked_at(keeper, moved), address=key)
    assert Member.objects.get(name="Noor Bos").email == "n.bos@school.example"


def test_a_wrong_file_is_explained_and_nothing_is_kept(school, keeper):
    before = everything()
    page = send(keeper, bomb(), "staff.xlsx")
    assert page.status_code == 400
    assert b"This file unpacks to far more than a staff list." in page.content
    assert everything() == before


def test_no_file_is_explained(keeper):
    page = keeper.post(reverse("people:load"), {})
    assert page.context["form"].errors == {"file": ["This field is required."]}


def test_a_file_that_is_too_large_is_explained(school, keeper):
    before = everything()
    page = send(keeper, b"naam;" + b"x" * (5 * 1024 * 1024))
    said = "This file is larger than 5 MB. Nothing was loaded. Keep only the staff list."
    assert page.context["form"].errors == {"file": [said]}
    assert everything() == before


def test_faults_are_shown_by_row_and_stop_the_list_until_they_are_left_out(school, keeper):
    page = looked_at(keeper, NOOR, ["=1+1", *DAAN[1:]])
    assert page.context["plan"].faulty_rows == {4}
    assert b"This is a formula, not a name. Type the name itself." in page.content
    assert b"As long as there are faults, nobody leaves the list" in page.content

    refused = confirm(keeper, page)
    assert refused.status_code == 409
    assert b"Some rows have a fault. Mend them, or choose to leave them out." in refused.content
    assert names() == ["Farah"]

    confirm(keeper, page, without_faulty="on")
    assert names() == ["Farah", "Noor Bos"]


def test_what_stands_in_a_file_is_never_markup(school, keeper):
    script = "<script>alert(1)</script>"
    page = looked_at(keeper, [f"Noor {script}", script, "", script, "", "", script, script])
    assert script.encode() not in page.content
    assert page.content.count(b"&lt;script&gt;") >= 2


def test_a_list_that_changed_meanwhile_is_not_written(school, keeper):
    page = looked_at(keeper, NOOR)
    make_member(school, name="Meanwhile")
    before = everything()

    refused = confirm(keeper, page)

    assert refused.status_code == 409
    assert b"The staff list changed after you looked." in refused.content
    assert everything() == before


def test_columns_that_are_not_recognised_are_chosen_on_the_page(school, keeper):
    content = as_csv(
        ["Wie", "Waar", "Ook", ""], ["Farah", "Talen", "Zorg", "1"], ["Noor", "Exact", "", "2"]
    )
    page = keeper.get(send(keeper, content)["Location"])
    assert b"No column with names was recognised." in page.content
    assert b"Write these changes" not in page.content
    assert b"There is nothing to write" not in page.content
    assert b"column 4" in page.content

    address = reverse("people:columns", args=[page.context["upload"].pk])
    chosen = keeper.post(address, {"name": "0", "teams": "1", "staff_number": "3"})

    page = keeper.get(chosen["Location"])
    assert [(row.name, row.teams) for row in page.context["plan"].new] == [("Noor", ("Exact",))]
    confirm(keeper, page)
    assert names() == ["Farah", "Noor"]


def test_looking_again_keeps_the_columns_that_were_recognised(school, keeper):
    content = as_csv(
        ["Naam", "Team 1", "Team 2", "Werkplek"], ["Noor Bos", "Talen", "Zorg", "Exact"]
    )
    page = keeper.get(send(keeper, content)["Location"])
    form = page.context["form"]
    assert {name: form[name].value() for name in ("name", "teams", "role")} == {
        "name": 0,
        "teams": 1,
        "role": None,
    }

    address = reverse("people:columns", args=[page.context["upload"].pk])
    page = keeper.get(keeper.post(address, {"name": "0", "teams": "1", "role": "3"})["Location"])

    row = page.context["plan"].new[0]
    assert (row.teams, row.role) == (("Talen", "Zorg"), "Exact")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"name": ""}, b"Choose the column that holds the names. Nothing was changed."),
        ({"name": "77"}, b"Select a valid choice."),
    ],
)
def test_columns_without_a_name_are_explained(school, keeper, chosen, sentence):
    page = looked_at(keeper, NOOR)
    before = everything()
    answer = keeper.post(reverse("people:columns", args=[page.context["upload"].pk]), chosen)
    assert answer.status_code == 400
    assert sentence in answer.content
    assert everything() == before


def test_only_who_sent_a_file_in_sees_it(school, keeper):
    page = looked_at(keeper, NOOR)
    other = browser_of(make_signed_member(school), "privacy_officer")
    before = everything()
    for name in ("plan", "columns", "confirm"):
        address = reverse(f"people:{name}", args=[page.context["upload"].pk])
        answer = other.get(address) if name == "plan" else other.post(address, {"name": "0"})
        assert answer.status_code == 404
    assert everything() == before


def test_the_dry_run_costs_the_same_for_more_people(school, keeper):
    def cost(*rows):
        sent = send(keeper, as_csv(HEADINGS, FARAH, *rows))
        with CaptureQueriesContext(connection) as queries:
            keeper.get(sent["Location"])
        return len(queries)

    make_member(school, name="Present", team=make_team(school))
    few = cost(NOOR)
    for number in range(3):
        make_member(school, name=f"Present {number}", team=make_team(school))
    assert cost(NOOR, DAAN, ["Eva", *[""] * 7]) == few


# --- downloads -------------------------------------------------------------------------------


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


# --- one person ------------------------------------------------------------------------------

EVA = {
    "name": "Eva Vos",
    "email": "Eva@School.example",
    "staff_number": "9",
    "language": "en",
    "started_on": "2021-08-01",
    "home_team": "Sport",
}


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
