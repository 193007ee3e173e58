"""A secret is never told: not by a command, not in a log, not by a page of a fault.

Every secret of an installation is a word of its own here, given by the environment or by a file;
then everything that speaks is made to speak, also of what goes wrong.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from django.views.debug import get_default_exception_reporter_filter

from tests.home.installation import SAFE, zwerm
from zwerm.core import sealing
from zwerm.core.environment import Misconfigured, database_from_url

SECRETS = {
    "ZWERM_SECRET_KEY": "canary-secret-" + "a" * 50,
    "ZWERM_SEAL_KEY": "canary-seal-" + "b" * 50,
    "ZWERM_SMTP_PASSWORD": "canary-mail",
    "DATABASE_URL": "postgres://zwerm:canary-database@127.0.0.1:1/zwerm",
}
CANARY = "canary"

COMMANDS = {"doctor": ("doctor",), "worker": ("worker", "--once")}


def told(data, words, secrets):
    """Everything that a command says, on both ways out, while mail and database are away."""
    away = {"ZWERM_MAIL": "smtp", "ZWERM_SMTP_HOST": "127.0.0.1", "ZWERM_SMTP_PORT": "1"}
    done = zwerm(data, *words, settings={**SAFE, **away, **secrets})
    return done.stdout + done.stderr


def as_files(folder, secrets):
    """The same secrets, each in a file."""
    for name, value in secrets.items():
        (folder / name).write_text(value, encoding="utf-8")
    return {f"{name}_FILE": str(folder / name) for name in secrets}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_tells_a_secret_when_the_database_is_away(tmp_path, command):
    said = told(tmp_path / "data", COMMANDS[command], SECRETS)
    assert "database" in said
    assert ("mail:" in said) == (command == "doctor")
    assert CANARY not in said


def test_secrets_that_came_by_a_file_and_are_wrong_are_told_without_saying_them(tmp_path):
    keys = dict.fromkeys(("ZWERM_SECRET_KEY", "ZWERM_SEAL_KEY"), CANARY)
    given = dict.fromkeys(keys, "") | as_files(tmp_path, SECRETS | keys)
    said = told(tmp_path / "data", ("serve",), given)
    assert "ZWERM_SECRET_KEY and ZWERM_SEAL_KEY are the same." in said
    assert "ZWERM_SEAL_KEY is missing or short." in said
    assert CANARY not in said


@pytest.mark.parametrize("url", ["mysql://zwerm:canary@db/x", "postgres://zwerm:can/ary@db:x/y"])
def test_an_address_of_a_database_that_is_wrong_is_told_without_its_password(tmp_path, url):
    with pytest.raises(Misconfigured) as fault:
        database_from_url(url, tmp_path)
    assert str(fault.value).startswith("DATABASE_URL")
    assert not re.search("can/?ary", str(fault.value))


def test_a_program_without_care_would_have_told_them():
    """The test of the test: the settings do hold them."""
    careless = "import zwerm.settings as s; print(s.SECRET_KEY, s.SEAL_KEY, s.DATABASES)"
    command = [sys.executable, "-c", careless]
    done = subprocess.run(command, env=SECRETS, capture_output=True, text=True, check=True)
    assert done.stdout.count(CANARY) == 3


# --- pages and logs -------------------------------------------------------------------------------


@pytest.fixture
def canaries(settings):
    settings.ROOT_URLCONF = "tests.core.failing_urls"
    settings.SECRET_KEY = SECRETS["ZWERM_SECRET_KEY"]
    settings.SEAL_KEY = SECRETS["ZWERM_SEAL_KEY"]
    settings.EMAIL_HOST_PASSWORD = SECRETS["ZWERM_SMTP_PASSWORD"]
    settings.DATABASES["default"]["PASSWORD"] = "canary-database"
    yield settings
    settings.DATABASES["default"].pop("PASSWORD")


def of_fault(client=None):
    """The page of a fault, and that of a fault within the sealing of a box."""
    client = client or Client(raise_request_exception=False)
    return client.get("/500/").content.decode() + client.get("/unseal/").content.decode()


def test_the_page_of_a_fault_tells_nothing_of_it(canaries, caplog):
    canaries.DEBUG = False
    page = of_fault()
    assert CANARY not in page
    assert "Traceback" not in page
    assert CANARY not in caplog.text
    assert "RuntimeError" in caplog.text


def test_the_page_with_details_holds_no_secret_either(canaries):
    canaries.DEBUG = True
    page = of_fault()
    assert "RuntimeError" in page
    assert "Unsealable" in page
    assert "SEAL_KEY" in page
    assert CANARY not in page


def test_without_our_filter_the_page_with_details_would_hold_it(canaries):
    canaries.DEBUG = True
    canaries.DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    forget: Any = get_default_exception_reporter_filter
    forget.cache_clear()
    page = of_fault()
    forget.cache_clear()
    assert "canary-seal" in page


def test_what_goes_wrong_with_a_key_names_no_key(caplog):
    box = sealing.wrap(SECRETS["ZWERM_SEAL_KEY"], sealing.new_key(), "scan")
    with pytest.raises(sealing.Unsealable) as fault:
        sealing.unwrap(SECRETS["ZWERM_SECRET_KEY"], box, "scan")
    logging.getLogger("zwerm").error("closing failed", exc_info=fault.value)
    assert "does not open" in caplog.text
    assert CANARY not in caplog.text
