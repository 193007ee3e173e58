"""A school leader learns nothing about one person's answers, but what the figures publish."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings

from tests.attacks.addresses import PRINTED, addresses, pages
from tests.attacks.waves import anything, lived
from tests.roles import every_address
from tests.scans.answered import (
    REPORT_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    roster,
)
from tests.scans.pages import sign_in
from zwerm.core import clock
from zwerm.people.models import Member, School
from zwerm.scans import printing, sealed
from zwerm.scans.actions import inviting
from zwerm.scans.models import RosterEntry, Scan, Snapshot
from zwerm.scans.queries.reports import report_of
from zwerm.scans.sealed import Answers, Given

Seen = dict[str, bytes]

MAY_DIFFER = {"scans:report", "printed"}
"""Where figures stand. Everything else is the same whatever anybody answered."""
PAPERS = ("report", "poster")


@pytest.fixture(autouse=True)
def _with_log(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("zwerm", "django.request", "django.security"):
        caplog.set_level(logging.DEBUG, name)


def leader_sees(client: Client, scan: Scan, colleague: Member, log: Any) -> tuple[str, Seen]:
    """The snapshot, and every byte that reaches the leader: pages, papers, mails and the log."""
    log.clear()
    mail.outbox.clear()
    close(scan)
    with clock.at(REPORT_ON):
        release(scan)
        inviting.send_report_ready(scan)
        seen = pages(client, scan, colleague)
    papers = [printing.snapshot_page(report_of(scan) or {}, one, "en") for one in PAPERS]
    seen["printed"] = "".join(papers).encode()
    seen["mail"] = repr([(one.to, one.subject, one.body) for one in mail.outbox]).encode()
    seen["log"] = log.text.encode()
    return scan.snapshot.text, seen


@pytest.mark.parametrize("people", [[12], [22, 22]])
def test_whatever_one_person_answers_a_leader_sees_it_in_published_figures_only(
    school: School, client: Client, caplog: pytest.LogCaptureFixture, people: list[int]
) -> None:
    """Every byte is the same as soon as the snapshot is; without figures, always."""
    scan, staff, victim = asked(school, client, people)

    def told(answers: Answers | None) -> tuple[str, Seen]:
        return lived(
            scan, victim, answers, lambda fresh: leader_sees(client, fresh, staff[0], caplog)
        )

    snapshot, first = told(sealed.read_answers(scan, victim))
    seen = {snapshot: first}

    @given(answers=anything(scan, victim.number, len(staff)))
    @settings(
        max_examples=3,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    def one_person(answers: Answers | None) -> None:
        snapshot, found = told(answers)
        assert differing(seen.setdefault(snapshot, found), found) == set()
        assert differing(first, found) <= MAY_DIFFER

    one_person()


def asked(
    school: School, client: Client, people: list[int]
) -> tuple[Scan, list[Member], RosterEntry]:
    """A scan that everybody but its leader answered, and the one who is watched."""
    sign_in(client, school, "school_leader", name="The Leader")
    staff = make_people(school, people)
    scan = make_scan(school, staff, leaders=12 if sum(people) > 40 else 0, key=b"k" * 32)
    answer_all(scan, staff)
    [victim] = roster(scan, staff[:1])
    return scan, staff, victim


def differing(one: Seen, other: Seen) -> set[str]:
    return {name for name in one if one[name] != other[name]}


def named_by(entry: RosterEntry) -> int:
    """What the planted faults tell: how many colleagues somebody named."""
    answers = sealed.read_answers(entry.scan, entry)
    return len(answers.answer("advice")["named"]) if answers else 0


def by_log(entry: RosterEntry) -> None:
    logging.getLogger("zwerm.scans").info("closed with %d", named_by(entry))


def by_mail(entry: RosterEntry) -> None:
    EmailMessage("Closed", "x" * named_by(entry), to=["leader@school.example"]).send()


def by_page(entry: RosterEntry) -> None:
    """One bit, and only a space in a title."""
    title = "Scan autumn" + " " * (named_by(entry) % 2)
    Scan.objects.filter(pk=entry.scan_id).update(title=title)


def test_one_bit_of_one_persons_answers_would_be_seen(
    school: School, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Faults are planted in closing: they tell something of what this person answered."""
    scan, staff, victim = asked(school, client, [12])

    def plant(**_more: Any) -> None:
        for leak in (by_log, by_mail, by_page):
            leak(victim)

    def told() -> set[str]:
        one, two = (
            lived(
                scan,
                victim,
                naming(victim, count),
                lambda fresh: leader_sees(client, fresh, staff[0], caplog)[1],
            )
            for count in (1, 2)
        )
        return differing(one, two) - MAY_DIFFER

    assert told() == set()
    post_save.connect(plant, sender=Snapshot)
    try:
        assert {"log", "mail", "scans:detail"} <= told()
    finally:
        post_save.disconnect(plant, sender=Snapshot)


def naming(entry: RosterEntry, count: int) -> Answers:
    others = [number for number in range(12) if number != entry.number]
    return Answers({"advice": Given(1, {"named": others[:count], "may_know": []})})


def test_every_page_that_a_leader_can_ask_is_compared(school: School, client: Client) -> None:
    """An address that is new is in it by itself; of a report that is there most answer."""
    scan, staff, _victim = asked(school, client, [12])
    release(close(scan))
    with clock.at(REPORT_ON):
        told = {
            name: client.get(one).status_code for name, one in addresses(scan, staff[0]).items()
        }
    assert {*told} | PRINTED == {*every_address()}
    assert {"scans:report", "scans:detail", "home:start", "people:staff", "home:about_me_json"} <= {
        name for name, status in told.items() if status == 200
    }


def test_no_name_of_the_roster_stands_in_a_report(school: School, client: Client) -> None:
    staff = make_people(school, [30, 30])
    for number, member in enumerate(staff):
        member.name = f"Canary{number} Feather{number}"
        member.save()
    scan = make_scan(school, staff, leaders=12)
    answer_all(scan, staff)
    release(close(scan))
    sign_in(client, school, "school_leader", name="Somebody")
    answer: Any = client.get(reverse("scans:report", args=[scan.pk]))
    told = answer.content.decode() + scan.snapshot.text
    told += printing.snapshot_page(report_of(scan) or {}, "report", "nl")
    assert [word for word in ("Canary", "Feather") if word in told] == []
    assert "Canary" in client.get(reverse("people:staff")).content.decode()
