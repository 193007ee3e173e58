"""Whose answers one reaches: one's own, and nobody else's; and who objects to being named."""

import json

import pytest
from django.urls import reverse

from tests.factories import come_in_as, make_account
from tests.scans.pages import body, sign_in, words
from tests.scans.scans import answers_of, entries_of, invitation_of, make_open_scan
from zwerm.scans import link, sealed
from zwerm.scans.actions import answering
from zwerm.scans.models import AnswerBlob, Invitation

NO_SCRIPT = {"HTTP_ACCEPT": "text/html"}
SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def scan(school):
    return make_open_scan(school)


@pytest.fixture
def entry(scan):
    return entries_of(scan)[0]


@pytest.fixture
def others(scan):
    return entries_of(scan)[1:]


@pytest.fixture
def here(client, scan, entry):
    """Who came in by a personal link."""
    come_in(client, scan, entry)
    return client


def come_in(client, scan, entry):
    token = link.make_token(scan, invitation_of(entry))
    return client.post(reverse("scans:with", args=[scan.pk, token]))


def page(scan, name, *more):
    return reverse(f"scans:{name}", args=[scan.pk, *more])


def kept(scan, entry, question="advice"):
    answers = sealed.read_answers(scan, entry)
    return answers.answer(question) if answers else None


def save(client, scan, question, **sent):
    return client.post(page(scan, "save", question), sent, **SCRIPT)


# --- objecting ---------------------------------------------------------------------


def test_who_objects_is_asked_the_rest_and_named_by_nobody(client, here, scan, entry, others):
    here.post(page(scan, "being_named"), {"may_be_named": "no"})

    said = words(here.get(page(scan, "ask")))
    assert "You are off the list. Nobody can name you, and you name nobody." in said
    assert here.get(page(scan, "question", "advice")).status_code == 404
    refused = save(here, scan, "advice", nobody="on", counter=1)
    assert refused.status_code == 409
    assert "You are off the list, so you name nobody." in json.loads(refused.content)["sentence"]
    assert json.loads(save(here, scan, "culture_1", value="3", counter=1).content)["saved"]

    client.cookies.clear()
    come_in(client, scan, others[0])
    roster = client.get(page(scan, "question", "advice"))
    assert entry.name not in [one.name for one in roster.context["tiles"]]
    assert entry.name not in words(roster)


def test_objecting_can_be_taken_back(here, scan, entry):
    here.post(page(scan, "being_named"), {"may_be_named": "no"})
    here.post(page(scan, "being_named"), {"may_be_named": "yes"})

    assert here.get(page(scan, "question", "advice")).status_code == 200


# --- who may come in ---------------------------------------------------------------


PAGES = ["ask", "finish", "thanks", "withdraw", "being_named", "leave"]


def every_address(scan):
    questions = [one["id"] for one in scan.questionnaire["questions"]]
    return [page(scan, one) for one in PAGES] + [
        page(scan, kind, one) for one in questions for kind in ("question", "save")
    ]


@pytest.mark.parametrize(
    "kinds", [(), ("facilitator",), ("school_leader",), ("staff_council",), ("privacy_officer",)]
)
def test_nobody_reaches_the_answers_of_another(client, school, scan, entry, others, kinds):
    """Every mandate, signed in and on the roster, sees and changes only what is their own."""
    answering.answer_question(
        scan,
        entry=entry,
        question="advice",
        answer={"named": [others[0].number]},
        counter=1,
        through_roster_address=True,
    )
    answering.answer_question(
        scan,
        entry=entry,
        question="comment",
        answer="CANARY",
        counter=1,
        through_roster_address=True,
    )
    before = sealed.read_answers(scan, entry)
    account = sign_in(client, school, *kinds)
    others[1].member.account, others[1].member.email = account, account.email
    account.members.exclude(pk=others[1].member.pk).delete()
    others[1].member.save()
    Invitation.objects.filter(entry=others[1]).update(address=account.email)

    seen = [client.get(one) for one in every_address(scan)]
    for one in every_address(scan):
        client.post(one, {"value": "1", "nobody": "on", "text": "mine", "may_be_named": "yes"})

    assert [one for one in seen if b"CANARY" in one.content] == []
    assert client.get(page(scan, "thanks")).context["asked"].entry == others[1]
    assert sealed.read_answers(scan, entry) == before


def test_somebody_who_is_not_asked_reads_why_and_writes_nothing(client, school, scan):
    sign_in(client, school, "facilitator")

    for address in every_address(scan):
        answers = {client.get(address).status_code, client.post(address).status_code}
        assert answers <= {403, 405}
    assert "You are not on the list of this scan" in words(client.get(page(scan, "ask")))
    assert AnswerBlob.objects.count() == 0


def test_who_did_not_come_in_is_asked_to_sign_in(client, scan):
    for address in every_address(scan):
        answer = client.post(address)
        assert answer.status_code == 405 or "/account/sign-in/" in answer.headers["Location"]
    assert AnswerBlob.objects.count() == 0


def test_who_signed_in_with_the_address_of_the_list_is_known_without_a_link(client, scan, entry):
    come_in_as(client, make_account(email=entry.member.email.upper()))

    assert client.get(page(scan, "ask")).context["asked"].entry == entry
    assert json.loads(save(client, scan, "culture_1", value="3", counter=1).content)["saved"]
    assert answers_of(scan, entry).through_roster_address


def test_a_new_address_opens_nothing_that_was_answered_under_the_old_one(client, scan, entry):
    come_in(client, scan, entry)
    save(client, scan, "culture_1", value="3", counter=1)
    client.cookies.clear()
    entry.member.email, entry.member.account = "new@school.example", None
    account = make_account(email="new@school.example")
    entry.member.account = account
    entry.member.save()
    come_in_as(client, account)

    seen = [client.get(page(scan, one)) for one in ("ask", "thanks")]
    tap = save(client, scan, "culture_1", value="5", counter=9)

    assert {one.status_code for one in seen} == {409}
    assert "This scan was sent to another address" in words(seen[1])
    assert tap.status_code == 409
    assert kept(scan, entry, "culture_1") == 3


def test_the_same_link_on_two_devices_is_one_person(client, scan, entry):
    other = type(client)()
    for device in (client, other):
        come_in(device, scan, entry)

    save(client, scan, "culture_1", value="3", counter=1)
    save(other, scan, "outside", kinds=["nobody"], counter=1)

    assert kept(scan, entry, "culture_1") == 3
    assert AnswerBlob.objects.count() == 1
    assert body(client.get(page(scan, "thanks"))) == body(other.get(page(scan, "thanks")))
