"""What only a narrow page shows: room between buttons, and a sign where a table goes on."""

from __future__ import annotations

import pytest

from tests.browser.test_every_page import choose
from tests.browser.visitor import PHONE

ROOM = 8
"""Pixels between two buttons, or a finger presses the wrong one."""

GAPS = """() => {
  const boxes = [...document.querySelectorAll("main .actions .button")]
    .map((one) => one.getBoundingClientRect());
  return boxes.slice(1).map((box, place) =>
    Math.max(box.top - boxes[place].bottom, box.left - boxes[place].right));
}"""
WIDE = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  return [...document.querySelectorAll(".scroll")]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => [one.tabIndex, getComputedStyle(one).backgroundAttachment]);
}"""


@pytest.fixture
def reader(new_visitor, demo):
    """A teacher with a phone, and the addresses of a report and of its scan."""
    mine = demo.tour["teacher"]
    visitor = new_visitor(demo.address, PHONE)
    choose(visitor, mine["account"])
    report = next(one["path"] for one in mine["pages"] if one["path"].endswith("/report/"))
    return visitor, report, report.removesuffix("report/")


def test_the_buttons_to_the_report_and_to_your_own_overview_do_not_touch(reader):
    visitor, _report, scan = reader
    visitor.go(scan)
    gaps = visitor.page.evaluate(GAPS)
    assert len(gaps) == 1
    assert min(gaps) >= ROOM


def test_a_table_wider_than_the_page_has_a_shade_and_the_focus(reader):
    visitor, report, _scan = reader
    visitor.go(report)
    wide = visitor.page.evaluate(WIDE)
    assert wide
    assert {tuple(one) for one in wide} == {(0, "local, local, scroll, scroll")}
