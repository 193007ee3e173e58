import datetime as dt

import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests.factories import come_in_as, make_account, make_school
from tests.scans.scans import entries_of, invitation_of, make_open_scan
from zwerm.core import clock
from zwerm.people.scope import school_scope
from zwerm.scans import link, sealed
from zwerm.scans.models import AnswerBlob, Invitation, Scan
from zwerm.scans.views import asked


@pytest.fixture
def scan(school):
    return make_open_scan(school)


@pytest.fixture
def entry(scan):
    return entries_of(scan)[0]


def address(scan, entry):
    return reverse("scans:with", args=[scan.pk, link.make_token(scan, invitation_of(entry))])


def come_in(client, scan, entry):
    return client.post(address(scan, entry))


def test_a_link_is_the_same_each_time_it_is_sent(scan, entry):
    assert address(scan, entry) == address(scan, entry)
    assert address(scan, entry) != address(scan, entries_of(scan)[1])


def test_a_link_opens_nothing_before_its_button_is_pressed(client, scan, entry):
    before = list(Invitation.objects.order_by("pk").values())

    response = client.get(address(scan, entry))

    assert response.status_code == 200
    assert b"Go to the questions" in response.content
    assert link.COOKIE not in response.cookies
    assert list(Invitation.objects.order_by("pk").values()) == before
    assert AnswerBlob.objects.count() == 0
    assert client.get(reverse("scans:ask", args=[scan.pk])).status_code == 302


def test_the_button_opens_this_scan_and_nothing_else(client, scan, entry):
    response = come_in(client, scan, entry)

    assert response.headers["Location"] == reverse("scans:ask", args=[scan.pk])
    cookie = response.cookies[link.COOKIE]
    assert cookie["path"] == f"/scan/{scan.pk}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert "sessionid" not in response.cookies
    assert entry.name in client.get(response.headers["Location"]).content.decode()
    for closed in (reverse("scans:list"), scan.get_absolute_url(), reverse("home:start")):
        assert "sign-in" in client.get(closed).headers["Location"]


def test_each_wrong_link_gets_the_same_answer(client, scan, entry):
    right = link.make_token(scan, invitation_of(entry))
    other = make_school()
    with school_scope(other):
        elsewhere = make_open_scan(other)
        foreign = link.make_token(elsewhere, invitation_of(entries_of(elsewhere)[0]))
    wrong = [
        right[:-2] + ("A" if right[-2] != "A" else "B") + right[-1],
        right[:20],
        "nonsense",
        "%C3%A9",
        foreign,
        "A" * len(right),
    ]

    answers = [client.get(f"/scan/{scan.pk}/with/{one}/") for one in wrong]

    assert {one.status_code for one in answers} == {404}
    bodies = [one.content for one in answers]
    assert [strip_token(body) for body in bodies] == [strip_token(answers[0].content)] * 6
    assert b"This link does not work" in answers[0].content


def strip_token(body):
    """Without the token of the form and the way back, which differ each time."""
    lines = body.splitlines()
    return [one for one in lines if b"csrf" not in one.lower() and b'name="next"' not in one]


def test_no_log_holds_the_token_of_a_link(client, scan, entry, caplog):
    other = link.make_token(scan, invitation_of(entry))[::-1]
    caplog.set_level("WARNING", "django.request")  # as a host may set it, who wants to see these

    client.get(f"/scan/{scan.pk}/with/{other}/")
    logged = caplog.text

    assert "Not Found" in logged
    assert other not in logged


def test_a_new_nonce_ends_the_old_link_and_who_came_in_by_it(client, scan, entry):
    old = address(scan, entry)
    come_in(client, scan, entry)
    Invitation.objects.filter(entry=entry).update(nonce="another")

    assert client.get(old).status_code == 404
    assert client.get(reverse("scans:ask", args=[scan.pk])).status_code == 302
    assert client.get(address(scan, entry)).status_code == 200


@pytest.mark.parametrize(
    "change", [{"email": "new@school.example"}, {"left_on": dt.date(2020, 1, 1)}]
)
def test_a_new_address_or_leaving_ends_the_link(client, scan, entry, change):
    come_in(client, scan, entry)
    for name, value in change.items():
        setattr(entry.member, name, value)
    entry.member.save()

    assert client.get(address(scan, entry)).status_code == 404
    assert client.get(reverse("scans:ask", args=[scan.pk])).status_code == 302


