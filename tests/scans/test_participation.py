"""What everybody sees of participation: nothing moves until a whole step is reached."""

from itertools import pairwise

import pytest
from django.urls import reverse

from tests.factories import make_account
from tests.scans.pages import body, words
from tests.scans.scans import entries_of, make_open_scan
from tests.scans.watching import everybody, signed_in
from zwerm.scans.actions import answering
from zwerm.scans.queries.scans import participation


def answer(scan, entry):
    answering.answer_question(
        scan,
        entry=entry,
        question="advice",
        answer={"named": []},
        counter=None,
        through_roster_address=True,
    )


@pytest.mark.parametrize(
    ("members", "steps"),
    [
        (10, (0, 65, 100)),
        (12, (0, 30, 65, 100)),
        (27, (0, 30, 50, 65, 80, 100)),
        (40, (0, 10, 20, 30, 40, 50, 65, 80, 90, 100)),
        (84, (0, 10, 20, 30, 40, 50, 65, 80, 90, 100)),
    ],
)
def test_a_step_is_never_finer_than_four_people(school, members, steps):
    scan = make_open_scan(school, members=members)
    shown = []

    for entry in entries_of(scan):
        answer(scan, entry)
        scan.refresh_from_db()
        shown.append(participation(scan, members))

    assert [(one.low, one.high) for one in dict.fromkeys(shown) if one] == [
        (low / 100, high / 100) for low, high in pairwise(steps)
    ]
    assert shown.count(shown[0]) >= 3  # the first step begins at nobody
    assert min(shown.count(one) for one in shown if one != shown[0]) >= 4


def test_under_ten_people_nobody_sees_anything_of_it(school):
    scan = make_open_scan(school, members=9)
    member = entries_of(scan)[0].member
    member.account = make_account(email=member.email)
    member.save()

    page = signed_in(member.account).get(scan.get_absolute_url())

    assert participation(scan, 9) is None
    assert "Fewer than ten people are asked. Then nobody sees how many took part." in words(page)


def test_the_page_of_a_scan_never_says_who_answered(school):
    scan = make_open_scan(school, members=20)
    watchers = everybody(school)
    for entry in entries_of(scan)[:9]:
        answer(scan, entry)

    names = {entry.name.encode() for entry in entries_of(scan)}
    pages = [
        body(watcher.get(reverse(f"scans:{name}", args=[scan.pk])))
        for watcher in watchers
        for name in ("detail", "council", "log")
    ]

    assert [name for name in names for page in pages if name + b"<" in page] == []
