"""The door behind `./zwerm`: installs what is needed, once, and hands over to the command.

It runs on a bare Python: nothing but the standard library, not even pip or venv.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
BOOT = ROOT / ".boot"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "zwerm-stamp"
"""What is installed: the digest of the lock, whether with the tools of developers, and where."""

ROOM_NEEDED = 900_000_000
ROOM_NEEDED_WITH_TOOLS = 1_600_000_000
"""Bytes on the disk: twice what the parts were measured to take, for the installer keeps a copy."""

TOOLS = {
    "test": ("testing", "Run every test: in a browser, on SQLite and on PostgreSQL."),
    "check": ("checking", "Format, lint, types, contracts, translations, licences, structure."),
    "fix": ("fixing", "Mend what can be mended by itself: format, lint, catalogues."),
    "bench": ("benching", "Run a benchmark by name; without a name, list them."),
}

PRINTS = {"demo", "serve", "worker"}
"""Commands that make PDFs: for those root gets the libraries of the system as well."""


class Trouble(Exception):
    """Something that a person must solve. The message says what happened and what to do."""


def main(arguments: list[str]) -> int:
    """Run one command; returns an exit code only when there was nothing to hand over to."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Trouble(f"Zwerm needs Python 3.11 or newer; this python3 is {found}.")
    name, *rest = arguments or ["help"]
    commands = product_commands()
    if name in {"help", "-h", "--help"}:
        print(overview(commands))
        return 0
    if name not in TOOLS and name not in commands:
        print(f"There is no command {name!r}.\n\n{overview(commands)}", file=sys.stderr)
        return 2
    prepare(with_tools=name in TOOLS)
    if name in PRINTS:
        parts = Path(__file__).with_name("system_parts.py")
        subprocess.run([sys.executable, str(parts)], check=False)
    return hand_over(name, rest)


def product_commands() -> dict[str, str]:
    """The commands of an installation, with their one line; from the product itself."""
    sys.path.insert(0, str(ROOT / "src"))
    from zwerm import cli  # noqa: PLC0415  # only now can it be found

    return {name: (run.__doc__ or "").split("\n")[0] for name, run in cli.COMMANDS.items()}


def overview(commands: dict[str, str]) -> str:
    """Every command with its one line."""
    lines = {**commands, **{name: line for name, (_, line) in TOOLS.items()}}
    listed = [f"  {name:<13} {line}" for name, line in lines.items()]
    return "\n".join(
        [
            "./zwerm COMMAND [OPTIONS]",
            "",
            *listed,
            "",
            "What each takes: docs/admin/commands.md, or ./zwerm COMMAND --help",
        ]
    )


def prepare(*, with_tools: bool) -> None:
    """Install the locked parts and compile the translations, unless both are there."""
    if not is_installed(with_tools=with_tools):
        with one_at_a_time():
            if not is_installed(with_tools=with_tools):
                install(with_tools=with_tools)
    if stale_catalogues():
        run([str(PYTHON), "-m", "zwerm.core.translations"], "The translations do not compile.")


def is_installed(*, with_tools: bool) -> bool:
    digest, group, place = stamp()
    is_current = digest == lock_digest() and place == str(ROOT) and PYTHON.exists()
    return is_current and (group == "tools" or not with_tools)


def stamp() -> list[str]:
    """Digest, group and place of what was installed last; empty words when that is not known."""
    words = STAMP.read_text(encoding="utf-8").split("\n") if STAMP.exists() else []
    return words if len(words) == 3 else ["", "", ""]


