"""The files of the project: those that git knows or would add, and not what others wrote."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"vendor", "migrations", "node_modules"}


@cache
def project_files() -> tuple[PurePosixPath, ...]:
    """Every file that is, or would be, in the project; as paths from its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = sorted({PurePosixPath(name) for name in listed.split("\0") if name})
    return tuple(path for path in paths if (ROOT / path).is_file())


def written_here(*suffixes: str) -> list[PurePosixPath]:
    """The files with these endings that were written for this project."""
    return [
        path
        for path in project_files()
        if path.suffix in suffixes and not NOT_OURS & set(path.parts) and ".min." not in path.name
    ]


def text_of(path: PurePosixPath) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
