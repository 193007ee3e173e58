"""Running an installation: the site, the worker, and what must be set before either starts."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.http.request import validate_host

from zwerm.core import jobs as core_jobs
from zwerm.core.models import Installation
from zwerm.core.outage import outage_of
from zwerm.core.sealing import KEY_BYTES
from zwerm.home import again
from zwerm.home import jobs as home_jobs
from zwerm.people import jobs as people_jobs
from zwerm.people.models import Account, Board
from zwerm.scans import jobs, printing

SECONDS_BETWEEN_TICKS = 60
SECONDS_BETWEEN_TRIES = 2
WEB_SERVER = "zwerm.home.web_server"
TICKS = (core_jobs.tick, again.tick, jobs.tick, people_jobs.tick, home_jobs.tick)

log = logging.getLogger("zwerm.home")


def serve(argv: Sequence[str]) -> int:
    """Start gunicorn, unless a setting is unsafe: then say which, and what to set."""
    options = serving_options("zwerm serve", argv)
    if told(unsafe_settings() + missing_parts()):
        return 2
    if told_of_demo():
        return 2
    migrate()
    call_command("collectstatic", interactive=False, verbosity=0)
    return start_gunicorn(options.bind, options.workers)


def holds_demo() -> bool:
    """Whether this database was made by a demo. It may be new, or of another version."""
    is_there = has_table(Installation)
    return is_there and Installation.objects.filter(is_demo=True).exists()


def holds_somebody() -> bool:
    """Whether somebody's data are here: asked before anything, the version too, is changed."""
    return any(has_table(noun) and noun.objects.exists() for noun in (Board, Account))


def told_of_demo() -> bool:
    """Say that this is the database of a demo; true when it is."""
    if is_demo := holds_demo():
        print(
            "This database holds a demo, so Zwerm does not start for real use. Nothing was "
            "changed. Choose another folder with ZWERM_DATA, or another database with "
            "DATABASE_URL.",
            file=sys.stderr,
        )
    return is_demo


def has_table(model: type[Model]) -> bool:
    """Whether the database has the table of this noun yet; it is only looked at."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        return model._meta.db_table in connection.introspection.table_names()
    except OperationalError as fault:
        raise SystemExit(unreachable(fault)) from None


def told(faults: list[str]) -> bool:
    """Say why Zwerm does not start; true when there is anything to say."""
    if faults:
        print("Zwerm does not start, because not all is safe and there:", file=sys.stderr)
        print("".join(f"  - {fault}\n" for fault in faults), file=sys.stderr)
        print("Nothing was changed. See docs/admin/settings.md.", file=sys.stderr)
    return bool(faults)


def serving_options(name: str, argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")
    parser.add_argument("--workers", type=int, default=processes(), help="processes")
    return parser.parse_args(list(argv))


def processes() -> int:
    """One for each core that we may use and one more, from 2 to 9: each takes some 100 MB."""
    return min(max(len(os.sched_getaffinity(0)) + 1, 2), 9)


def start_gunicorn(bind: str, workers: int) -> int:
    """Become the web server: this process goes on as gunicorn."""
    logger = {"Plain": "OurLogger", "Json": "JsonLogger"}[settings.LOGS]
    arguments = [sys.executable, "-m", "gunicorn", "zwerm.wsgi:application", "--bind", bind]
    arguments += ["--workers", str(workers), "--config", f"python:{WEB_SERVER}"]
    arguments += ["--logger-class", f"{WEB_SERVER}.{logger}"]
    if settings.METRICS_TOKEN:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="zwerm-metrics-")
    os.execv(sys.executable, arguments)  # noqa: S606  # our own interpreter, fixed arguments


def unsafe_settings() -> list[str]:
    """Each setting with which a school's data would not be safe, as a sentence."""
    checks = {
        "ZWERM_DEMO is on. Leave it out; a demo starts with `zwerm demo`.": settings.DEMO,
        "ZWERM_DEBUG is on. Leave it out: error pages would show data.": settings.DEBUG,
        key_fault("SECRET_KEY"): len(secret_key()) < KEY_BYTES,
        key_fault("SEAL_KEY"): len(settings.SEAL_KEY) < KEY_BYTES,
        "ZWERM_SECRET_KEY and ZWERM_SEAL_KEY are the same. Make two.": (
            secret_key() != "" and secret_key() == settings.SEAL_KEY
        ),
        "ZWERM_SITE_URL must begin with https://. Put a proxy with a certificate before it.": (
            not settings.SITE_IS_SECURE
        ),
        "ZWERM_BEHIND_PROXY is off. Without it every visit is sent to https:// again and again.": (
            settings.SITE_IS_SECURE and not settings.BEHIND_PROXY
        ),
        "ZWERM_PROXIES holds every address there is: then anybody chooses their own.": (
            any(one.prefixlen == 0 for one in settings.PROXIES)
        ),
        "ZWERM_METRICS_TOKEN is short. Make one of 64 characters with `openssl rand -hex 32`.": (
            0 < len(settings.METRICS_TOKEN) < KEY_BYTES
        ),
        "ZWERM_HOSTS holds *. Name the hosts.": "*" in settings.ALLOWED_HOSTS,
        "ZWERM_HOSTS lacks the host of ZWERM_SITE_URL: every visit would be refused.": (
            not validate_host(urlsplit(settings.SITE_URL).hostname or "", settings.ALLOWED_HOSTS)
        ),
        "ZWERM_OPERATOR is missing: every member reads who runs the server.": not settings.OPERATOR,
        "ZWERM_SECURITY_CONTACT must begin with mailto: or https://.": (
            not settings.SECURITY_CONTACT.startswith(("mailto:", "https://"))
            and settings.SECURITY_CONTACT != ""
        ),
        "ZWERM_MAIL_FROM is missing: an address that people can receive mail from.": (
            settings.DEFAULT_FROM_EMAIL.endswith("@localhost>")
        ),
    }
    return [sentence for sentence, is_unsafe in checks.items() if is_unsafe]


