"""Loading a staff list on the pages: look, confirm, and nothing half-written."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_member, make_signed_member, make_team
from tests.fingerprint import everything
from tests.people.lists import DAAN, HEADINGS, NOOR, as_csv, bomb
from tests.people.pages import FARAH, browser_of, confirm, looked_at, names, send
from zwerm.people.models import Member, Upload


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
    assert b"This file asks for far more work than a staff list." in page.content
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

    before = everything()

    again = confirm(keeper, page)
    assert again.status_code == 409
    assert everything() == before
    html = again.content.decode()
    told = "Some rows have a fault. Mend them, or choose to leave them out."
    assert re.findall(r'id="without_faulty_error">.*?<span>(.*?)</span>', html) == [told]
    assert 'aria-describedby="without_faulty_error"' in html
    assert again.context["plan"].fingerprint == page.context["plan"].fingerprint

    confirm(keeper, again, without_faulty="on")
    assert names() == ["Farah", "Noor Bos"]


def test_a_fault_is_shown_under_the_heading_of_the_file(school, keeper):
    page = keeper.get(send(keeper, as_csv(["Naam", "E-mailadres"], ["Noor", "noor"]))["Location"])
    row = re.findall(r'<tr class="fault">(.*?)</tr>', page.content.decode())
    told = "noor is not a mail address. Mend it."
    assert row == [f'<th scope="row">2</th><td>E-mailadres</td><td>{told}</td>']


def test_who_forgot_a_box_finds_the_others_still_ticked(school, keeper):
    confirm(keeper, looked_at(keeper, NOOR))
    page = looked_at(keeper, ["Noor Bos", "n.bos@school.example", *NOOR[2:]], ["=1+1", *DAAN[1:]])
    key = str(Member.objects.get(name="Noor Bos").pk)

    again = confirm(keeper, page, address=key)

    assert again.status_code == 409
    assert f'value="{key}" checked' in again.content.decode()
    confirm(keeper, again, address=key, without_faulty="on")
    assert Member.objects.get(name="Noor Bos").email == "n.bos@school.example"


def test_many_who_leave_are_asked_again_at_their_box(school, keeper):
    for number in range(3):
        make_member(school, name=f"Leaves {number}")

    page = looked_at(keeper, NOOR)
    again = confirm(keeper, page)

    assert again.status_code == 409
    told = "More than one in five people would leave. Confirm that first."
    found = re.findall(r'id="many_leave_error">.*?<span>(.*?)</span>', again.content.decode())
    assert found == [told]
    assert names() == ["Farah", "Leaves 0", "Leaves 1", "Leaves 2"]
    confirm(keeper, again, many_leave="on")
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
