"""The report of `zwerm analyse`, opened as a file: on a phone and a desk, by day and by night."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.analyse.files import put_people, put_ties
from zwerm.analyse import command

TEAMS = ("Arts", "Languages", "Care", "Office")
SERIOUS = {"serious", "critical"}


@pytest.fixture(params=["en", "nl"])
def report(tmp_path, request):
    """Two invented years with teams, posts and somebody who did not answer."""
    people = [f"p{i},{TEAMS[i % 4]},{int(i < 5)},{int(i != 23)}" for i in range(24)]
    ties = [
        f"p{i},p{(i * step + year) % 24},{year}"
        for year in (1, 2)
        for i in range(23)
        for step in (3, 5, 7)
        if i != (i * step + year) % 24
    ]
    out = tmp_path / "report.html"
    asked = [
        *("--ties", put_ties(tmp_path, "source,target,year", *ties)),
        *("--people", put_people(tmp_path, "id,team,leader,answered", *people)),
        *("--by", "year", "--team", "team", "--position", "leader"),
        *("--respondents", "answered", "--html", out, "--language", request.param),
    ]
    assert command.main([str(one) for one in asked]) == 0
    return out


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_the_report_is_for_every_eye_and_asks_for_nothing(browser, report, width, scheme):
    # Axe runs in the page, where the policy of the page would refuse it.
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(report.as_uri())
    faults = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [fault["id"] for fault in faults if fault["impact"] in SERIOUS] == []
    assert (said, wide <= width) == ([], True)
    assert set(asked) <= {"file", "data"}


def test_the_report_follows_the_theme_and_sizes_its_drawing(browser, report):
    grounds, drawings = [], []
    for width, scheme in ((1280, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        page = context.new_page()
        page.goto(report.as_uri())
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        shown = page.locator("svg.fig").filter(visible=True)
        drawings.append(shown.first.get_attribute("viewBox").split()[2])
        context.close()
    assert grounds == ["rgb(250, 247, 241)", "rgb(18, 25, 29)"]
    assert drawings == ["920", "356"]


def test_the_policy_of_the_page_lets_nothing_run(browser, report):
    """A script that somehow came into the file would be refused, and this test would see it."""
    planted = report.with_name("planted.html")
    text = report.read_text("utf-8")
    planted.write_text(text.replace("</main>", "</main><script>document.title='ran'</script>"))
    context = browser.new_context()
    page = context.new_page()
    page.goto(planted.as_uri())
    assert page.title().endswith("Zwerm")
    context.close()
