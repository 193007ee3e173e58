"""An installation of Zwerm in a folder of its own, as a school would run it; gone afterwards."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.postgres import free_port
from tools.testing import clean_environment

HOST = "zwerm.bench.example"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 40
ROOT = Path(__file__).resolve().parent.parent


def run(main: Callable[[], int]) -> None:
    """Run a benchmark to its end, or until somebody stops it: then too nothing stays behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Whoever starts this in the background sets Ctrl-C aside; to be stopped so it is made.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = main()
    except KeyboardInterrupt:
        print("Stopped. Nothing stays behind.", file=sys.stderr)
        code = 130
    sys.exit(code)


@dataclass(frozen=True, slots=True)
class Installation:
    """The folder with its data, and the settings it runs with."""

    folder: Path
    settings: dict[str, str]

    def run(self, module: str, *words: str) -> str:
        """Run one of our programs with these settings to its end; what it printed."""
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.settings, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{module} {' '.join(words)} ended with {done.returncode}.")
        return done.stdout


@contextmanager
def installation(*, database: str = "", demo: bool = False) -> Iterator[Installation]:
    """An empty installation with safe settings, or an empty demo; nothing stays behind."""
    with tempfile.TemporaryDirectory(prefix="zwerm-bench-") as name:
        folder = Path(name)
        chosen = {"ZWERM_DEMO": "1"} if demo else real_settings()
        chosen |= {"ZWERM_DATA": str(folder / "data"), "DATABASE_URL": database}
        (folder / "data" / "static").mkdir(parents=True)
        yield Installation(folder, without_tests(clean_environment()) | chosen)


def real_settings() -> dict[str, str]:
    """What `zwerm serve` asks for: keys, an address with https, a proxy before it."""
    return {
        "ZWERM_SECRET_KEY": secrets.token_hex(32),
        "ZWERM_SEAL_KEY": secrets.token_hex(32),
        "ZWERM_SITE_URL": f"https://{HOST}",
        "ZWERM_HOSTS": HOST,
        "ZWERM_BEHIND_PROXY": "1",
        "ZWERM_OPERATOR": "Zwerm, the benchmark",
        "ZWERM_MAIL_FROM": f"Zwerm <zwerm@{HOST}>",
        "ZWERM_MAIL": "file",
    }


def without_tests(environment: dict[str, str]) -> dict[str, str]:
    """Started by a test or not, a benchmark runs with the settings of a real installation."""
    return {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}


@dataclass(frozen=True, slots=True)
class Site:
    """A running site: where it listens, and its first process."""

    port: int
    pid: int


@contextmanager
def site(installed: Installation) -> Iterator[Site]:
    """`zwerm serve` on loopback, until the end of this block."""
    port = free_port()
    command = [sys.executable, "-m", "zwerm.cli", "serve", "--bind", f"127.0.0.1:{port}"]
    # A session of its own: Ctrl-C reaches us alone, and we stop it in order.
    log = installed.folder / "site.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=installed.settings,
            start_new_session=True,
            stdout=written,
            stderr=written,
        )
    try:
        wait_for_site(port, process, log)
        yield Site(port, process.pid)
    finally:
        stop(process)


def wait_for_site(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if ask_once(port, "/account/sign-in/") == 200:
                return
            break
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The site did not start:\n{log.read_text(errors='replace')[-3000:]}")


def ask_once(port: int, path: str) -> int:
    """One page, asked for as the proxy would; its status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def stop(process: subprocess.Popen[Any]) -> None:
    """End one process that we started, and wait for it."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def processor_seconds(pid: int) -> float:
    """How long this process and all its children have kept a core busy so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(spent(one) for one in family(pid)) / ticks


def family(pid: int) -> list[int]:
    children = told_by(f"/proc/{pid}/task/{pid}/children").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def spent(pid: int) -> int:
    """Ticks of a process and of those of its children that have ended (proc(5))."""
    after_name = told_by(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, after_name[11:15]))


def told_by(file: str) -> str:
    """What the system tells of a process; nothing of one that has just ended."""
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
