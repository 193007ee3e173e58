"""Whoever may change the staff list puts an address of their own at a colleague's name.

They sign in under it, and look at every page for a sign that the colleague answered (rule R1).
"""

import json
import re
from functools import partial

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.factories import (
    account_of,
    come_in_as,
    make_account,
    make_mandate,
    make_signed_member,
)
from tests.scans.scans import answers_of, entries_of, make_open_scan
from zwerm.people.actions import staff
from zwerm.people.actions.accounts import link_members
from zwerm.people.actions.log import Actor
from zwerm.people.models import Member, SchoolLogLine
from zwerm.scans import sealed
from zwerm.scans.actions import answering, inviting
from zwerm.scans.models import AnswerBlob, Invitation, RosterEntry
from zwerm.scans.queries.answering import invitation_for
from zwerm.scans.views import asked as pages

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"')
ATTACKER = "mine@attacker.example"
ANSWERS = {
    "nothing": (),
    "one": ("culture_1",),
    "everything": ("advice", "outside", "culture_1", "comment"),
}
GIVEN = {"advice": {"named": []}, "outside": ["nobody"], "culture_1": 3, "comment": "Wordsworth"}


@pytest.fixture
def scan(school):
    return make_open_scan(school, members=12)


def victim_who(scan, answers):
    """A colleague who answered so much, under their own address."""
    entry = entries_of(scan)[0]
    for question in ANSWERS[answers]:
        answering.answer_question(
            scan,
            entry=entry,
            question=question,
            answer=GIVEN[question],
            counter=None,
            through_roster_address=True,
        )
    return entry


def take_over(entry):
    """The leader changes the address on the list, and signs in under the new one."""
    member = Member.objects.get(pk=entry.member_id)
    member.email = ATTACKER
    staff.save_person(
        member, school=member.school, home_team="", by=Actor(make_account(), "The leader")
    )
    account = make_account(language="en", email=ATTACKER)
    link_members(account)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)
    return browser


def everything_seen(browser, scan):
    """What every page and every act about the scan gives, one after another."""
    of_scan = partial(address, scan)
    of_site = ("home:start", "home:about_me", "home:about_me_html", "scans:list")
    seen = [browser.get(reverse(name)) for name in of_site]
    seen += [browser.get(of_scan(name)) for name in READ]
    for question, sent in SENT.items():
        seen.append(browser.get(of_scan("question", question)))
        seen.append(browser.post(of_scan("save", question), sent))
        seen.append(browser.post(of_scan("question", question), sent))
    seen += [browser.post(of_scan(name), {"may_be_named": "yes"}) for name in DONE]
    seen += [browser.get(reverse("home:start")), browser.get(of_scan("detail"))]
    return [(one.status_code, plain(one)) for one in seen]


READ = ("detail", "ask", "thanks", "withdraw", "mirror", "mirror_erase")
DONE = ("finish", "withdraw", "being_named", "leave")
SENT = {
    "advice": {"nobody": "on", "counter": "9"},
    "outside": {"kinds": "nobody", "counter": "9"},
    "culture_1": {"value": "5", "counter": "9"},
    "comment": {"text": "theirs", "counter": "9"},
}


def address(scan, name, *more):
    return reverse(f"scans:{name}", args=[scan.pk, *more])


def plain(response):
    """The page without the tokens of its forms and without keys, which differ each time."""
    text = TOKENS.sub("", response.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def attack(scan, answers):
    """What the attacker sees of a colleague who answered so much; then all is as before."""
    with transaction.atomic():
        browser = take_over(victim_who(scan, answers))
        seen = everything_seen(browser, scan)
        transaction.set_rollback(True)
    return seen


def test_no_page_and_no_act_tells_whether_a_colleague_answered(scan):
    nothing, one, everything = (attack(scan, answers) for answers in ANSWERS)

    assert nothing == one == everything
    assert {status for status, _ in nothing} == {200, 404, 409}


def test_with_the_rule_of_before_the_pages_tell_it(scan, monkeypatch):
    """The test of the test: an address that may open what was not answered tells what was."""

    def lets_in_who_finds_nothing(request, scan):
        invitation = invitation_for(scan, request.user)
        assert invitation
        answers = sealed.read_answers(scan, invitation.entry)
        return pages.Asked(scan, invitation.entry, answers is None, is_signed_in=True)

    monkeypatch.setattr(pages, "who_is_asked", lets_in_who_finds_nothing)
    nothing, one = attack(scan, "nothing"), attack(scan, "one")

    different = {a[0] for a, b in zip(nothing, one, strict=True) if a != b}
    assert different == {200}


def test_a_start_page_that_reads_who_finished_tells_it(scan, monkeypatch):
    """The test of the test: were every address the right one, the start page would tell."""
    monkeypatch.setattr(Invitation, "is_of", lambda *_who: True)
    nothing, everything = attack(scan, "nothing"), attack(scan, "everything")

    assert nothing[0] != everything[0]


def test_nothing_of_what_was_answered_is_changed_or_shown(scan):
    entry = victim_who(scan, "everything")
    before = answers_of(scan, entry)

    seen = everything_seen(take_over(entry), scan)

    assert answers_of(scan, entry) == before
    assert not [text for _, text in seen if GIVEN["comment"] in text]
    assert AnswerBlob.objects.count() == 1
    assert sealed.read_answers(scan, RosterEntry.objects.get(pk=entry.pk)) == before


def test_who_has_the_old_address_hears_of_it_once_and_the_log_says_who(scan, client):
    entry = victim_who(scan, "one")
    old = entry.member.email
    inviting.send_due(scan)
    mail.outbox.clear()

    take_over(entry)
    for _minute in range(2):
        inviting.send_due(scan)

    [told] = mail.outbox
    assert (told.to, told.reply_to) == ([old], [])
    assert told.subject == "Your mail address on the staff list has changed"
    assert "/with/" not in told.body
    assert ATTACKER not in told.body
    officer = make_signed_member(scan.school, language="en")
    make_mandate(account_of(officer), "privacy_officer", school=scan.school)
    come_in_as(client, account_of(officer))
    page = client.get(reverse("scans:school_log"), headers={"accept-language": "en"})
    said = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "The leader the school Mail address of somebody on the staff list - another one" in said
    assert escape(entry.name) not in page.content.decode()


def test_an_address_that_is_put_back_opens_everything_for_its_owner_again(scan):
    entry = victim_who(scan, "one")
    old, by = entry.member.email, Actor(make_account(), "The leader")
    intruder = take_over(entry)
    member = Member.objects.get(pk=entry.member_id)
    member.email = old
    staff.save_person(member, school=member.school, home_team="", by=by)
    owner = Client(headers={"accept-language": "en"})
    owner.force_login(make_account(email=old))

    tap = owner.post(address(scan, "save", "culture_1"), {"value": "4", "counter": "9"})

    assert json.loads(tap.content)["saved"]
    assert intruder.get(address(scan, "ask")).status_code == 302
    assert SchoolLogLine.objects.filter(setting="address").count() == 2
