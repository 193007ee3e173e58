"""A form that means harm crashes nothing, fills nothing and writes nothing: bodies, names, YAML."""

from __future__ import annotations

import re
import time

import pytest
from bench.bombs import MOST_SECONDS
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.fingerprint import everything
from tests.people.lists import HEADINGS, NOOR, as_csv
from tests.people.pages import send
from tests.scans.scans import make_ready_draft

# --- what is sent, before it is a file ------------------------------------------------------------


def posted(keeper, body, boundary="x"):
    kind = f"multipart/form-data; boundary={boundary}"
    return keeper.post(reverse("people:load"), body, content_type=kind)


def part(name, content=b"x", file=""):
    named = f'; filename="{file}"' if file else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def stranger():
    """Somebody who did not sign in, with the cookie that everybody gets."""
    browser = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
    browser.get("/account/sign-in/")
    return browser


def test_what_is_far_too_large_is_refused_and_nothing_of_it_is_kept(school, keeper):
    """Also for who did not sign in: the token of a form stands in what was sent."""
    before = everything()
    for browser in (keeper, stranger()):
        answer = send(browser, bytes(7 * 1024 * 1024))
        assert answer.status_code == 413
        assert b"What you sent is larger than 6 MB." in answer.content
        assert not hasattr(answer.wsgi_request, "_files")
    assert everything() == before


def test_without_that_limit_it_would_be_read_whoever_sends_it(db, settings):
    """The test of the test: a stranger's file is read to its end before the no."""
    settings.LARGEST_BODY = 100 * 1024 * 1024
    answer = send(stranger(), bytes(7 * 1024 * 1024))
    assert answer.status_code == 403
    assert hasattr(answer.wsgi_request, "_files")


@pytest.mark.parametrize(
    "body",
    [
        b"".join(part(f"f{number}", file="a.csv") for number in range(50)) + b"--x--\r\n",
        b"".join(part(f"f{number}") for number in range(6_000)) + b"--x--\r\n",
        b"--x\r\n" + b"a: b\r\n" * 10_000 + b"\r\n--x--\r\n",
        b"--x\r\n" * 100_000,
        part("file", file="a.csv")[:40],
        b"\0" * 1000,
        part("f" * 5_000_000 + '"'),
    ],
    ids=["50 files", "6,000 fields", "heads", "boundaries", "cut off", "zeros", "a long name"],
)
def test_a_form_that_means_harm_is_refused(school, keeper, body):
    before = everything()
    began = time.process_time()
    assert posted(keeper, body).status_code == 400
    assert time.process_time() - began < MOST_SECONDS
    assert everything() == before


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\staff.csv", "a\0b.csv", "<b>.csv", "x" * 3_000 + ".csv", "=1+1.csv"],
)
def test_the_name_of_a_file_goes_nowhere(school, keeper, name):
    page = posted(keeper, part("file", as_csv(HEADINGS, NOOR), file=name) + b"--x--\r\n")
    if page.status_code == 302:
        page = keeper.get(page["Location"])
    assert page.status_code in {200, 400}
    assert f">{name}" not in page.content.decode()
    assert b"<b>.csv" not in page.content
    assert b"etc/passwd" not in page.content


# --- the school's own questions -------------------------------------------------------------------

QUESTIONS = {
    "words that unfold": b"a: &a [x,x]\n"
    + b"".join(b"b%d: &b%d [*a,*a,*a]\n" % (one, one) for one in range(9)),
    "nested": b"[" * 190_000,
    "nested maps": b"{a: " * 45_000,
    "a tag": b"!!python/object/apply:os.system ['id']\n",
    "one long line": b"a: " + b"x" * 190_000,
    "many lines": b"a: |\n" + b" x\n" * 60_000,
    "many keys": b"".join(b"k%d: v\n" % one for one in range(20_000)),
    "many signs": b"? " * 95_000,
    "quotes": b'"\\' * 95_000,
    "anchors": b"".join(b"&a%d " % one for one in range(25_000)),
    "zeros": bytes(1000),
    "not UTF-8": b"\xff\xfe\x00",
    "too large": b"x" * 200_001,
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_file_of_questions_that_means_harm_is_refused_at_once(school, keeper, name):
    address = reverse("scans:instrument", args=[make_ready_draft(school).pk])
    before = everything()
    took = []
    for _ in range(3):  # the least of three: on a busy machine seconds of CPU are longer too
        began = time.process_time()
        answer = keeper.post(address, {"file": SimpleUploadedFile("q.yaml", QUESTIONS[name])})
        took.append(time.process_time() - began)
        if min(took) < MOST_SECONDS:
            break
    assert min(took) < MOST_SECONDS
    told = r'<ul class="errors".*?<span>(.*?)</span>'
    assert len(re.findall(told, answer.content.decode(), re.DOTALL)) == 1
    assert everything() == before
