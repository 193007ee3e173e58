"""An installation of its own: the real command in a process apart, with its own folder."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

SAFE = {
    "ZWERM_SECRET_KEY": "s" * 64,
    "ZWERM_SEAL_KEY": "k" * 64,
    "ZWERM_SITE_URL": "https://zwerm.example",
    "ZWERM_HOSTS": "zwerm.example",
    "ZWERM_BEHIND_PROXY": "on",
    "ZWERM_OPERATOR": "Het Baken",
    "ZWERM_MAIL_FROM": "Zwerm <zwerm@zwerm.example>",
    "ZWERM_MAIL": "file",
}


def zwerm(
    data: Path, *words: str, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `zwerm` with nothing set but its folder and these settings."""
    kept = {name: value for name, value in os.environ.items() if is_of_machine(name)}
    return subprocess.run(
        [sys.executable, "-m", "zwerm.cli", *words],
        env={**kept, "ZWERM_DATA": str(data), **(settings or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def migrated(data: Path) -> Path:
    """The same folder, with an installation in it that was migrated and holds nothing yet."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "zwerm.sqlite3").write_bytes(_just_migrated())
    return data


@cache
def _just_migrated() -> bytes:
    """What `zwerm migrate` leaves: once for all tests of a process, since it takes seconds."""
    with TemporaryDirectory() as name:
        done = zwerm(Path(name), "migrate", settings=SAFE)
        assert (done.returncode, done.stderr) == (0, "")
        left = [file.name for file in Path(name).rglob("*")]
        assert left == ["zwerm.sqlite3"], "copy these as well"
        return (Path(name) / left[0]).read_bytes()


def is_of_machine(name: str) -> bool:
    return not name.startswith(("ZWERM_", "DJANGO_", "PYTEST_")) and name != "DATABASE_URL"


def asked_of_database(data: Path, expression: str) -> str:
    """What an expression says in an installation that has started Django."""
    program = f"""
import django
django.setup()
from zwerm.people.scope import crossing_schools
from zwerm.core.models import *
from zwerm.people.models import *
from zwerm.scans.models import *
with crossing_schools("a test looks at a whole installation"):
    print({expression})
"""
    kept = {name: value for name, value in os.environ.items() if is_of_machine(name)}
    settings = {"ZWERM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "zwerm.settings", **SAFE}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**kept, **settings},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()