def missing_parts() -> list[str]:
    """What the operating system lacks: a scan may not close where no report can be printed."""
    try:
        printing.printer()
    except printing.NoPrinter:
        return [f"PDFs need Pango. Install it with: {printing.PARTS}"]
    return []


def secret_key() -> str:
    """Django refuses to hand out a key that is empty: for us that is a fault among others."""
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""


def key_fault(name: str) -> str:
    return (
        f"ZWERM_{name} is missing or short. Make one of 64 characters with "
        f"`openssl rand -hex 32` and set ZWERM_{name} or ZWERM_{name}_FILE."
    )


def work(argv: Sequence[str]) -> int:
    """Do background work until stopped; every minute also what is due."""
    parser = argparse.ArgumentParser(prog="zwerm worker")
    parser.add_argument("--once", action="store_true", help="do what is due now, and stop")
    options = parser.parse_args(list(argv))
    # The same settings as the site: a wrong address would go out in every mail.
    if not settings.DEMO and (told(unsafe_settings()) or told_of_demo()):
        return 2
    if options.once:
        tick()
        call_command("db_worker", batch=True, verbosity=0)
        return 0
    threading.Thread(target=keep_ticking, name="tick", daemon=True).start()
    with suppress(printing.NoPrinter):
        printing.paper()  # or the first report would wait for it
    keep_working()
    return 0


def keep_working() -> None:
    """Take up work until stopped. A database that is away is waited for, as the site does."""
    while True:
        try:
            call_command("db_worker", interval=1, verbosity=0)
        except (OperationalError, InterfaceError) as fault:
            outage = outage_of(fault)
            if outage is None:
                raise
            log.error("the database or the disk is %s; it is tried again", outage.value)
            close_old_connections()
            time.sleep(SECONDS_BETWEEN_TRIES)
        else:
            return


def tick(parts: Sequence[Callable[[], None]] = TICKS) -> None:
    """What is due in every room. A fault is told, and tried again at the next tick."""
    for due in parts:
        try:
            due()
        except Exception:
            log.exception("%s failed; it is tried again", due.__module__)


def keep_ticking() -> None:
    """A tick every minute, for as long as the process lives."""
    pause = threading.Event()
    while True:
        tick()
        close_old_connections()
        pause.wait(SECONDS_BETWEEN_TICKS)


def database_fault() -> str | None:
    """Why the database cannot be used by this version, as a sentence; None when it can."""
    try:
        executor = MigrationExecutor(connection)
        steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as fault:
        return unreachable(fault)
    return "The database is not at this version. Run `zwerm migrate` first." if steps else None


def unreachable(fault: OperationalError) -> str:
    return f"The database cannot be reached: {fault}\nSee docs/admin/settings.md."


def migrate() -> int:
    """Bring the database, and its table for the cache, to this version."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as fault:
        raise SystemExit(unreachable(fault)) from None
    call_command("createcachetable", verbosity=0)
    print("The database is at this version.")
    return 0
