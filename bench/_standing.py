"""A site, its worker and its database, each of which can be killed and started again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres
from tools.postgres import free_port

from bench.installation import (
    ROOT,
    Installation,
    family,
    installation,
    stop,
    told_by,
    wait_for_site,
)


@dataclass
class Program:
    """One of our commands as a service, in a session of its own."""

    words: list[str]
    installed: Installation
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.installed.folder / f"{self.words[0]}.log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zwerm.cli", *self.words],
                cwd=ROOT,
                env=self.installed.settings,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """It and all its children at once, as when the machine has no memory left."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            stop(self.process)


@dataclass
class Database:
    """A PostgreSQL server that writes to the disk."""

    server: postgres.Server
    settings: list[str]
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.process = postgres.start(self.server, self.settings)
        postgres.wait_until_ready(self.server, self.process)

    def kill(self) -> None:
        everybody = family(self.process.pid)
        for pid in everybody:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        # A new server refuses to start while one of the old still holds their memory.
        while any(told_by(f"/proc/{pid}/cmdline") for pid in everybody):
            time.sleep(0.01)

    def backends(self) -> list[int]:
        """The processes that serve a connection of the site or the worker."""
        children = family(self.process.pid)[1:]
        return [pid for pid in children if "127.0.0.1(" in told_by(f"/proc/{pid}/cmdline")]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=postgres.SECONDS_TO_START)


@dataclass
class Standing:
    """Everything that runs, and what can be done to it."""

    installed: Installation
    port: int
    site: Program
    worker: Program
    database: Database | None

    def start_site(self) -> None:
        self.site.start()
        assert self.site.process
        wait_for_site(self.port, self.site.process, self.site.log)

    def kinds(self) -> dict[str, Callable[[random.Random], None]]:
        """Who can be killed: each gives the blow."""
        ours = {
            "site": lambda rng: self.site.kill(),
            "process": self.kill_process,
            "worker": lambda rng: self.worker.kill(),
        }
        theirs = {"backend": self.kill_backend, "server": lambda rng: self.kill_server()}
        return ours | theirs if self.database else ours

    def kill_process(self, rng: random.Random) -> None:
        """One of the processes of the site; its master starts another."""
        assert self.site.process
        os.kill(rng.choice(family(self.site.process.pid)[1:]), signal.SIGKILL)

    def kill_backend(self, rng: random.Random) -> None:
        """One connection of the database: the server then breaks all of them off."""
        assert self.database
        os.kill(rng.choice(self.database.backends()), signal.SIGKILL)

    def kill_server(self) -> None:
        assert self.database
        self.database.kill()

    def last_words(self) -> str:
        """The end of the logs, for when nothing goes on."""
        logs = (self.site.log, self.worker.log)
        return "\n".join(log.read_text(errors="replace")[-1500:] for log in logs if log.exists())

    def mend(self, kind: str) -> None:
        """Start again what was killed, and only that: the others find their way by themselves."""
        if kind == "site":
            self.start_site()
        elif kind == "worker":
            self.worker.start()
        elif self.database and kind == "server":
            self.database.start()
        elif self.database and kind == "backend":
            postgres.wait_until_ready(self.database.server, self.database.process)


@contextmanager
def standing(database: str, *, careless: bool = False) -> Iterator[Standing]:
    """A new installation that runs; nothing of it stays behind."""
    with ExitStack() as stack:
        server = stack.enter_context(durable_postgres()) if database == "postgresql" else None
        address = server.server.url if server else ""
        installed = stack.enter_context(installation(database=address))
        if careless:
            installed.settings["DJANGO_SETTINGS_MODULE"] = "bench._careless"
        port = free_port()
        site = Program(["serve", "--bind", f"127.0.0.1:{port}"], installed)
        worker = Program(["worker"], installed)
        stack.callback(worker.stop)
        stack.callback(site.stop)
        found = Standing(installed, port, site, worker, server)
        found.start_site()
        worker.start()
        yield found


@contextmanager
def durable_postgres(settings: list[str] | None = None) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="zwerm-postgres-", ignore_cleanup_errors=True) as name:
        database = Database(postgres.prepared(Path(name)), settings or [])
        database.start()
        try:
            yield database
        finally:
            database.stop()
