"""`./zwerm fix`: mend what can be mended without thinking: format, lint, catalogues."""

from __future__ import annotations

import subprocess
import sys

from tools.checks.programs import program
from tools.checks.structure import tidied, written_text
from tools.checks.tree import ROOT, text_of
from tools.translations import update_catalogues

COMMANDS = {
    "lint": program("ruff", "check", "--fix", "--quiet", "."),
    "format": program("ruff", "format", "."),
}


def main() -> int:
    """Mend, and tell what changed. What is left is for ./zwerm check to name."""
    for name, command in COMMANDS.items():
        print(name, flush=True)
        # Each ends with 1 when it found something, mended or not: that is for `check` to say.
        subprocess.run(command, cwd=ROOT, check=False)
    print("text", *(f"  {path} has changed" for path in tidy()), sep="\n")
    print("catalogues", *(f"  {path} has changed" for path in update_catalogues()), sep="\n")
    print("\nNow translate what is empty in the catalogues, and start ./zwerm check.")
    return 0


def tidy() -> list[str]:
    """Take away what nobody sees and every comparison shows: spaces at ends, tabs."""
    changed = []
    for path in written_text():
        before = text_of(path)
        if (after := tidied(before)) != before:
            (ROOT / path).write_text(after, encoding="utf-8")
            changed.append(str(path))
    return changed


if __name__ == "__main__":
    sys.exit(main())