def lock_digest() -> str:
    files = (ROOT / "uv.lock", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands at once must not install over each other: the second one waits."""
    BOOT.mkdir(exist_ok=True)
    with (BOOT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(*, with_tools: bool) -> None:
    """Bring .venv to exactly what uv.lock says."""
    refuse_without_room(ROOM_NEEDED_WITH_TOOLS if with_tools else ROOM_NEEDED)
    _, group, place = stamp()
    # A folder that once had the tools keeps them: `demo` after `test` takes nothing away.
    keep_tools = with_tools or group == "tools"
    say("Installing the parts of Zwerm. The first time this takes some minutes on a slow line.")
    uv = fetched_uv()
    environment = installer_environment()
    # The programs in .venv know its place: when the folder has moved, they must be made again.
    if place not in {"", str(ROOT)} or not is_usable(PYTHON):
        venv = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
        run(venv, "Python could not make the folder .venv.", environment)
    # A person sees how far it is; a log need not hold the name of every part.
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    groups = [] if keep_tools else ["--no-dev"]
    run(
        [uv, "sync", "--frozen", "--project", str(ROOT), *groups, *quiet],
        "The parts could not be installed (the lines above say why). What was fetched is kept: "
        "check the network and the room on the disk, and start the same command again.",
        environment,
    )
    new = [lock_digest(), "tools" if keep_tools else "plain", str(ROOT)]
    STAMP.write_text("\n".join(new), encoding="utf-8")


def refuse_without_room(needed: int) -> None:
    free = shutil.disk_usage(ROOT).free
    if free < needed and not STAMP.exists():
        raise Trouble(
            f"Installing needs {needed // 1_000_000} MB on the disk of {ROOT}; "
            f"{free // 1_000_000} MB are free. Make room, and start the same command again."
        )


def fetched_uv() -> str:
    """The installer, fetched and checked by a process of its own: it loads much, once."""
    fetcher = Path(__file__).with_name("fetch_uv.py")
    done = subprocess.run(
        [sys.executable, str(fetcher), str(BOOT)], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout.strip()


def installer_environment() -> dict[str, str]:
    """The person's own settings for network and index, and ours for the rest."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment.update(
        UV_PROJECT_ENVIRONMENT=str(VENV), UV_PYTHON_DOWNLOADS="never", UV_LINK_MODE="copy"
    )
    environment.setdefault("UV_SYSTEM_CERTS", "1")
    if not os.access(os.path.expanduser("~"), os.W_OK):  # noqa: PTH111  # Path.home() may raise
        environment.setdefault("UV_CACHE_DIR", str(BOOT / "cache"))
    if "PIP_INDEX_URL" in environment and "UV_INDEX_URL" not in environment:
        environment.setdefault("UV_DEFAULT_INDEX", environment["PIP_INDEX_URL"])
    return environment


def is_usable(python: Path) -> bool:
    """False when it is not there, or when the Python it was made from is gone or too old."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([str(python), "-c", question], check=False).returncode == 0
    except OSError:
        return False


def stale_catalogues() -> bool:
    """True when a translation is newer than what was compiled from it."""
    return any(
        not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime
        for catalogue in ROOT.glob("src/zwerm/*/locale/*/LC_MESSAGES/*.po")
        for compiled in [catalogue.with_suffix(".mo")]
    )


def hand_over(name: str, rest: list[str]) -> int:
    """Go on as the command itself, so that signals and exit codes are its own."""
    environment = dict(os.environ)
    if name in TOOLS:
        os.chdir(ROOT)
        arguments = [str(PYTHON), "-m", f"tools.{TOOLS[name][0]}", *rest]
    else:
        # Started from another folder, the data stay with this one; -P keeps that folder's
        # files from being taken for modules.
        folder = ROOT / "data" / "demo" if name == "demo" else ROOT / "data"
        environment.setdefault("ZWERM_DATA", str(folder))
        arguments = [str(PYTHON), "-P", "-m", "zwerm.cli", name, *rest]
    sys.stdout.flush()
    os.execve(arguments[0], arguments, environment)


def run(command: list[str], trouble: str, environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise Trouble(trouble)


def say(sentence: str) -> None:
    print(f"Zwerm: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        say(str(trouble))
        sys.exit(1)
    except OSError as failure:
        say(f"{failure}. Zwerm must be able to write in {ROOT}, and to start what it put there.")
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped. Nothing is damaged: start the same command again when you like.")
        sys.exit(130)
