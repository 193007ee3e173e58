"""How a line of the log is written, and what never stands in one: anything of a person.

Words of ours are written as they are, less what looks like an address or a token. Words of others
(Django, the web server, packages) keep their fixed part and numbers only: what they fill in may be
anything that somebody sent. Of a fault stand its kind and where it was; what it says often repeats
a value, so that is kept only for kinds of which we know what they say.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import traceback
from collections.abc import Iterator
from http import HTTPStatus

from django.db import OperationalError

from zwerm.core.outage import outage_of
from zwerm.core.visits import current

TOKEN = re.compile(r"(/with/)[^/\s]+")
MAIL = re.compile(r"[^\s<>\"'(),:;=\[\]]+@[^\s<>\"'(),:;\[\]]+")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
PATH = re.compile(r"(?<!\w)/\S+")
NUMBERED = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{0,4}:){2,}[0-9a-f]{0,4}", re.I)
OURS = ("zwerm", "django_tasks")
"""What these fill in is chosen by us: `tests/core/test_logs_declared.py` lists all of it."""

OF_THE_SERVER = ("Starting gunicorn", "Listening at", "Using worker", "Handling signal")
"""Of gunicorn, about itself."""

SAYS_ONLY_NAMES = (AttributeError, ImportError, NameError)
"""What these say are names in our code."""


class WithoutPeople(logging.Filter):
    """Make of each record what may be written down, before a handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_people(words_of(record)), None
        if record.exc_info and record.exc_info[1]:
            # A handler prints this text when it is there, and not the fault itself.
            record.exc_text = without_people(trace_of(record.exc_info[1]))
        return True


class WithoutOutages(logging.Filter):
    """Leave out where in the program an outage was met: one line has told it already."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and outage_of(record.exc_info[1]))


def without_people(words: str) -> str:
    """The words, without the token of a personal link or a mail address in them.

    Example:
        >>> without_people("Not for zoe@school.example: /scan/1/with/c2VjcmV0/")
        'Not for (address): /scan/1/with/.../'
    """
    return MAIL.sub("(address)", TOKEN.sub(r"\1...", words))


def words_of(record: logging.LogRecord) -> str:
    """What a record says, when whoever wrote it can be trusted with what it fills in."""
    if record.name.startswith(OURS) or str(record.msg).startswith(OF_THE_SERVER):
        return record.getMessage()
    if record.name.startswith("django.security"):
        return f"refused: {record.name.rpartition('.')[2]}"
    if status := getattr(record, "status_code", None):
        return HTTPStatus(status).phrase
    return fixed_part(record)


def fixed_part(record: logging.LogRecord) -> str:
    """The words of others with numbers filled in, and nothing else."""
    values = record.args if isinstance(record.args, tuple) else ()
    kept = tuple(one if isinstance(one, int | float) else "..." for one in values)
    words = str(record.msg)
    if words.startswith("Invalid request"):  # the web server adds who sent it, and what
        return "Invalid request"
    if kept:
        words = re.sub(r"%(?!%)[^a-zA-Z]*[a-zA-Z]", "%s", words) % kept
    for what in (QUOTED, NUMBERED, PATH):
        words = what.sub("...", words)
    return words


def trace_of(fault: BaseException) -> str:
    """Where a fault came from, and from which fault that came; only what may be told of each."""
    return "\nand then ".join(
        "".join(["Traceback:\n", *traceback.format_tb(one.__traceback__), told_of(one)])
        for one in reversed(list(chain_of(fault)))
    )


def chain_of(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault and those it came from, newest first."""
    seen: set[int] = set()
    while fault and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def told_of(fault: BaseException) -> str:
    """The kind of a fault; what it says only when that can hold nothing of a person."""
    kind = type(fault)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    said = ""
    if isinstance(fault, SAYS_ONLY_NAMES):
        said = str(fault)
    elif isinstance(fault, OperationalError):
        said = str(fault).partition("\n")[0]
    elif isinstance(fault, OSError):
        said = fault.strerror or str(getattr(fault, "smtp_code", ""))
    return f"{name}: {said}" if said else name


class Plain(logging.Formatter):
    """A line for people: when, how bad, where, what; and of a visit its number and its page."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        about = {name: value for name, value in of_visit(record).items() if value is not None}
        told = " ".join(f"{name}={value}" for name, value in about.items())
        return " ".join([super().formatMessage(record), *([told] if told else [])])


class Json(logging.Formatter):
    """One JSON object on one line, for a program that gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        told = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **of_visit(record),
            "trace": record.exc_text or None,
        }
        return json.dumps({name: value for name, value in told.items() if value is not None})


def of_visit(record: logging.LogRecord) -> dict[str, object]:
    """Which visit a line is about, when it is about one."""
    visit = current()
    if visit is None:
        return {}
    return {
        "request": visit.number,
        "route": visit.route,
        "method": visit.request.method if visit.request.method in METHODS else "other",
        "status": getattr(record, "status", None),
        "seconds": getattr(record, "seconds", None),
    }


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""What a visitor may call a method is as free as an address."""
