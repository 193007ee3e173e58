"""The looking itself: each fault that it should find on a page is planted, and found."""

from __future__ import annotations

from tests.browser.looking import look
from tests.browser.visitor import DESKTOP

WHOLE = """<!doctype html><html lang="en"><head><title>A page</title>
<style>button {{ min-height: 48px; min-width: 48px; background: #fff; color: #000 }}</style></head>
<body><main><h1>A page</h1><button>Go on</button>{more}</main></body></html>"""


def words_of_faults(visitor, page: str) -> str:
    visitor.page.set_content(page)
    return "\n".join(look(visitor, "en"))


def test_a_page_without_faults_is_let_through(visit):
    assert words_of_faults(visit(DESKTOP), WHOLE.format(more="")) == ""


def test_each_planted_fault_is_found(visit):
    planted = {
        "firsts: 2": "<h1>Another</h1>",
        "skipped: 1": "<h3>Too deep</h3>",
        "doubles: ['x']": "<p id=x></p><p id=x></p>",
        "color-contrast": "<p style='color: #ccc; background: #fff'>Hardly to be read</p>",
        "label": "<input type=text>",
        "too small: 30x20": "<button style='all: revert; width: 30px; height: 20px'>x</button>",
        "large letters wider by": "<div style='width: 24rem'>Wide when letters are large</div>",
        "at 320 wider by": "<div style='width: 500px'>Wide</div>",
        "at 1280 wider by": "<div style='width: 2000px'>Wide</div>",
    }
    visitor = visit(DESKTOP)
    missed = [
        fault
        for fault, more in planted.items()
        if fault not in words_of_faults(visitor, WHOLE.format(more=more))
    ]
    assert missed == []


def test_a_fault_that_is_there_only_in_the_dark_is_found(visit):
    dark = "<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style><p>Words</p>"
    found = words_of_faults(visit(DESKTOP), WHOLE.format(more=dark))
    assert "dark at 1280: color-contrast" in found
    assert "light at 390: color-contrast" not in found


def test_another_language_is_found(visit):
    page = WHOLE.format(more="").replace('lang="en"', 'lang="nl"')
    assert "language: nl" in words_of_faults(visit(DESKTOP), page)


def test_what_a_browser_complains_of_is_kept(visit):
    visitor = visit(DESKTOP)
    visitor.page.set_content(WHOLE.format(more="<img alt='' src='http://127.0.0.1:9/x.png'>"))
    visitor.page.evaluate("() => console.log('planted')")
    visitor.page.evaluate("() => { setTimeout(() => { throw new Error('planted too') }) }")
    visitor.page.wait_for_timeout(100)
    said = "\n".join(visitor.complaints)
    assert "asked another site: http://127.0.0.1:9/x.png" in said
    assert "log: planted" in said
    assert "error: planted too" in said
