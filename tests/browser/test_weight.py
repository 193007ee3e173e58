"""How much a first visit costs: fonts, styles and scripts as a school's server sends them."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.browser.demo_site import environment_of_school, run, served
from tests.browser.test_every_page import choose
from tests.browser.visitor import PHONE

MOST_KILOBYTES = 150
PICTURE = re.compile(r'<svg class="fig.*?</svg>', re.S)


@pytest.fixture(scope="module")
def school_site(demo_folder):
    """The data of the demo, served as a school would: files with a hash, compressed."""
    settings = environment_of_school()
    run(demo_folder, "django", "collectstatic", "--no-input", "--verbosity", "0", **settings)
    with served(demo_folder, **settings) as running:
        yield running


def kilobytes(visitor, path: str) -> float:
    """What is transferred for this page by a browser without a past, without its pictures."""
    sent: dict[str, float] = {}
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.on(
        "Network.loadingFinished",
        lambda event: sent.update({event["requestId"]: event["encodedDataLength"]}),
    )
    answer = visitor.page.goto(visitor.address + path)
    visitor.page.evaluate("() => document.fonts.ready.then(() => true)")
    visitor.page.wait_for_timeout(50)
    session.detach()
    assert answer.headers["content-encoding"] == "gzip"
    return (sum(sent.values()) - pictures(answer.text())) / 1000


def pictures(page: str) -> int:
    """By how much the pictures of a report make the compressed page larger."""
    return len(gzip.compress(page.encode())) - len(gzip.compress(PICTURE.sub("", page).encode()))


def test_a_first_visit_costs_at_most_150_kilobytes(new_visitor, demo, school_site, capsys):
    weights: dict[str, float] = {}
    for person in ("nobody", "teacher", "staff"):
        mine = demo.tour[person]
        visitor = new_visitor(demo.address, PHONE, language="nl")
        if mine["account"]:
            choose(visitor, mine["account"])
        visitor.address = school_site.address
        for page in mine["pages"]:
            if page["status"] == 200 and not page["path"].startswith("/people/demo"):
                weights[page["path"]] = kilobytes(visitor, page["path"])
    with capsys.disabled():
        print()
        for path, weight in sorted(weights.items(), key=lambda one: -one[1])[:5]:
            print(f"{weight:6.0f} kB  {path}")
    assert {path: weight for path, weight in weights.items() if weight > MOST_KILOBYTES} == {}
