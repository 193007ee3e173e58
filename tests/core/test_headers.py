"""What a browser may do with our pages: the same on every page, and nothing that is unsafe."""

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.http import HttpResponse
from django.test import Client
from django.utils.module_loading import import_string

from tests.factories import come_in_as
from tests.home.installation import asked_of_database, migrated
from tests.roles import every_address, town_in
from zwerm.core.told import InCookie

POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def policy_of(answer):
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: words for name, _space, words in parts if name}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "released"])
def test_every_page_of_every_role_has_the_same_strict_headers(state):
    wrong = set()
    seen = 0
    with town_in(state) as town:
        for role in ("anonymous", "facilitator", "privacy_officer", "board"):
            browser = town.browser_of(role)
            for name in every_address():
                if name == "scans:report_poster":
                    continue  # printing takes seconds; its headers are those of every page
                answer = browser.get(town.address(name))
                seen += 1
                found = {header: answer.get(header) for header in HEADERS}
                if policy_of(answer) != POLICY or found != HEADERS:
                    wrong.add((name, role, answer.status_code))
    assert wrong == set()
    assert seen > 150


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "open", "released"])
def test_no_browser_keeps_a_page_of_somebody_who_signed_in(state):
    kept, seen = set(), 0
    with town_in(state) as town:
        for role in ("facilitator", "privacy_officer", "board"):
            browser = town.browser_of(role)
            for name in every_address():
                if name == "scans:report_poster":
                    continue  # printing takes seconds; its headers are those of every page
                answer = browser.get(town.address(name))
                seen += answer.status_code == 200
                if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
                    kept.add((name, role))
    assert kept == set()
    assert seen > 20


@pytest.mark.django_db
def test_no_cookie_can_be_read_by_a_script_or_is_sent_to_another_site(client):
    client.get("/account/sign-in/")
    client.post("/language/setlang/", {"language": "en"})
    with town_in("open") as town:
        client.post(town.address("scans:with"))
        come_in_as(client, town.accounts["teacher"])
        client.post("/people/places/", {"place": town.place_of("teacher")})
    told = {name: (bool(one["httponly"]), one["samesite"]) for name, one in client.cookies.items()}
    assert told == dict.fromkeys(
        ("csrftoken", "zwerm_answer", "sessionid", settings.LANGUAGE_COOKIE_NAME), (True, "Lax")
    )


def test_on_a_real_site_every_cookie_and_visit_is_secure(tmp_path):
    """The settings of an installation, in a process apart, and one visit to it."""
    migrated(tmp_path)
    conf = "__import__('django.conf').conf.settings"
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE")
    visit = "__import__('django.test').test.Client().get('/people/', HTTP_HOST='zwerm.example'"
    told = asked_of_database(
        tmp_path,
        f"[{conf}.{names[0]}, {conf}.{names[1]}, {conf}.{names[2]}], {visit})['Location'], "
        f"{visit}, HTTP_X_FORWARDED_PROTO='https')['Strict-Transport-Security']",
    )
    assert told == (
        "[True, True, True] https://zwerm.example/people/ "
        "max-age=31536000; includeSubDomains; preload"
    )


def test_on_a_real_site_a_browser_takes_cookies_from_this_host_alone(tmp_path):
    """By their names: of every cookie but that of a link, which belongs to one scan's pages."""
    conf = "__import__('django.conf').conf.settings"
    kinds = ("SESSION", "CSRF", "LANGUAGE", "MESSAGE", "ANSWER")
    names = ", ".join(f"{conf}.{kind}_COOKIE_NAME" for kind in kinds)
    assert asked_of_database(tmp_path, f"[{names}]") == (
        "['__Host-sessionid', '__Host-csrftoken', '__Host-django_language', '__Host-messages', "
        "'__Secure-zwerm_answer']"
    )


def test_what_is_told_once_stands_in_a_cookie_of_that_name(rf, monkeypatch):
    """Said at one page, and shown at the next: also where nobody has a session."""
    assert InCookie.cookie_name == settings.MESSAGE_COOKIE_NAME
    monkeypatch.setattr(InCookie, "cookie_name", "__Host-messages")
    request, answer = rf.get("/"), HttpResponse()
    request.session = {}
    store = import_string(settings.MESSAGE_STORAGE)(request)
    store.add(constants.INFO, "Saved.")
    store.update(answer)
    assert [*answer.cookies] == ["__Host-messages"]
    assert (answer.cookies["__Host-messages"]["path"], request.session) == ("/", {})


def test_another_host_is_refused(tmp_path):
    migrated(tmp_path)
    visit = (
        "__import__('django.test').test.Client().get('/account/sign-in/', "
        "HTTP_HOST='elsewhere.example', HTTP_X_FORWARDED_PROTO='https').status_code"
    )
    assert asked_of_database(tmp_path, visit) == "400"


def test_nothing_is_sent_to_the_browser_from_elsewhere(db):
    page = Client().get("/account/sign-in/").content.decode()
    assert "//" not in page.replace("<!--", "").replace("http://www.w3.org/", "")
