"""What somebody with power and patience may not learn from one report."""

from __future__ import annotations

import json
import logging
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from bench._attacker import Guess, attacks, guess
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.scans.answered import (
    REPORT_ON,
    answer_all,
    close,
    make_people,
    make_scan,
    release,
    roster,
)
from tests.scans.pages import body, sign_in
from zwerm.analysis.auditor import audit
from zwerm.core import clock
from zwerm.people.models import Account, Member, School
from zwerm.scans import sealed
from zwerm.scans.actions import inviting
from zwerm.scans.models import Invitation, Scan
from zwerm.scans.results.arrays import read_asked
from zwerm.scans.results.audit import published_sets
from zwerm.scans.results.figures import figures_of
from zwerm.scans.sealed import Answers, Given


class Again(Exception):
    """Leaves a savepoint, so that the same school may be lived through once more."""


def leader_sees(
    client: Client, scan: Scan, log: pytest.LogCaptureFixture
) -> tuple[str, dict[str, bytes]]:
    """The snapshot, and every byte that reaches the leader: pages, mails and the log."""
    log.clear()
    mail.outbox.clear()
    with clock.at(REPORT_ON):
        release(close(scan))
        inviting.send_report_ready(scan)
        addresses = [reverse("scans:list"), "/"]
        addresses += [reverse(f"scans:{one}", args=[scan.pk]) for one in ("detail", "report")]
        addresses.append(reverse("scans:guide", args=[scan.pk, "first_report"]))
        seen = {address: page(client, address) for address in addresses}
    seen["mail"] = repr([(m.to, m.subject, m.body) for m in mail.outbox]).encode()
    seen["log"] = log.text.encode()
    return scan.snapshot.text, seen


