"""No log holds what somebody could come in with."""

import io
import json
import logging
import smtplib

import pytest
from django.conf import settings
from django.db import OperationalError

from zwerm.core.logs import Json, Plain, WithoutPeople

SECRET = "c2VjcmV0LXRva2Vu"
ADDRESS = f"/scan/0f8fad5b/with/{SECRET}/"


def logged(*args, **kwargs):
    """What the console prints of one record, with the handler of the settings."""
    record = logging.LogRecord("zwerm", logging.WARNING, "", 1, *args, **kwargs)
    assert WithoutPeople().filter(record)
    return logging.Formatter("{levelname} {message}", style="{").format(record)


def test_the_token_of_a_link_is_left_out_of_a_message():
    told = logged(f"Not Found: {ADDRESS}", (), None)
    assert told == "WARNING Not Found: /scan/0f8fad5b/with/.../"


def test_the_token_is_left_out_of_what_is_filled_in():
    told = logged("%s: %s", ("Conflict", f"{ADDRESS}?a=b"), None)
    assert told == "WARNING Conflict: /scan/0f8fad5b/with/.../?a=b"


def line_of(name, message, *args, fault=None, form=Plain, **extra):
    """What the console prints of one record of a logger."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(form())
    handler.addFilter(WithoutPeople())
    logger = logging.Logger(name)
    logger.addHandler(handler)
    logger.error(message, *args, exc_info=fault, extra=extra)
    return written.getvalue()


def raised(fault, cause=None):
    """A fault as it comes to a log, with where it was."""
    zoe = "zoe@school.example"  # a value that is at hand where it happens
    try:
        raise fault from cause
    except type(fault) as caught:
        assert zoe
        return caught


@pytest.mark.parametrize(
    ("name", "message", "args", "told"),
    [
        ("zwerm.home", "not taken by %s", ("zoe@school.example",), "not taken by (address)"),
        ("gunicorn.error", "Error handling request %s", ("/zoe/",), "Error handling request ..."),
        ("gunicorn.error", "Invalid request from ip=203.0.113.7: 'GET zoe'", (), "Invalid request"),
        ("gunicorn.error", "Booting worker with pid: %s", (12,), "Booting worker with pid: 12"),
        ("gunicorn.error", "Listening at: %s (%s)", ("http://[::1]:8000", 12),
         "Listening at: http://[::1]:8000 (12)"),
        ("weasyprint", "No image at %r: %r", ("Zoe", "why"), "No image at ...: ..."),
        ("other", "From 203.0.113.7 and 2001:db8::1 'Zoe'", (), "From ... and ... ..."),
        ("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'zoe'", (),
         "refused: DisallowedHost"),
    ],
)  # fmt: skip
def test_what_others_fill_in_is_not_written_down(name, message, args, told):
    assert line_of(name, message, *args).partition(f" {name}: ")[2] == f"{told}\n"


def test_a_page_that_failed_is_named_by_what_went_wrong_alone():
    told = line_of("django.request", "%s: %s", "Internal", "/zoe/", status_code=500)
    assert told.endswith("ERROR django.request: Internal Server Error\n")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (ValueError("no member Zoe"), "ValueError"),
        (KeyError("zoe@school.example"), "KeyError"),
        (smtplib.SMTPDataError(550, b"no zoe@school.example"), "smtplib.SMTPDataError: 550"),
        (FileNotFoundError(2, "Not there", "/lists/Zoe.xlsx"), "FileNotFoundError: Not there"),
        (OperationalError("no room\nDETAIL: Zoe"), "django.db.utils.OperationalError: no room"),
        (AttributeError("no attribute 'at'"), "AttributeError: no attribute 'at'"),
    ],
)  # fmt: skip
def test_of_a_fault_stands_its_kind_and_where_it_was(fault, told):
    line = line_of("zwerm", "It failed", fault=raised(fault, KeyError("Zoe")))
    assert line.endswith(f"    raise fault from cause\n{told}\n")
    assert "KeyError\nand then Traceback:\n" in line
    assert "Zoe" not in line.replace("Zoe.xlsx", "Zoe")
    assert "zoe@" not in line


def test_a_line_in_json_is_one_object_on_one_line():
    line = line_of("zwerm", "It failed", fault=raised(ValueError("Zoe")), form=Json)
    assert line.count("\n") == 1
    told = json.loads(line)
    assert list(told) == ["time", "level", "logger", "message", "trace"]
    assert told["time"].endswith("+00:00")
    assert told["trace"].endswith("ValueError")


def test_the_token_is_left_out_of_a_fault():
    try:
        raise ValueError(f"cannot read {ADDRESS}")
    except ValueError as fault:
        told = logged("Internal Server Error", (), (type(fault), fault, fault.__traceback__))
    assert SECRET not in told
    assert told.endswith("ValueError")


def test_every_handler_of_the_settings_leaves_tokens_out():
    handlers = settings.LOGGING["handlers"]
    assert [name for name, one in handlers.items() if "without_people" not in one["filters"]] == []
    assert settings.LOGGING["root"]["handlers"] == list(handlers)
    assert not any(one.get("handlers") for one in settings.LOGGING["loggers"].values())
