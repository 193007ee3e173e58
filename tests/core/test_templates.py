"""What holds for every template of every room: strict content policy, icons that exist, words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.utils.translation import override

from zwerm.core.templatetags import look

SOURCE = Path(__file__).resolve().parents[2] / "src/zwerm"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
ERROR_PAGES = ["400.html", "403.html", "404.html", "500.html"]


def render(template: str, **context: object) -> str:
    return engines["django"].from_string("{% load look %}" + template).render(context)


STYLE = r"<style\b"
SAVED = ("home/templates/home/about_me_file.html", "home/templates/home/draft_base.html")
"""Files that people keep and open from their own disk: there no policy of ours holds, and no style
sheet of ours is. The site sends them to be saved, never to be shown."""


def found(pattern: str) -> dict[str, list[str]]:
    """Where `pattern` stands in a template, by file."""
    hits = {
        str(file.relative_to(SOURCE)): re.findall(pattern, file.read_text(encoding="utf-8"), re.I)
        for file in TEMPLATES
    }
    return {name: hit for name, hit in hits.items() if hit}


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<script(?![^>]*\bsrc=)[^>]*>",
        STYLE,
        r"<[a-z][^>]*\sstyle\s*=",
        r"<[a-z][^>]*\son[a-z]+\s*=",
        r"<[a-z][^>]*\shx-on",
        r"javascript:",
        r"<(?:script|link|img|iframe|source|form)\b[^>]*(?:src|href|action)=[\"'](?:https?:)?//",
    ],
)
def test_no_template_needs_an_unsafe_content_policy(forbidden):
    assert sorted(found(forbidden)) == (sorted(SAVED) if forbidden == STYLE else [])


@pytest.mark.parametrize(
    ("planted", "forbidden"),
    [
        ("<script>x()</script>", r"<script(?![^>]*\bsrc=)[^>]*>"),
        ('<p class="a" style="x">', r"<[a-z][^>]*\sstyle\s*="),
        ('<a href="#" onclick="x">', r"<[a-z][^>]*\son[a-z]+\s*="),
    ],
)
def test_the_patterns_find_a_planted_fault(planted, forbidden):
    assert re.findall(forbidden, planted, re.I) != []


def test_every_icon_that_a_template_names_exists():
    named = {
        name
        for file in TEMPLATES
        for name in re.findall(r"{%\s*icon\s+[\"']([^\"']+)[\"']", file.read_text(encoding="utf-8"))
    }
    assert {"done", "moon", "sun"} <= named
    assert {name for name in named if not (look._ICONS / f"{name}.svg").is_file()} == set()


def classes(text: str) -> set[str]:
    """The class names that are written out in `text`."""
    return {
        name
        for written in re.findall(r'class="([^"]*)"', re.sub(r"{[{%].*?[}%]}", " ", text))
        for name in written.split()
    }


def test_every_class_of_the_shell_and_of_its_page_in_the_docs_is_in_a_style_sheet():
    sheets = "".join(
        sheet.read_text(encoding="utf-8") for sheet in (SOURCE / "core/static/core").glob("*.css")
    )
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", sheets))
    pages = [*(SOURCE / "core/templates").rglob("*.html"), SOURCE.parents[1] / "docs/look.md"]
    used = set().union(*(classes(page.read_text(encoding="utf-8")) for page in pages))
    hooks = {"languages"}
    assert used - known - hooks == set()
    assert {"shell", "thumb", "waits", "summary"} <= used


def test_every_static_file_that_a_template_names_exists():
    named = {
        name
        for file in TEMPLATES
        for name in re.findall(
            r"{%\s*static(?:_file)?\s+[\"']([^\"']+)[\"']", file.read_text(encoding="utf-8")
        )
    }
    assert "core/tokens.css" in named
    assert {name for name in named if finders.find(name) is None} == set()


def test_every_file_an_error_page_asks_for_exists():
    page = render_to_string("404.html")
    asked = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert len(asked) == 6
    assert [name for name in asked if finders.find(name) is None] == []


def test_every_icon_follows_the_colour_of_the_words():
    for file in look._ICONS.glob("*.svg"):
        drawing = file.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing, file.name
        assert re.findall(r"#[0-9a-fA-F]{3,6}|style=|<script", drawing) == [], file.name


def test_icon_is_silent_and_takes_a_class():
    drawn = render('{% icon "check" "icon-s" %}')
    assert drawn.startswith('<svg class="icon icon-s" viewBox="0 0 24 24"')
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize("name", ["../tokens", "no-such-icon", ""])
def test_icon_refuses_a_name_that_is_no_icon(name):
    with pytest.raises((ValueError, FileNotFoundError)):
        look.icon(name)


@pytest.mark.parametrize("name", ["start-wide", "start-narrow", "thanks-wide", "thanks-narrow"])
def test_flock_follows_the_theme_and_has_one_bird_ahead(name):
    drawn = look.flock(name)
    assert drawn.count('class="ahead"') == 1
    assert 'class="bird"' in drawn
    assert "var(" not in drawn


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sanne Bos", "SB"),
        ("Jan van der Berg", "JB"),
        ("Jamie", "J"),
        ("Şeyma Yıldırım", "ŞY"),
        ("Anne-Marie de Groot-Bakker", "AG"),
        ("van der", "VD"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_initials_leave_out_particles(name, expected):
    assert look.initials(name) == expected


def test_progress_names_itself_and_says_the_time_left():
    drawn = render('{% progress 22 100 "Progress" "4 minutes left" %}')
    assert '<progress max="100" value="22" aria-label="Progress">' in drawn
    assert "<span>4 minutes left</span>" in drawn


def test_progress_writes_a_point_in_dutch_too():
    with override("nl"):
        assert 'value="0.5"' in render('{% progress half 1 "x" %}', half=0.5)


def test_static_file_is_the_address_of_a_file_on_disk():
    address = look.static_file("core/tokens.css")
    assert address.startswith("file:///")
    assert Path(address.removeprefix("file://")).is_file()
    with pytest.raises(ValueError, match="no static file"):
        look.static_file("core/none.css")


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_error_page_stands_alone_in_both_languages(name):
    pages = {}
    for language in ("nl", "en"):
        with override(language):
            pages[language] = render_to_string(name)
        assert f'<html lang="{language}">' in pages[language]
        assert len(re.findall(r"<p[ >]", pages[language])) == 2
    assert heading(pages["nl"]) != heading(pages["en"])


def heading(page: str) -> str:
    return str(re.findall(r"<h1>(.*?)</h1>", page)[0])


def test_every_string_of_the_shell_has_dutch():
    catalogue = (SOURCE / "core/locale/nl/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    words = set(re.findall(r'^msgid "(.+)"$', catalogue, re.M))
    used = {
        text
        for file in sorted((SOURCE / "core/templates").rglob("*.html"))
        for text in re.findall(r'{% translate "([^"]+)" %}', file.read_text(encoding="utf-8"))
    }
    assert len(used) > 25
    assert used - words == set()
    assert re.findall(r'^msgstr(?:\[\d\])? ""\n(?!")', catalogue, re.M) == []
    assert "!" not in "".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', catalogue, re.M))
