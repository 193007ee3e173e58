"""Language and theme are switched on every page, and remembered."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import DESKTOP, PHONE

PAPER = "() => getComputedStyle(document.body).backgroundColor"


def test_the_theme_follows_the_device_until_it_is_switched_and_is_remembered(visit):
    visitor = visit(PHONE, theme="light")
    visitor.go("/account/sign-in/")
    light = visitor.page.evaluate(PAPER)
    visitor.page.emulate_media(color_scheme="dark")
    dark = visitor.page.evaluate(PAPER)
    assert light != dark
    visitor.page.locator("[data-theme-switch]").first.click()
    assert visitor.page.evaluate(PAPER) == light
    visitor.page.reload()
    assert visitor.page.evaluate(PAPER) == light
    visitor.check("light on a dark device")


def test_the_language_is_switched_on_the_page_and_kept_on_the_next(visit):
    visitor = visit(DESKTOP, language="en")
    visitor.go("/account/sign-in/?next=/people/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.page.locator("form.languages button").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")
    assert visitor.path() == "/account/sign-in/?next=/people/"
    visitor.go("/account/sign-in/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")
    assert visitor.complaints == []
