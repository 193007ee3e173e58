"""On what a benchmark ran: without it, its figures say nothing."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

PARTS = ("django", "gunicorn", "cryptography", "numpy", "weasyprint")


def describe_machine() -> str:
    """The machine, how busy it was, and the versions of what counts most."""
    parts = ", ".join(f"{name} {version(name)}" for name in PARTS)
    return "\n".join(
        [
            f"Machine   {processor()}, {os.cpu_count()} cores, {memory()}, {platform.system()}",
            f"Load      {busy()} (programs that wanted a core in the last minute, at the start)",
            f"Versions  Zwerm {version('zwerm')} ({commit()}), Python {platform.python_version()}, "
            f"{parts}, SQLite {sqlite3.sqlite_version}",
        ]
    )


def processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", content_of("/proc/cpuinfo"), re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def memory() -> str:
    found = re.search(r"^MemTotal:\s+(\d+) kB", content_of("/proc/meminfo"), re.MULTILINE)
    return f"{int(found[1]) / 1024**2:.0f} GB of memory" if found else "memory unknown"


def busy() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def commit() -> str:
    """Of which state of the project: its commit, and whether files were changed since."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "no commit"


def content_of(path: str) -> str:
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.exists() else ""
