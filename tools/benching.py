"""`./zwerm bench NAME`: run bench/NAME.py; without a name, list what there is."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "bench"


def main(argv: Sequence[str]) -> int:
    """Run one benchmark; what it prints and how it ends is its own."""
    found = benchmarks(FOLDER)
    if not argv:
        print(
            "./zwerm bench NAME\n",
            *(f"  {name:<10} {line}" for name, line in found.items()),
            sep="\n",
        )
        return 0
    name, *rest = argv
    if name not in found:
        print(f"There is no benchmark {name!r}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    return become(name, rest)


def become(name: str, rest: list[str]) -> int:
    """Go on as the benchmark itself: Ctrl-C must reach it, and nobody else, to clean up."""
    sys.stdout.flush()
    os.chdir(FOLDER.parent)
    os.execv(sys.executable, [sys.executable, "-m", f"bench.{name}", *rest])


def benchmarks(folder: Path) -> dict[str, str]:
    """The name of each benchmark with the first line of its text."""
    files = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py"))}
    lines = {name: (ast.get_docstring(ast.parse(text)) or "") for name, text in files.items()}
    # A file that cannot be started by itself is a part of the others.
    return {
        name: line.split("\n")[0]
        for name, line in lines.items()
        if "__main__" in files[name] and not name.startswith("_")
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