def page(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return body(answer)


def anything(scan: Scan, own: int, people: int) -> st.SearchStrategy[Answers | None]:
    """Whatever one person may have answered: each question with anything, or not at all."""
    others = st.lists(st.sampled_from([n for n in range(people) if n != own]), unique=True)
    by_kind: dict[str, st.SearchStrategy[Any]] = {
        "roster": others.map(lambda named: {"named": named, "may_know": []}),
        "kinds": st.just(["nobody"]),
        "item": st.integers(0, 5),
    }
    questions = (scan.questionnaire or {})["questions"]
    each = {one["id"]: st.none() | by_kind[one["kind"]] for one in questions}
    full = st.fixed_dictionaries(each).map(
        lambda given_: Answers({name: Given(1, one) for name, one in given_.items()})
    )
    return st.none() | full


def put(scan: Scan, member: Member, answers: Answers | None) -> None:
    [entry] = roster(scan, [member])
    sealed.delete_answers(scan, entry)
    if answers is not None:
        sealed.write_answers(scan, entry, answers)


@pytest.mark.parametrize("people", [[12], [30, 30]])
@given(data=st.data())
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_one_person_answers_a_leader_sees_it_in_published_figures_only(
    school: School,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    people: list[int],
    data: st.DataObject,
) -> None:
    """Pages, mails and logs are the same to the byte as soon as the snapshot is the same."""
    caplog.set_level(logging.DEBUG, "zwerm")
    try:
        with transaction.atomic():
            check_one_person(school, client, caplog, people, data)
            raise Again
    except Again:
        pass


def check_one_person(
    school: School,
    client: Client,
    caplog: pytest.LogCaptureFixture,
    people: list[int],
    data: st.DataObject,
) -> None:
    sign_in(client, school, "school_leader", name="The Leader")
    staff = make_people(school, people)
    scan = make_scan(school, staff, leaders=12 if sum(people) > 40 else 0, key=b"k" * 32)
    answer_all(scan, staff)
    [victim] = roster(scan, staff[:1])
    seen: dict[str, dict[str, bytes]] = {}
    for answers in (
        sealed.read_answers(scan, victim),
        data.draw(anything(scan, victim.number, len(staff))),
        data.draw(anything(scan, victim.number, len(staff))),
    ):
        snapshot, pages = once(client, scan, caplog, staff[0], answers)
        assert seen.setdefault(snapshot, pages) == pages
    report = reverse("scans:report", args=[scan.pk])
    first, *others = seen.values()
    differ = {
        name: (first[name], pages[name])
        for pages in others
        for name in first
        if name != report and pages[name] != first[name]
    }
    assert differ == {}


def once(
    client: Client,
    scan: Scan,
    caplog: pytest.LogCaptureFixture,
    member: Member,
    answers: Answers | None,
) -> tuple[str, dict[str, bytes]]:
    """Live through close and report with these answers, and undo it."""
    found: tuple[str, dict[str, bytes]] | None = None
    try:
        with transaction.atomic():
            fresh = Scan.objects.get(pk=scan.pk)
            put(fresh, member, answers)
            found = leader_sees(client, fresh, caplog)
            raise Again
    except Again:
        assert found
        return found


def test_the_comparison_would_see_a_leak(
    school: School, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault is planted: the log says how many names there are. The bytes then differ."""
    caplog.set_level(logging.DEBUG, "zwerm")
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    sign_in(client, school, "school_leader")
    _snapshot, before = leader_sees(client, scan, caplog)
    logging.getLogger("zwerm.scans").info("named %d", 7)
    assert caplog.text.encode() != before["log"]


ENOUGH = 20
"""With fewer plausible rows that fit, certainty only says that too few rows were tried."""
LIMITS = {10: (0.40, 0.35), 14: (0.40, 0.35), 20: (0.30, 0.17), 48: (0.30, 0.17)}


@pytest.mark.parametrize(
    ("people", "answered", "seeds", "rows"),
    [(12, 10, 5, 150), (16, 14, 4, 150), (25, 20, 4, 150), (60, 48, 1, 100)],
)
def test_knowing_everybody_else_does_not_tell_how_many_names_one_person_gave(
    people: int, answered: int, seeds: int, rows: int
) -> None:
    """More seeds and larger schools are in `./zwerm bench attackers`."""
    found = [one for seed in range(seeds) for one in attacks(people, answered, seed, rows=rows)]
    right, sure = LIMITS[answered]
    assert np.mean([one.posterior for one in found]) <= right
    assert np.mean([one.sure for one in found]) <= sure
    assert not any(one.certain for one in found if one.fitting >= ENOUGH)


def test_the_attacker_does_find_what_is_published_exactly() -> None:
    """With exact figures only one number of names fits: the attack itself works."""
    assert guess({4: 1.0}, 4, 9) == Guess(
        right=True, sure=True, certain=True, posterior=1.0, fitting=9
    )
    assert guess({3: 0.2, 4: 0.3, 5: 0.2, 9: 0.3}, 4, 9).sure is False
    exact = list(attacks(12, 10, 1, rows=200, exact=True))
    assert all(one.right and one.certain for one in exact)


def test_three_who_put_their_answers_together_leave_seven_others_in_every_cell(
    school: School,
) -> None:
    staff = make_people(school, [13, 13])
    scan = make_scan(school, staff, leaders=10)
    answer_all(scan, staff)
    asked = read_asked(scan)
    report = figures_of(scan, asked, draws=lambda _name: np.random.default_rng(1))
    rows = published_sets(asked, report)
    assert len(rows) > 5
    columns = np.arange(rows.shape[1])
    kinds = {tuple(rows[:, one]): one for one in columns}
    alike = {kind: [one for one in columns if tuple(rows[:, one]) == kind] for kind in kinds}
    naming = int(rows[0].sum())
    candidates = [one for same in alike.values() for one in same[:3] if one < naming]
    assert len(candidates) == 6
    for three in combinations(candidates, 3):
        left = np.delete(rows, three, axis=1)
        assert audit(left, 7).passed
    seven = alike[tuple(rows[:, candidates[0]])][:7]
    assert not audit(np.delete(rows, seven, axis=1), 7).passed


def test_an_administrator_who_changes_addresses_gets_no_report(
    school: School, client: Client
) -> None:
    """Nine addresses are changed after opening: their links end, and nothing of them counts."""
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    for member in staff[:9]:
        member.email = f"mine-{member.pk}@attacker.example"
        member.save()
    entries = roster(scan, staff)
    for entry in entries[:10]:
        through = Invitation.objects.get(entry=entry).address == staff[entries.index(entry)].email
        sealed.write_answers(
            scan,
            entry,
            Answers({"advice": Given(1, {"named": [], "may_know": []})}, through),
        )
    close(scan)
    assert not any(one["shown"] for one in content(scan)["figures"].values())
    assert not any(line.get("shown", True) for line in content(scan)["scales"])


def content(scan: Scan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scan.snapshot.text)
    return found


def test_no_name_of_the_roster_stands_in_a_report(school: School, client: Client) -> None:
    staff = make_people(school, [30, 30])
    for number, member in enumerate(staff):
        member.name = f"Canary{number} Feather{number}"
        member.save()
    scan = make_scan(school, staff, leaders=12)
    answer_all(scan, staff)
    release(close(scan))
    account: Account = sign_in(client, school, "school_leader", name="Somebody")
    assert account
    answer: Any = client.get(reverse("scans:report", args=[scan.pk]))
    text = answer.content.decode()
    assert "Canary" not in text
    assert "Feather" not in text
    assert "Canary" not in scan.snapshot.text
