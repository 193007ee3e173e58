"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import zwerm
from zwerm.analyse.options import Options
from zwerm.analyse.results import Results
from zwerm.analyse.words import Fault


def json_of(results: Results, options: Options, warnings: list[str]) -> bytes:
    """Every figure by network, with what is needed to compute the same again."""
    whole = {
        "version": zwerm.__version__,
        "seed": options.seed,
        "options": options.given(),
        "warnings": warnings,
        **results.as_json(),
    }
    return (json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def write_all(contents: Mapping[Path, bytes]) -> None:
    """All files, or when one cannot be written, none of them.

    Raises:
        Fault: the disk or the folder does not take it.
    """
    with contextlib.ExitStack() as stack:
        beside: dict[Path, Path] = {}
        for path, content in contents.items():
            try:
                make_folder(path.parent, stack)
                beside[path] = stack.enter_context(laid_beside(path, content))
            except OSError as fault:
                raise Fault("cannot_write", file=path, reason=fault.strerror) from fault
        for path, whole in beside.items():
            whole.replace(path)


def make_folder(folder: Path, stack: contextlib.ExitStack) -> None:
    """Make a folder that is not there; when nothing comes in it after all, it goes again."""
    if not folder.exists():
        folder.mkdir()
        # Refused by the system when the work went well and the folder holds files.
        stack.callback(remove_if_empty, folder)


def remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


@contextlib.contextmanager
def laid_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of its own in the same folder; gone afterwards, unless it was moved."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    whole = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        whole.chmod(mode_for(path))
        yield whole
    finally:
        whole.unlink(missing_ok=True)


def mode_for(path: Path) -> int:
    """The rights of the file that is replaced, else what this person's files usually have."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
