"""The frame around pages: who acts, where one can go, what works without script."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path
from django.utils.translation import override

# The shell knows the names of two addresses and no room: here they stand alone.
urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    path("account/sign-out/", lambda request: HttpResponse(), name="account_logout"),
]
pytestmark = pytest.mark.urls(__name__)

PLACES = [
    SimpleNamespace(label="Start", url="/", icon="start", is_current=False, is_main=True),
    SimpleNamespace(label="Scan", url="/scan/", icon="scan", is_current=True, is_main=True),
    SimpleNamespace(label="Course", url="/course/", icon="course", is_current=False, is_main=False),
]
ACTING = SimpleNamespace(name="Sanne Bos", initials="SB", school=SimpleNamespace(name="De Lelie"))


@pytest.fixture
def request_of_sanne(rf):
    request = rf.get("/scan/?page=2")
    request.acting = ACTING
    request.user = SimpleNamespace(is_authenticated=True)
    request.session = {}
    request._messages = CookieStorage(request)
    return request


def page(request, base="base.html", language="en", **context):
    """The shell alone, with what the rooms above would have put in its context."""
    blocks = "{% block title %}T{% endblock %}{% block main %}M{% endblock %}"
    template = Engine.get_default().from_string("{% extends '" + base + "' %}" + blocks)
    told = getattr(request, "_messages", [])
    given = {"request": request, "csrf_token": "t0ken", "messages": told, "places": PLACES}
    with override(language):
        return template.render(Context({**given, "demo_mode": False, **context}))


def navigation(text: str, start: str) -> str:
    part = text[text.index(start) :]
    return part[: part.index("</nav>")]


def test_the_first_thing_one_reaches_is_the_way_to_the_content(request_of_sanne):
    text = page(request_of_sanne)
    body = text[text.index("<body") :]
    assert re.findall(r'<a [^>]*href="([^"]*)"', body)[0] == "#main"
    assert text.count('id="main"') == 1


def test_the_rail_names_every_place_and_the_bar_only_the_main_ones(request_of_sanne):
    text = page(request_of_sanne)
    rail = navigation(text, '<nav aria-label="Places">')
    bar = navigation(text, '<nav class="bar"')
    assert re.findall(r'href="([^"]+)"', rail) == ["/", "/scan/", "/course/"]
    assert re.findall(r'href="([^"]+)"', bar) == ["/", "/scan/"]
    assert re.findall(r'href="([^"]+)" aria-current="page"', rail + bar) == ["/scan/", "/scan/"]


def test_the_menu_of_a_phone_holds_the_places_that_are_not_in_the_bar(request_of_sanne):
    text = page(request_of_sanne)
    menu = text[text.index('<details class="menu">') : text.index("</details>")]
    assert re.findall(r'<a href="([^"]+)"', menu) == ["/course/"]


def test_without_places_there_is_no_empty_navigation(request_of_sanne):
    assert "<nav" not in page(request_of_sanne, places=[])


def test_the_foot_says_who_acts_and_where(request_of_sanne):
    text = page(request_of_sanne)
    foot = text[text.index('<div class="whoami">') :][:400]
    assert "SB" in foot
    assert "Sanne Bos<br>De Lelie" in foot


def test_a_page_that_nobody_acts_on_has_a_frame_too(rf):
    request = rf.get("/")
    text = page(request, "plain_base.html", places=[])
    assert "whoami" not in text
    assert "Sign out" not in text
    assert ">M" in text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("base", ["base.html", "answer_base.html", "plain_base.html"])
@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", "nl")])
def test_one_button_changes_the_language_and_stays_on_the_page(
    request_of_sanne, base, language, other
):
    text = page(request_of_sanne, base, language)
    assert f'<html lang="{language}">' in text
    form = text[text.index('<form class="languages"') :]
    form = form[: form.index("</form>")]
    assert 'method="post"' in form
    assert 'name="csrfmiddlewaretoken"' in form
    assert 'name="next" value="/scan/?page=2"' in form
    assert f'name="language" value="{other}" lang="{other}"' in form


def test_signing_out_is_a_form_not_a_link(request_of_sanne):
    text = page(request_of_sanne)
    assert re.findall(r'<form method="post" action="([^"]+)">', text) == ["/account/sign-out/"] * 2


def test_the_switch_of_theme_shows_only_when_its_script_runs(request_of_sanne):
    text = page(request_of_sanne)
    buttons = re.findall(r"<button[^>]*data-theme-switch[^>]*>", text)
    assert len(buttons) == 2
    assert all(" hidden" in button and "aria-label=" in button for button in buttons)


def test_the_demo_strip_shows_in_a_demo_only(request_of_sanne):
    assert "Demo:" not in page(request_of_sanne)
    text = page(request_of_sanne, demo_mode=True, demo_url="/demo/")
    assert "Demo: everything is invented." in text
    assert '<a href="/demo/">Choose another person</a>' in text


def test_messages_are_announced_with_their_kind(request_of_sanne):
    messages.success(request_of_sanne, "Saved")
    messages.error(request_of_sanne, "Not <read>")
    text = page(request_of_sanne)
    assert '<div class="messages" role="status">' in text
    assert re.findall(r'<p class="message (\w+)">', text) == ["success", "error"]
    assert "Not &lt;read&gt;" in text


@pytest.mark.parametrize("base", ["base.html", "answer_base.html", "plain_base.html"])
def test_words_for_a_lost_connection_wait_in_the_page(request_of_sanne, base):
    text = page(request_of_sanne, base)
    assert re.search(r'<div role="status" data-connection><p class="offline" hidden>', text)


def test_htmx_keeps_no_copy_of_answers_and_asks_no_other_site(request_of_sanne):
    text = page(request_of_sanne)
    setting = re.findall(r"name=\"htmx-config\"\s+content='([^']+)'", text)[0]
    for promise in (
        '"includeIndicatorStyles":false',
        '"allowEval":false',
        '"selfRequestsOnly":true',
        '"historyCacheSize":0',
    ):
        assert promise in setting


def test_a_printed_page_asks_for_nothing_the_printer_brings_its_styles(rf):
    text = page(rf.get("/"), "print_base.html")
    assert re.findall(r"<(?:link|script|style|img)\b", text) == []


def test_refused_says_the_reason_and_that_nothing_is_lost(rf):
    template = Engine.get_default().get_template("refused.html")
    context = Context({"request": rf.get("/x/"), "reason": "De MR <b>wacht</b>."})
    with override("nl"):
        text = template.render(context)
    assert "De MR &lt;b&gt;wacht&lt;/b&gt;." in text
    assert "Er is niets kwijt" in text
