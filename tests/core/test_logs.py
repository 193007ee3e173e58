"""No log holds what somebody could come in with."""

import logging

from django.conf import settings

from zwerm.core.logs import WithoutTokens

SECRET = "c2VjcmV0LXRva2Vu"
ADDRESS = f"/scan/0f8fad5b/with/{SECRET}/"


def logged(*args, **kwargs):
    """What the console prints of one record, with the handler of the settings."""
    record = logging.LogRecord("zwerm", logging.WARNING, "", 1, *args, **kwargs)
    assert WithoutTokens().filter(record)
    return logging.Formatter("{levelname} {message}", style="{").format(record)


def test_the_token_of_a_link_is_left_out_of_a_message():
    told = logged(f"Not Found: {ADDRESS}", (), None)
    assert told == "WARNING Not Found: /scan/0f8fad5b/with/.../"


def test_the_token_is_left_out_of_what_is_filled_in():
    told = logged("%s: %s", ("Conflict", f"{ADDRESS}?a=b"), None)
    assert told == "WARNING Conflict: /scan/0f8fad5b/with/.../?a=b"


def test_the_token_is_left_out_of_a_fault():
    try:
        raise ValueError(f"cannot read {ADDRESS}")
    except ValueError as fault:
        told = logged("Internal Server Error", (), (type(fault), fault, fault.__traceback__))
    assert SECRET not in told
    assert told.endswith("ValueError: cannot read /scan/0f8fad5b/with/.../")


def test_every_handler_of_the_settings_leaves_tokens_out():
    handlers = settings.LOGGING["handlers"]
    assert [name for name, one in handlers.items() if "without_tokens" not in one["filters"]] == []
    assert settings.LOGGING["root"]["handlers"] == list(handlers)
    assert not any("handlers" in one for one in settings.LOGGING["loggers"].values())
