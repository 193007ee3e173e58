"""What the tests need from the operating system, and how it gets there: Chromium, and PDF."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable

CHROMIUM = ("chromium", "chromium-browser")
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
DRIVER = {"libatomic.so.1": "libatomic1"}
"""What drives the browser needs this; a Debian with nothing on it has not got it."""

READER = "poppler-utils"
"""Some tests read what a PDF says. Without it those are set aside, and say so."""


def provide() -> bool:
    """Install what is missing as root; else say the one line. True when all is there to begin."""
    missing = installed_by_root(missing_packages)
    if missing:
        print(
            "The tests need a browser, and what makes and reads PDFs. Install it with:\n"
            f"  sudo apt-get install {' '.join(missing)}",
            flush=True,
        )
    return set(missing) <= {READER}


def provide_printing() -> None:
    """The libraries that make PDFs, as root. Who is not root is told by the command itself."""
    installed_by_root(missing_libraries)


def installed_by_root(look: Callable[[], list[str]]) -> list[str]:
    """What is still missing after root, where there is apt, installed what `look` names."""
    missing = look()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = look()
    return missing


def missing_packages() -> list[str]:
    """Debian's names of what is not there."""
    browser = [] if any(map(shutil.which, CHROMIUM)) else ["chromium"]
    reader = [] if shutil.which("pdftotext") else [READER]
    return browser + missing_of(DRIVER) + missing_libraries() + reader


def missing_libraries() -> list[str]:
    """The part of it that makes PDFs."""
    return missing_of(LIBRARIES)


def missing_of(libraries: dict[str, str]) -> list[str]:
    return [package for file, package in libraries.items() if not is_loadable(file)]


def is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: list[str]) -> None:
    """Fetch the packages; what goes wrong is told by apt itself, and seen by who asked."""
    print(f"Installing {', '.join(packages)} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


if __name__ == "__main__":
    provide_printing()
