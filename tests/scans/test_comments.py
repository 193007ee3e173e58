"""Comments beside a report: enough of them, no names, no order, and one can be taken away."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import come_in_as, make_board, make_mandate, make_school, make_signed_member
from tests.scans.answered import close, give, make_people, make_scan, read, release, roster
from tests.scans.pages import sign_in
from zwerm.people.models import School
from zwerm.people.scope import school_scope
from zwerm.scans.models import Comment, Scan, Snapshot
from zwerm.scans.results.comments import roster_names_in

TEXTS = [f"Thought number {n} about our work." for n in range(12)]


def commented(school: School, texts: list[str], *, people: int = 12, **more: Any) -> Scan:
    """Everybody answers, and the first people write `texts`."""
    staff = make_people(school, [people])
    scan = make_scan(school, staff, has_comment=True, **more)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        comment: dict[str, Any] = {"comment": texts[place]} if place < len(texts) else {}
        give(scan, entry, named=[entries[(place + 1) % people]], **comment)
    return close(scan)


def kept(scan: Scan) -> list[str]:
    return list(Comment.objects.filter(scan=scan).values_list("text", flat=True))


def test_comments_are_kept_shuffled_and_without_anything_about_their_writers(
    school: School,
) -> None:
    scan = commented(school, TEXTS)
    assert sorted(kept(scan)) == sorted(TEXTS)
    assert kept(scan) != TEXTS
    names = {field.name for field in Comment._meta.get_fields()}
    assert names == {"id", "school", "scan", "text", "is_reported", "is_removed"}


@pytest.mark.parametrize(("written", "stand"), [(4, 0), (5, 5)])
def test_fewer_than_five_comments_are_not_shown(school: School, written: int, stand: int) -> None:
    assert len(kept(commented(school, TEXTS[:written]))) == stand


@pytest.mark.parametrize(("people", "stand"), [(9, 0), (10, 6)])
def test_comments_need_ten_respondents(school: School, people: int, stand: int) -> None:
    assert len(kept(commented(school, TEXTS[:6], people=people))) == stand


def test_comments_need_a_full_response(school: School) -> None:
    staff = make_people(school, [16])
    scan = make_scan(school, staff, has_comment=True)
    entries = roster(scan, staff)
    for entry, text in zip(entries[:12], TEXTS, strict=True):
        give(scan, entry, named=entries[13:15], comment=text)
    assert kept(close(scan)) == []


def test_comments_of_invented_accounts_do_not_uncover_the_one_that_is_real(
    school: School,
) -> None:
    staff = make_people(school, [14])
    scan = make_scan(school, staff, has_comment=True)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        is_fake = place < 4
        text: dict[str, Any] = {"comment": TEXTS[place]} if place < 5 else {}
        give(scan, entry, named=[entries[(place + 1) % 14]], through=not is_fake, **text)
    assert kept(close(scan)) == []


def test_a_school_may_raise_the_floor(school: School) -> None:
    assert kept(commented(school, TEXTS[:8], floor_comments=13)) == []


def test_a_comment_with_a_name_of_the_roster_is_held_back(school: School) -> None:
    staff = make_people(school, [11], name="Somebody Else")
    make = make_people(school, [1], name="Noor Bakker")
    scan = make_scan(school, [*staff, *make], has_comment=True)
    entries = roster(scan, [*staff, *make])
    texts = [*TEXTS[:6], "Ask noor about it.", "BAKKER knows."]
    for place, entry in enumerate(entries):
        text: dict[str, Any] = {"comment": texts[place]} if place < len(texts) else {}
        give(scan, entry, named=[entries[(place + 1) % 12]], **text)
    assert sorted(kept(close(scan))) == TEXTS[:6]


def test_a_comment_about_who_left_before_the_close_is_held_back_too(school: School) -> None:
    staff = make_people(school, [12], name="Somebody Else")
    gone = make_people(school, [1], name="Noor Bakker")
    scan = make_scan(school, [*staff, *gone], has_comment=True)
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        text = "Noor knew why." if place == 7 else TEXTS[place]
        give(scan, entry, named=[entries[(place + 1) % 12]], comment=text)
    gone[0].left_on = scan.closes_on
    gone[0].save()
    assert sorted(kept(close(scan))) == sorted(TEXTS[:7] + TEXTS[8:])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vraag het aan Noor.", ["Noor"]),
        ("vraag het noor eens", ["noor"]),
        ("Noor's idee", ["Noor"]),
        ("Noorden is geen naam", []),
        ("Anne Marie weet dat", ["Anne", "Marie"]),
        ("José weet dat, jose ook", ["José", "jose"]),
        ("Het van en de planning", []),
        ("Dat is 3 à 4 keer b", []),
        ("al met al gaat het goed", []),
    ],
)
def test_names_are_found_as_whole_words_whatever_their_capitals_and_accents(
    text: str, found: list[str]
) -> None:
    names = ["Noor van den Berg", "Anne-Marie de Wit", "José B. Al", "À. Het"]
    assert roster_names_in(text, names) == found


def shown(client: Client, scan: Scan) -> str:
    return read(client, reverse("scans:report", args=[scan.pk]))


def test_everybody_at_school_reads_the_comments_and_the_board_does_not(
    school: School, client: Client
) -> None:
    scan = release(commented(school, TEXTS, is_for_board=True))
    sign_in(client, school)
    assert all(text in shown(client, scan) for text in TEXTS)
    account = make_signed_member(make_school(board=school.board)).account
    assert account
    make_mandate(account, "board", board=school.board)
    come_in_as(client, account)
    session = client.session
    session["acting_at"] = f"board:{school.board_id}"
    session.save()
    board = read(client, reverse("scans:board_report", args=[scan.pk]))
    assert "the same report for everybody" in board
    assert not any(text in board for text in TEXTS)


def test_no_comment_is_in_the_snapshot(school: School) -> None:
    scan = commented(school, TEXTS)
    assert not any(text in scan.snapshot.text for text in TEXTS)


def test_anybody_reports_a_comment_and_only_the_privacy_officer_takes_it_away(
    school: School, client: Client
) -> None:
    scan = release(commented(school, TEXTS))
    one = Comment.objects.filter(text=TEXTS[3]).get()
    before = Snapshot.objects.get().digest
    report = reverse("scans:comment_report", args=[scan.pk, one.pk])
    remove = reverse("scans:comment_remove", args=[scan.pk, one.pk])
    sign_in(client, school)
    assert client.post(report).status_code == 302
    one.refresh_from_db()
    assert (one.is_reported, one.is_removed) == (True, False)
    assert "Take this text away" not in shown(client, scan)
    for kind in ("facilitator", "school_leader", "staff_council"):
        sign_in(client, school, kind)
        assert client.post(remove).status_code == 403
    one.refresh_from_db()
    assert one.text == TEXTS[3]
    sign_in(client, school, "privacy_officer")
    assert "Take this text away" in shown(client, scan)
    client.post(remove)
    one.refresh_from_db()
    assert (one.text, one.is_removed) == ("", True)
    assert TEXTS[3] not in shown(client, scan)
    assert TEXTS[4] in shown(client, scan)
    assert Snapshot.objects.get().digest == before


def test_another_school_neither_reports_nor_removes(school: School, client: Client) -> None:
    scan = release(commented(school, TEXTS))
    one = Comment.objects.first()
    assert one
    elsewhere = make_school(board=make_board())
    with school_scope(elsewhere):
        sign_in(client, elsewhere, "privacy_officer")
    for name in ("comment_report", "comment_remove"):
        assert client.post(reverse(f"scans:{name}", args=[scan.pk, one.pk])).status_code == 404
    one.refresh_from_db()
    assert (one.is_reported, one.is_removed) == (False, False)


def test_before_the_report_a_comment_cannot_be_read_or_reported(
    school: School, client: Client
) -> None:
    scan = commented(school, TEXTS)
    one = Comment.objects.first()
    assert one
    sign_in(client, school, "privacy_officer")
    for name in ("comment_report", "comment_remove"):
        assert client.post(reverse(f"scans:{name}", args=[scan.pk, one.pk])).status_code == 404
    assert client.get(reverse("scans:report", args=[scan.pk])).status_code == 404
