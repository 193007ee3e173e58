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


def opened(browser, report, **how):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **how)
    page = context.new_page()
    page.goto(report.as_uri())
    return context, page, page.locator("[data-network]").first


def test_a_person_is_chosen_with_the_keyboard_and_told_in_words(browser, report):
    context, page, network = opened(browser, report)
    network.locator("[data-who]").focus()
    page.keyboard.type("p7")
    said = network.locator("[data-said]").inner_text()
    near = network.locator("svg.only-wide .near").count()
    page.keyboard.press("Escape")
    cleared = network.locator("[data-said]").inner_text()
    context.close()
    # The table of who names whom says the same.
    assert said.startswith(("p7 names 3: ", "p7 noemt er 3: "))
    assert (near, cleared) == (1 + 6, "")


def test_a_part_of_a_name_finds_everybody_who_has_it(browser, report):
    context, _page, network = opened(browser, report)
    network.locator("[data-who]").fill("p2")
    exact = network.locator("svg.only-wide .found").count()
    network.locator("[data-who]").fill("P")
    found = network.locator("svg.only-wide .found").count()
    network.locator("[data-who]").fill("zz")
    none = network.locator("[data-said]").inner_text()
    context.close()
    assert (exact, found) == (0, 24)
    assert none in {"Nobody has 'zz' in their name.", "Niemand heeft 'zz' in de naam."}


def test_a_round_may_be_clicked_and_everybody_shown_again(browser, report):
    context, page, network = opened(browser, report)
    network.locator('svg.only-wide circle[data-p="4"]').click()
    chosen = network.locator("[data-who]").input_value()
    network.locator("[data-clear]").click()
    left = network.locator(".near, .over").count()
    is_focused = page.evaluate("document.activeElement.hasAttribute('data-who')")
    context.close()
    assert (chosen, left, is_focused) == ("p4", 0, True)


def test_colours_follow_the_column_and_their_key_says_what_they_are(browser, report):
    context, _page, network = opened(browser, report)
    painted = """(svg) => [...svg.querySelectorAll("circle[data-p]")]
      .map((one) => one.getAttribute("fill") + one.getAttribute("fill-opacity"))"""
    keys, fills = [], []
    for place in (0, 1):
        network.locator("[data-column]").select_option(index=place)
        keys.append(network.locator("[data-key] li").all_inner_texts())
        fills.append(set(network.locator("svg.only-wide").evaluate(painted)))
    context.close()
    assert sorted(keys[0]) == ["Arts (6)", "Care (6)", "Languages (6)", "Office (6)"]
    assert len(keys[1]) <= 4
    assert fills[0] == {
        f"var(--{name})1" for name in ("teal", "pic-vermillion", "pic-blue", "pic-purple")
    }
    assert all(fill.startswith("var(--teal)") for fill in fills[1])


def test_without_script_the_drawing_and_the_table_are_there_and_no_dead_buttons(browser, report):
    context, _page, network = opened(browser, report, java_script_enabled=False)
    assert network.locator("svg.only-wide").is_visible()
    assert not network.locator("[data-who]").is_visible()
    context.close()


LEGIBLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""

NAMES_ON_ROUNDS = """(svg) => [...svg.querySelectorAll("text[data-n]")].map((name) => {
  const round = svg.querySelector(`circle[data-p="${name.dataset.n}"]`);
  const fill = (one) => getComputedStyle(one).fill.match(/[\\d.]+/g).map(Number);
  const ground = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  const thick = Number(getComputedStyle(round).fillOpacity);
  return [fill(name), fill(round).map((part, at) => thick * part + (1 - thick) * ground[at])];
})"""


def lightness(colour):
    """Relative luminance of a colour in 0 to 255."""
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((lightness(one), lightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_name_on_a_round_can_be_read_in_every_colour(browser, tmp_path, scheme):
    people = [f"{i},{i},{'ABCDEFGH'[min(i // 4, 7)]}" for i in range(40)]
    ties = [f"{i},{j}" for i in range(40) for j in range(i) if (i * j) % 3 != 1]
    out = tmp_path / "report.html"
    files = [
        *(
            "--ties",
            put_ties(tmp_path, *ties),
            "--people",
            put_people(tmp_path, "id,age,team", *people),
        ),
        *("--team", "team", "--directed", "--no-intervals", "--html", out),
    ]
    assert command.main([str(one) for one in files]) == 0
    context, _page, network = opened(browser, out, color_scheme=scheme)
    found = []
    for place in range(network.locator("[data-column] option").count()):
        network.locator("[data-column]").select_option(index=place)
        found += network.locator("svg.only-wide").evaluate(NAMES_ON_ROUNDS)
    context.close()
    assert len(found) >= 4 * 20
    assert min(contrast(*one) for one in found) >= LEGIBLE