def test_a_cookie_of_another_scan_is_worth_nothing(client, scan, entry):
    come_in(client, scan, entry)
    stolen = client.cookies[link.COOKIE].value
    Scan.objects.filter(pk=scan.pk).update(status="released", released_at=clock.now())
    second = make_open_scan(scan.school, members=1)
    client.cookies.clear()
    client.cookies[link.COOKIE] = stolen

    assert client.get(reverse("scans:ask", args=[second.pk])).status_code == 302


def test_a_link_used_after_the_last_day_says_when_the_report_comes(client, scan, entry):
    with clock.at(scan.closes_on + dt.timedelta(days=1)):
        response = client.get(address(scan, entry))
        wrong = client.get(f"/scan/{scan.pk}/with/nonsense/")

    for page in (response, wrong):
        text = page.content.decode()
        assert "This scan is closed" in text
        assert (
            f"{scan.closes_on:%B} {scan.closes_on.day}" in text or str(scan.closes_on.day) in text
        )
    assert "Read what you answered" in response.content.decode()
    assert "Read what you answered" not in wrong.content.decode()


def test_a_link_ends_thirty_days_after_the_report(client, scan, entry):
    released = clock.now()
    Scan.objects.filter(pk=scan.pk).update(status="released", released_at=released)
    scan.refresh_from_db()

    with clock.at(released.date() + dt.timedelta(days=29)):
        assert link.read_token(scan, address(scan, entry).split("/")[-2]) is not None
    with clock.at(released.date() + dt.timedelta(days=32)):
        assert link.read_token(scan, address(scan, entry).split("/")[-2]) is None


def test_a_link_of_a_scan_whose_key_is_gone_says_that_it_is_closed(client, scan, entry):
    url = address(scan, entry)
    sealed.destroy(scan, reason="retention is over")
    scan.status = Scan.Status.RELEASED
    scan.save()

    response = client.get(url)

    assert response.status_code == 200
    assert b"This scan is closed" in response.content


def test_a_link_of_somebody_else_is_not_opened_while_one_is_signed_in(client, scan, entry):
    mine = entries_of(scan)[1]
    mine.member.account = make_account(email=mine.member.email)
    mine.member.save()
    come_in_as(client, mine.member.account)

    response = client.post(address(scan, entry))

    assert response.status_code == 409
    assert link.COOKIE not in response.cookies
    assert client.post(address(scan, mine)).status_code == 302


def test_leaving_forgets_who_came_in_by_a_link(client, scan, entry):
    come_in(client, scan, entry)

    response = client.post(reverse("scans:leave", args=[scan.pk]))

    assert response.headers["Location"] == reverse("scans:left", args=[scan.pk])
    page = client.get(response.headers["Location"]).content
    assert b"You can close this page" in page
    assert scan.school.name.encode() not in page
    assert client.get(reverse("scans:ask", args=[scan.pk])).status_code == 302


def test_somebody_comes_in_in_the_language_of_the_staff_list(client, scan, entry):
    Invitation.objects.filter(entry=entry).update(language="nl")

    page = client.get(address(scan, entry))
    come_in(client, scan, entry)

    assert b"Ga naar de vragen" in page.content
    assert client.cookies["django_language"].value == "nl"


def test_wrong_links_are_counted_and_right_ones_never_refused(client, scan, entry, monkeypatch):
    monkeypatch.setattr(asked, "WRONG_LINKS_AN_HOUR", 2)
    for _ in range(2):
        assert client.get(f"/scan/{scan.pk}/with/nonsense/").status_code == 404

    response = client.get(f"/scan/{scan.pk}/with/nonsense/")

    assert response.status_code == 429
    assert b"Too many wrong links" in response.content
    assert client.get(address(scan, entry)).status_code == 200


def test_wrong_links_are_counted_for_an_hour_in_the_cache_of_an_installation(db):
    call_command("createcachetable", "counts")
    store = DatabaseCache("counts", {})

    counted = [asked.too_often(store, "wrong-links-x", 2, 3600) for _ in range(3)]

    assert counted == [False, False, True]
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM counts")
        (until,) = cursor.fetchone()
    until = dt.datetime.fromisoformat(str(until)).replace(tzinfo=dt.UTC)
    assert until > dt.datetime.now(dt.UTC) + dt.timedelta(minutes=50)


def test_a_draft_has_no_links(client, scan, entry):
    url = address(scan, entry)
    Scan.objects.filter(pk=scan.pk).update(status="draft")

    assert client.get(url).status_code == 404


def test_the_poster_leads_to_signing_in(client, scan):
    response = client.get(reverse("scans:ask", args=[scan.pk]))

    assert response.headers["Location"].startswith("/account/sign-in/?next=")
