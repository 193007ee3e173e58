"""What is looked at on every page, besides what axe finds."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.visitor import DESKTOP, PHONE, Visitor

NARROW = {"width": 320, "height": 640}
THEMES = {"nl": {"light": DESKTOP, "dark": PHONE}, "en": {"dark": DESKTOP, "light": PHONE}}
"""Together the two languages see each width in each theme."""
SMALLEST_TARGET = 24
MAIN_TARGET = 44

SHAPE = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]));
  const before = (place) => place ? levels[place - 1] : 0;
  return {
    language: document.documentElement.lang,
    title: document.title,
    mains: document.querySelectorAll("main").length,
    firsts: levels.filter((level) => level === 1).length,
    skipped: levels.filter((level, place) => level > before(place) + 1).length,
    doubles: [...document.querySelectorAll("[id]")].map((one) => one.id)
      .filter((id, place, every) => every.indexOf(id) !== place),
  };
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TARGETS = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .filter((one) => !one.closest(".vh, .skip") && !one.matches(".vh, .skip"))
  // Within a sentence a link is as high as its line.
  .filter((one) => !(one.matches("a:not(.button), button.link") &&
                     getComputedStyle(one).display === "inline"))
  .map((one) => one.closest("label") || one)
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < least - 0.5)
  .map(([one, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ` +
    one.outerHTML.slice(0, 120))"""
PRESSED = "a[href], button, summary, select, textarea, input:not([type=hidden])"
MAIN = ".button:not(.bare), button:not(.bare, .link, .theme), .tile, .pick, .nobody, .bar a"


def shape(page: Page) -> dict[str, Any]:
    """Language, title and headings of the page."""
    found: dict[str, Any] = page.evaluate(SHAPE)
    return found


def too_small(page: Page) -> list[str]:
    """What is pressed and smaller than a finger needs."""
    faults = page.evaluate(TARGETS, [PRESSED, SMALLEST_TARGET])
    faults += page.evaluate(TARGETS, [MAIN, MAIN_TARGET])
    return sorted(set(faults))


def with_large_letters(page: Page) -> int:
    """By how much it is too wide for somebody who has letters half as large again."""
    page.evaluate("() => { document.documentElement.style.fontSize = '160%'; }")
    found = sideways(page)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return found


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    found: int = page.evaluate(SIDEWAYS)
    return found


def look(visitor: Visitor, language: str) -> list[str]:
    """Every fault of the page that is open, at each width and in each theme."""
    page = visitor.page
    form = shape(page)
    faults = [f"{name}: {form[name]}" for name in ("skipped", "doubles") if form[name]]
    wanted = {"language": language, "mains": 1, "firsts": 1}
    faults += [f"{name}: {form[name]}" for name, right in wanted.items() if form[name] != right]
    for theme, size in THEMES[language].items():
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size(size)  # type: ignore[arg-type]
        width = size["width"]
        faults += [f"{theme} at {width}: {one}" for one in visitor.faults()]
        faults += [f"at {width} wider by {by}" for by in [sideways(page)] if by > 0]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += [f"large letters wider by {by}" for by in [with_large_letters(page)] if by > 0]
    faults += [f"too small: {one}" for one in too_small(page)]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    faults += [f"at 320 wider by {by}" for by in [sideways(page)] if by > 0]
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return faults
