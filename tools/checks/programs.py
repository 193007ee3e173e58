"""The checks that other programs make: format, lint, types, contracts, templates, Django's own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.checks.tree import ROOT

PYTHON_FOLDERS = ["src", "tests", "bench", "tools"]
LINES_OF_TRACEBACK = 8
UV = sorted((ROOT / ".boot").glob("uv-*"))


def program(name: str, *arguments: str) -> list[str]:
    """A program of the tools of developers."""
    return [str(Path(sys.executable).parent / name), *arguments]


def faults_of(command: list[str], settings: dict[str, str] | None = None) -> list[str]:
    """What the program printed, when it found something."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src"), **(settings or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.returncode:
        return []
    return (done.stdout + done.stderr).strip().splitlines() or [f"{command[0]} failed"]


def format_faults() -> list[str]:
    shown = faults_of(program("ruff", "format", "--check", "."))
    files = [line.partition("--> ")[2] for line in shown if "--> " in line]
    return [f"{file}: ./zwerm fix mends it" for file in files] or shown


def lint_faults() -> list[str]:
    return faults_of(program("ruff", "check", "--output-format", "concise", "."))


def type_faults() -> list[str]:
    folders = [folder for folder in PYTHON_FOLDERS if list((ROOT / folder).glob("**/*.py"))]
    return faults_of(program("mypy", "--no-error-summary", *folders))


def contract_faults() -> list[str]:
    return faults_of(program("lint-imports", "--no-logo"))


def template_lint_faults() -> list[str]:
    return faults_of(program("djlint", "src", "--extension", "html", "--lint", "--quiet"))


def lock_faults() -> list[str]:
    """Does uv.lock hold what pyproject.toml asks for?"""
    if not UV:
        return ["the installer is not there; start this by ./zwerm check"]
    return faults_of([str(UV[-1]), "lock", "--check", "--offline", "--quiet"])


def deploy_faults() -> list[str]:
    """Django's own advice for a public site, with the settings that we tell people to make."""
    return django("check", "--deploy", "--fail-level", "WARNING")


def migration_faults() -> list[str]:
    return django("makemigrations", "--check", "--dry-run")


def django(*arguments: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-W", "error", "-m", "django", *arguments]
        return end_of_traceback(faults_of(command, safe(folder)))


def end_of_traceback(faults: list[str]) -> list[str]:
    """Where Django itself fell over, the last lines say why."""
    is_traceback = any(fault.startswith("Traceback") for fault in faults)
    return faults[-LINES_OF_TRACEBACK:] if is_traceback else faults


def safe(folder: str) -> dict[str, str]:
    """The settings of docs/admin/settings.md for a public site, in a folder of its own."""
    return {
        "DJANGO_SETTINGS_MODULE": "zwerm.settings",
        "ZWERM_DATA": folder,
        "ZWERM_SITE_URL": "https://scan.example.org",
        "ZWERM_HOSTS": "scan.example.org",
        "ZWERM_SECRET_KEY": secrets.token_hex(32),
        "ZWERM_SEAL_KEY": secrets.token_hex(32),
        "ZWERM_OPERATOR": "Example",
        "ZWERM_MAIL_FROM": "Zwerm <zwerm@example.org>",
        "ZWERM_DEMO": "",
        "ZWERM_DEBUG": "",
        "DATABASE_URL": "",
    }
