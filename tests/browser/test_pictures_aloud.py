"""A picture of a report as a screen reader gets it: one image, its name, what is to be seen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.scans.snapshots import make_small_snapshot, make_snapshot
from zwerm.scans.report_page import compose

SPOKEN = re.compile(r"<title>(.*?)</title><desc>(.*?)</desc>", re.S)


def read_aloud(browser: Browser, page: str) -> list[tuple[str, str, str]]:
    """Role, name and description of everything on a page that is not left out."""
    opened = browser.new_page()
    opened.set_content(page)
    session = opened.context.new_cdp_session(opened)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    opened.close()
    return [
        (said(node, "role"), said(node, "name"), said(node, "description"))
        for node in nodes
        if not node["ignored"]
    ]


def said(node: dict[str, Any], part: str) -> str:
    return str(node.get(part, {}).get("value") or "")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("snapshot", [make_snapshot(), make_small_snapshot()])
def test_every_picture_of_a_report_is_one_image_of_which_the_inner_words_are_not_read(
    browser: Browser, snapshot: dict[str, Any], language: str
) -> None:
    pictures = [part.wide for part in compose(snapshot, language).parts if part.wide]
    found = read_aloud(browser, "<main>" + "".join(pictures) + "</main>")
    images = [("image", *words) for one in pictures for words in SPOKEN.findall(one)]
    assert len(images) == len(pictures) >= 4
    assert [one for one in found if one[0] not in {"RootWebArea", "main"}] == images
