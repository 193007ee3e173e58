"""A board sees no persons, and cannot subtract what its schools publish."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.attacks.addresses import pages
from tests.factories import account_of, make_board, make_school, make_signed_member
from tests.scans.answered import answer_all, close, make_people, make_scan, release
from tests.scans.watching import make_board_account, signed_in
from zwerm.analysis.auditor import audit
from zwerm.core import clock
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.models import Scan
from zwerm.scans.queries.reports import report_of
from zwerm.scans.results.arrays import read_asked
from zwerm.scans.results.audit import NAMED, Sums, as_rows, published_sums

SIZES = ([12], [13, 14], [16])


@pytest.fixture
def schools(db: None) -> list[tuple[School, Scan]]:
    """Three schools of one board, each with a report that was released to it."""
    board = make_board()
    found = []
    for number, sizes in enumerate(SIZES):
        school = make_school(board=board)
        with school_scope(school):
            staff = make_people(school, sizes)
            for place, member in enumerate(staff):
                member.name = f"Canary{place} Feather"
                member.save()
            scan = make_scan(school, staff, is_for_board=True, has_comment=True)
            answer_all(scan, staff, seed=number + 1, comment="A finch wrote this.")
            found.append((school, release(close(scan))))
    return found


def sums_of(school: School, scan: Scan) -> Sums:
    with school_scope(school):
        return published_sums(read_asked(scan), report_of(scan) or {})


def test_nothing_about_fewer_than_ten_people_follows_from_all_reports_of_a_board(
    schools: list[tuple[School, Scan]],
) -> None:
    together = [one for each in schools for one in sums_of(*each)]
    found = audit(as_rows(together).rows, 10)
    assert (found.passed, found.smallest) == (True, 10)
    assert found.sets == len(together) > 2 * len(SIZES)


@pytest.mark.parametrize("left_out", [3, 9])
def test_a_total_of_a_board_that_leaves_out_a_few_would_be_blocked(
    schools: list[tuple[School, Scan]], left_out: int
) -> None:
    """A fault is planted: the board adds up its schools, but not who came last in one of them."""
    each = [sums_of(*one) for one in schools]
    naming = [next(one for one in sums if NAMED not in {q for q, _who in one}) for sums in each]
    total = frozenset().union(*naming)
    fewer = total - set(sorted(naming[0], key=repr)[:left_out])
    whole = [one for sums in each for one in sums]
    assert audit(as_rows([*whole, total]).rows, 10).passed
    found = audit(as_rows([*whole, total, fewer]).rows, 10)
    assert (found.passed, found.smallest) == (False, min(left_out, len(naming[0]) - left_out))


def test_a_school_that_joins_a_total_is_told_by_subtraction_and_so_has_to_be_large_enough(
    schools: list[tuple[School, Scan]],
) -> None:
    """Two totals that differ by a school tell that school: never fewer than ten people of it."""
    naming = [sums_of(*one)[0] for one in schools]
    two = frozenset().union(*naming[:2])
    three = frozenset().union(*naming)
    assert audit(as_rows([two, three]).rows, 10).passed
    small = frozenset(sorted(naming[2], key=repr)[:6])
    assert audit(as_rows([two, two | small]).rows, 10).smallest == 6


def test_a_board_reads_no_name_and_no_comment_anywhere(schools: list[tuple[School, Scan]]) -> None:
    """Every address of the site, about each of its schools."""
    board = signed_in(make_board_account(schools[0][0]))
    assert schools[0][1].report_on
    with clock.at(schools[0][1].report_on):
        found = {}
        for school, scan in schools:
            with school_scope(school):
                member = scan.roster.all()[0].member
                found[scan.pk] = pages(board, scan, member) if member else {}
                colleague = browser_of_colleague(school)
                read: Any = colleague.get(reverse("scans:report", args=[scan.pk]))
                assert b"A finch wrote this." in read.content
        readable = [name for one in found.values() for name in one if b"(200," in one[name][:5]]
    assert readable.count("scans:board_report") == len(SIZES)
    told = [
        (name, word)
        for one in found.values()
        for name, content in one.items()
        for word in (b"Canary", b"Feather", b"finch")
        if word in content
    ]
    assert told == []


def browser_of_colleague(school: School) -> Client:
    return signed_in(account_of(make_signed_member(school, language="en")))
