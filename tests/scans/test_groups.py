"""Who is asked, in which groups, and who counts as formal leader."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import make_member, make_school, make_team
from tests.scans.pages import everything, logged, step, words
from tests.scans.scans import make_people, make_ready_draft
from zwerm.core import clock
from zwerm.people.models import Post
from zwerm.people.scope import school_scope
from zwerm.scans.actions import opening
from zwerm.scans.models import Group, Partition, Scan, SettingsLogLine

AGREEMENTS = {
    "dpia_reference": "DPIA 7",
    "legal_basis": "legitimate interest",
    "retain_months": "25",
    "floor_network": "12",
    "floor_scale": "6",
    "floor_comments": "10",
    "is_for_board": "on",
}


# --- who is asked ------------------------------------------------------------------


def test_everybody_is_asked_until_a_box_is_emptied(client, school, draft):
    people = make_people(school, 3)
    everybody = [one.pk for one in people]

    response = client.post(step(draft, "people"), {"asked": everybody[:2]})

    assert response.headers["Location"] == step(draft, "groups")
    assert people[2] in draft.left_out.all()
    assert logged()["left_out"] == ("0", "2 (+2 -0)", "Farah")


def test_changing_one_person_for_another_stands_in_the_log_too(client, school, draft):
    people = make_people(school, 3)
    client.post(step(draft, "people"), {"asked": [one.pk for one in people[:2]]})

    client.post(step(draft, "people"), {"asked": [one.pk for one in people[1:]]})

    newest = SettingsLogLine.objects.filter(setting="left_out").first()
    assert newest
    assert (newest.before, newest.after) == ("2", "2 (+1 -1)")
    assert newest.by_name == "Farah"


def test_a_scan_of_nobody_is_refused(client, school, draft):
    make_people(school, 3)

    response = client.post(step(draft, "people"), {"csrfmiddlewaretoken": "x"})

    assert "This field is required." in words(response)
    assert draft.left_out.count() == 0


def test_a_member_of_another_school_cannot_be_asked(client, school, draft):
    elsewhere = make_school()
    with school_scope(elsewhere):
        stranger = make_member(elsewhere)

    response = client.post(step(draft, "people"), {"asked": [stranger.pk]})

    assert "is not one of the available choices" in words(response)
    assert draft.left_out.count() == 0


# --- groups ------------------------------------------------------------------------


def merge(client, scan, group, into, name=""):
    sent = {"group": group.pk, "into": into.pk, "name": name}
    return client.post(reverse("scans:merge", args=[scan.pk]), sent)


def groups_of(scan):
    scan.refresh_from_db()
    return {group.name: group for group in scan.partition.groups.all()}


def test_a_small_group_is_shown_as_too_small_and_joins_another(client, school, draft):
    for name, size in (("Arts", 4), ("Maths", 12), ("Languages", 16)):
        team = make_team(school, name=name)
        for _ in range(size):
            make_member(school, team=team)

    page = words(client.get(step(draft, "groups")))
    assert "Arts 4 people Too small to show apart. Together with: Languages (20) Maths (16)" in page
    assert "Under 13: with a few silent people this group joins its neighbour." in page
    assert "A group is still too small" in page

    groups = groups_of(draft)
    merge(client, draft, groups["Arts"], groups["Maths"])

    page = words(client.get(step(draft, "groups")))
    assert set(groups_of(draft)) == {"Languages", "Maths + Arts"}
    assert "Every group is large enough" in page
    assert "Under 13" not in page
    changes = SettingsLogLine.objects.filter(setting="partition", by_name="Farah")
    assert [(one.before, one.after) for one in changes] == [("Arts + Maths", "Maths + Arts")]


def test_a_group_cannot_join_itself_nor_a_group_of_elsewhere(client, school, draft):
    make_people(school, 12, 13)
    client.get(step(draft, "groups"))
    one, _other = groups_of(draft).values()
    elsewhere = make_school()
    with school_scope(elsewhere):
        strange = Group.objects.create(
            school=elsewhere, partition=Partition.objects.create(school=elsewhere), name="X"
        )
    before = everything()

    for into in (one, strange):
        answer = merge(client, draft, one, into)
        assert "Choose the group that it should join." in words(client.get(answer.url))
    for sent in ({}, {"group": "nonsense", "neighbour": "?"}, {"group": one.pk}):
        answer = client.post(reverse("scans:neighbour", args=[draft.pk]), sent)
        assert "Choose the group that it should join." in words(client.get(answer.url))
    assert everything() == before


def test_two_groups_never_get_the_same_name(client, school, draft):
    make_people(school, 12, 13, 14)
    client.get(step(draft, "groups"))
    one, two, three = groups_of(draft).values()
    before = everything()

    response = merge(client, draft, one, two, name=three.name)

    assert response.status_code == 409
    assert f"Another group is called {three.name}. Choose another name." in words(response)
    assert everything() == before


def test_a_chosen_neighbour_is_kept_and_logged(client, school, draft):
    make_people(school, 12, 13, 14)
    client.get(step(draft, "groups"))
    smallest, second, third = groups_of(draft).values()
    assert third.neighbour == smallest

    client.post(
        reverse("scans:neighbour", args=[draft.pk]), {"group": third.pk, "neighbour": second.pk}
    )

    third.refresh_from_db()
    assert third.neighbour == second
    assert logged()["neighbour"] == (
        f"{third.name} > {smallest.name}",
        f"{third.name} > {second.name}",
        "Farah",
    )


def test_a_new_team_gets_a_group_and_what_was_joined_stays_joined(client, school, draft):
    make_people(school, 12, 4)
    client.get(step(draft, "groups"))
    large, small = groups_of(draft).values()
    merge(client, draft, small, large, name="Together")
    make_people(school, 15)
    assert "Not yet in a group: " in words(client.get(step(draft, "dates")))

    client.get(step(draft, "groups"))

    sizes = [card.size for card in client.get(step(draft, "groups")).context["cards"]]
    assert sorted(sizes) == [15, 16]
    assert "Together" in groups_of(draft)
    assert "Not yet in a group" not in words(client.get(step(draft, "dates")))


def test_beginning_again_gives_each_team_its_group(client, school, draft):
    make_people(school, 12, 4)
    client.get(step(draft, "groups"))
    large, small = groups_of(draft).values()
    merge(client, draft, small, large, name="Together")

    client.post(reverse("scans:groups_again", args=[draft.pk]))

    assert set(groups_of(draft)) == {large.name, small.name}
    assert Partition.objects.count() == 1


def test_a_school_without_teams_can_go_on(client, school, draft):
    make_member(school)

    page = words(client.get(step(draft, "groups")))

    assert "0 groups" in page
    assert "2 people have no home team and stand in no group of the report." in page
    assert "Look at the groups of the report." not in words(client.get(step(draft, "dates")))


def test_a_school_that_is_too_small_for_a_network_is_told_so_beforehand(client, school, draft):
    make_people(school, 7)

    page = words(client.get(step(draft, "groups")))

    assert "Fewer than 10 people: the report shows no network." in page
    assert "Every group is large enough" not in page
    make_people(school, 12)
    assert "Fewer than 10 people" not in words(client.get(step(draft, "groups")))


def test_a_raised_floor_makes_groups_larger(client, school, draft):
    make_people(school, 12, 20)
    client.post(step(draft, "agreements"), AGREEMENTS | {"floor_network": "15"})

    page = words(client.get(step(draft, "groups")))

    assert "Each group has at least 15 people." in page
    assert "12 people Too small to show apart." in page
    assert "Let it join another group; 15 is the least." in words(client.get(step(draft, "dates")))


def test_the_same_groups_as_last_time_are_the_same_object(client, school, facilitator):
    first = make_ready_draft(school, 12, 14, by=facilitator)
    opening.open_scan(first, by=facilitator, by_name="F")
    Scan.objects.filter(pk=first.pk).update(status="released", released_at=clock.now())
    client.post(reverse("scans:start"))
    second = Scan.objects.get(status="draft")

    page = words(client.get(step(second, "groups")))
    assert "These are the groups of the last scan. So you can compare." in page
    assert second.partition_id == first.partition_id

    one, other = groups_of(second).values()
    merge(client, second, one, other, name="All")
    second.refresh_from_db()
    assert second.partition_id != first.partition_id
    assert Group.objects.filter(partition=first.partition).count() == 2
    assert "Two scans can be compared only with the same groups." in words(
        client.get(step(second, "groups"))
    )


# --- formal leaders ----------------------------------------------------------------


def mark(client, scan, people, **more):
    sent = {"leaders": [one.pk for one in people], "nl": "teamleiders", "en": "team leaders"}
    return client.post(step(scan, "leaders"), sent | more)


@pytest.mark.parametrize(
    ("leaders", "others", "is_shown"),
    [(9, 20, False), (10, 10, True), (20, 9, False), (10, 9, False)],
)
def test_the_section_about_posts_needs_ten_inside_and_outside(
    client, school, draft, leaders, others, is_shown
):
    people = make_people(school, leaders + others - 1)  # the facilitator is on the list too

    assert mark(client, draft, people[:leaders]).headers["Location"] == step(draft, "agreements")

    page = words(client.get(step(draft, "leaders")))
    assert (f"{leaders} people marked" in page) == is_shown
    assert ("The section about posts is left out" in page) == (not is_shown)
    assert ("must each have at least 10 people" in page) == (not is_shown)
    assert logged()["leaders"] == ("0", f"{leaders} (+{leaders} -0)", "Farah")


def test_a_marked_group_needs_its_name(client, school, draft):
    people = make_people(school, 10)

    response = mark(client, draft, people, en="")

    assert "Give this group a name in Dutch and in English." in words(response)
    assert draft.leaders.count() == 0


def test_nobody_needs_to_be_marked(client, draft):
    response = client.post(step(draft, "leaders"), {"nl": "", "en": ""})

    assert response.headers["Location"] == step(draft, "agreements")


def test_leaders_are_chosen_by_the_posts_they_have_now(client, school, draft):
    member = make_people(school, 1)[0]
    today = clock.today()
    for name, until in (("teacher", today), ("team leader", None)):
        Post.objects.create(
            school=school,
            member=member,
            name=name,
            pay_scale="LD",
            sector="vo",
            from_on=today - dt.timedelta(days=99),
            until_on=until,
        )

    assert f"{member.name} · team leader LD" in words(client.get(step(draft, "leaders")))
