"""What a monitor asks of a server, and what everybody else does not learn from it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from zwerm.core import clock, metrics
from zwerm.core.models import Pulse

TOKEN = "t" * 64
ANYBODY = "10.0.0.7:8000"
"""A monitor asks a server by its own address, not by that of the site, and without https."""


@pytest.fixture
def monitor(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.METRICS_TOKEN = TOKEN
    return Client(HTTP_HOST=ANYBODY)


@pytest.fixture
def pulse(db):
    return Pulse.objects.create(pk=1)


def told(answer):
    return answer.status_code, answer.content.decode()


def test_a_process_that_lives_asks_nothing_of_the_database(monitor):
    """Pytest refuses the database to this test."""
    assert told(monitor.get("/health/live")) == (200, "alive\n")


def test_a_server_that_can_work_is_ready_in_two_questions(
    monitor, pulse, django_assert_num_queries
):
    with django_assert_num_queries(2):
        answer = monitor.get("/health/ready")
    assert told(answer) == (200, "ready\n")
    assert (answer.cookies, answer["Cache-Control"]) == (
        {}, "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip


def test_a_worker_that_is_silent_is_a_warning(monitor, pulse):
    Pulse.objects.update(at=clock.now() - dt.timedelta(hours=1))
    assert told(monitor.get("/health/ready")) == (200, "ready, but no worker looks\n")
    Pulse.objects.all().delete()
    assert told(monitor.get("/health/ready")) == (200, "ready, but no worker looks\n")


def test_a_database_of_another_version_is_not_ready(monitor, pulse):
    newest = MigrationRecorder.Migration.objects.filter(app="scans").order_by("id").last()
    assert newest
    newest.delete()
    assert told(monitor.get("/health/ready")) == (503, "not ready: migrations\n")


def test_without_keys_a_server_is_not_ready(monitor, pulse, settings):
    settings.SEAL_KEY = ""
    assert told(monitor.get("/health/ready")) == (503, "not ready: keys\n")


def away(*_):
    raise OperationalError("could not connect to server 10.0.0.9 as zwerm")


def test_a_database_that_is_away_is_told_in_a_word(monitor, pulse):
    headers = {"authorization": f"Bearer {TOKEN}"}
    with connection.execute_wrapper(away):
        assert told(monitor.get("/health/ready")) == (503, "not ready: database\n")
        counted = families(monitor.get("/metrics", headers=headers))
    assert counted["zwerm_database_up"] == {(): 0}
    assert "zwerm_jobs" not in counted


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_nobody_changes_anything_at_an_address_of_a_monitor(monitor, pulse, path):
    browser = Client(enforce_csrf_checks=True)
    assert {method: browser.generic(method, path).status_code for method in ("POST", "PUT")} == {
        "POST": 405, "PUT": 405,
    }  # fmt: skip


def test_a_monitor_gets_only_those_three_under_any_name(monitor, pulse):
    assert monitor.get("/account/sign-in/").status_code == 400
    assert monitor.get("/health/").status_code == 400


@pytest.mark.parametrize(
    "header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN} "]
)
def test_without_the_token_there_are_no_counts(monitor, pulse, header):
    assert monitor.get("/metrics", headers={"authorization": header}).status_code == 404


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer"])
def test_without_a_token_in_the_settings_there_are_none_for_anybody(
    monitor, pulse, settings, header
):
    settings.METRICS_TOKEN = ""
    assert monitor.get("/metrics", headers={"authorization": header}).status_code == 404


def labels_of(sample):
    return tuple(sample.labels[name] for name in sorted(sample.labels, reverse=True))


def families(answer):
    """Each name with its values by their labels."""
    assert answer.status_code == 200
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[labels_of(sample)] = sample.value
    return found


def test_visits_are_counted_by_page_and_by_answer(monitor, pulse):
    headers = {"authorization": f"Bearer {TOKEN}"}
    before = families(monitor.get("/metrics", headers=headers))
    browser = Client()
    for path in ("/people/", "/people/", "/nowhere", "/health/live"):
        browser.get(path, secure=True)
    after = families(monitor.get("/metrics", headers=headers))
    requests = {
        labels: value - before.get("zwerm_requests_total", {}).get(labels, 0)
        for labels, value in after["zwerm_requests_total"].items()
    }
    assert {labels: value for labels, value in requests.items() if value} == {
        ("people:staff", "3xx"): 2, ("nowhere", "4xx"): 1,
    }  # fmt: skip
    assert after["zwerm_jobs"] == {("waiting",): 0, ("failed",): 0}
    assert after["zwerm_worker_seconds"][()] < 60
    assert after["zwerm_request_seconds_bucket"]["people:staff", "+Inf"] >= 2


def test_a_file_of_ours_is_not_counted(db):
    before = [list(family.samples) for family in metrics.counted.collect()]
    answer = Client().get("/static/core/theme.js")
    assert answer.status_code == 200
    answer.close()
    assert [list(family.samples) for family in metrics.counted.collect()] == before


def test_no_version_is_told_to_anybody(monitor, pulse):
    headers = {"authorization": f"Bearer {TOKEN}"}
    for path in ("/health/live", "/health/ready", "/metrics"):
        answer = monitor.get(path, headers=headers)
        assert not re.search(r"python|django|gunicorn|0\.1\.0", answer.content.decode(), re.I)
