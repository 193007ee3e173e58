"""The demo as somebody starts it: made once for all tests, served by its own process."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds for a server to answer its first request, on a machine that is busy."""

Tour = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: its address, its data, and the pages of each person."""

    address: str
    folder: Path
    tour: Tour


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Like that of a person: nothing of these tests, of a setting or of another database."""
    ours = ("ZWERM_", "DJANGO_", "PYTEST_", "DATABASE_URL")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "ZWERM_DATA": str(folder)}
    return {**clean, **paths, **settings}


def environment_of_school() -> dict[str, str]:
    """Settings of an installation for real use, over the data of a demo."""
    return {"ZWERM_DEMO": "0", "ZWERM_MAIL": "file", "DJANGO_SETTINGS_MODULE": "zwerm.settings"}


def run(folder: Path, *arguments: str, **settings: str) -> str:
    """Run a module of ours on the data of a demo; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=environment(folder, **{"ZWERM_DEMO": "1", **settings}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def make_demo(shared: Path) -> Path:
    """The folder with the demo and its list of pages; made by the worker that comes first."""
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "tour.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(folder, "zwerm.cli", "demo", "--prepare")
            (folder / "tour.json").write_text(run(folder, "tests.browser.demo_states"))
    return folder


def copy_demo(folder: Path, to: Path) -> Path:
    """Data of one's own, to change what one likes."""
    shutil.copytree(folder, to)
    return to


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[Demo]:
    """The site on a free port, until the end of the block."""
    address = f"http://127.0.0.1:{free_port()}"
    options = ["--bind", address.removeprefix("http://"), "--threads", "4", "--log-level", "error"]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "zwerm.wsgi:application", *options],
            env=environment(folder, ZWERM_SITE_URL=address, **settings),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(address, process)
        yield Demo(address, folder, json.loads((folder / "tour.json").read_text()))
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the site listens."""
    port = int(address.rpartition(":")[2])
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the site stopped: see server.log in the folder of the demo"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the site did not answer within {PATIENCE:.0f} seconds")
