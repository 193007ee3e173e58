"""The files with which somebody runs Zwerm: they fit the commands that there are, and are tight."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.checks.tree import ROOT

from zwerm.cli import COMMANDS

UNITS = ROOT / "deploy/systemd"
SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
MOST_EXPOSED = 20
"""Tenths, as systemd counts: from 0 to 100, of which a service by itself has 96."""

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not on this machine"
)


def page(name: str) -> str:
    return (ROOT / "docs/admin" / name).read_text(encoding="utf-8")


def values(unit: Path, name: str) -> list[str]:
    text = unit.read_text(encoding="utf-8")
    return re.findall(rf"^{name}=(.*)$", text, re.MULTILINE)


def commands(unit: Path) -> list[str]:
    return [line.removeprefix("/srv/zwerm/zwerm ") for line in values(unit, "ExecStart")]


def test_every_unit_gives_a_command_that_there_is():
    assert {unit.stem: commands(unit)[0].split()[0] for unit in SERVICES} == {
        "zwerm": "serve",
        "zwerm-backup": "backup",
        "zwerm-purge": "purge",
        "zwerm-worker": "worker",
    }
    given = [word for unit in SERVICES for word in commands(unit)[0].split()]
    assert {word for word in given if word.isalpha()} <= set(COMMANDS)
    options = [word for word in given if word.startswith("--")]
    assert options == ["--keys", "--keep", "--due"]
    assert [word for word in options if f"`{word}" not in page("commands.md")] == []


def test_each_timer_starts_a_service_that_is_there():
    assert [timer.stem for timer in TIMERS] == ["zwerm-backup", "zwerm-purge"]
    assert {timer.stem for timer in TIMERS} <= {unit.stem for unit in SERVICES}


def test_the_folders_and_units_are_those_that_the_documents_make():
    named = {
        word
        for unit in SERVICES
        for name in ("ReadWritePaths", "EnvironmentFile", "ExecStart")
        for line in values(unit, name)
        for word in line.split()
        if word.startswith("/")
    }
    told = page("hosting.md") + page("backup.md")
    assert {word for word in named if word not in told} == set()
    assert {unit.stem for unit in SERVICES if unit.stem not in told} == set()


def checked(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What systemd says of a unit, whose program stands where it does here."""
    unit = folder / "zwerm-tried.service"
    unit.write_text(text.replace("/srv/zwerm/zwerm", sys.executable), encoding="utf-8")
    return subprocess.run(
        ["systemd-analyze", *words, str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def verify(folder: Path, text: str) -> str:
    return checked(folder, text, "verify", "--man=no").stderr


def exposure(folder: Path, text: str) -> int:
    words = ("security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}")
    return checked(folder, text, *words).returncode


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_systemd_finds_no_fault_and_little_that_a_service_may_do(tmp_path, unit):
    text = unit.read_text(encoding="utf-8")
    assert verify(tmp_path, text) == ""
    assert exposure(tmp_path, text) == 0


@needs_systemd
def test_a_fault_in_a_unit_would_be_found(tmp_path):
    text = SERVICES[0].read_text(encoding="utf-8")
    assert "ProtectSytem" in verify(tmp_path, text.replace("ProtectSystem", "ProtectSytem"))
    assert exposure(tmp_path, re.sub(r"^(Restrict|Protect|Cap).*\n", "", text, flags=re.M)) == 1
