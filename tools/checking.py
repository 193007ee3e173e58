"""`./zwerm check`: every look that needs no running site; one line each, and what it found."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from tools.checks import catalogues, covered, licences, programs, security, structure, unmarked

CHECKS: dict[str, Callable[[], list[str]]] = {
    "format": programs.format_faults,
    "lint": programs.lint_faults,
    "types": programs.type_faults,
    "contracts": programs.contract_faults,
    "templates": programs.template_lint_faults,
    "deploy": programs.deploy_faults,
    "migrations": programs.migration_faults,
    "translations": catalogues.catalogue_faults,
    "unmarked-words": unmarked.unmarked_words,
    "security": security.security_faults,
    "lock": programs.lock_faults,
    "lock-hosts": licences.host_faults,
    "licences": licences.licence_faults,
    "file-length": structure.long_files,
    "function-length": structure.long_functions,
    "tidy-text": structure.untidy_text,
    "names": structure.rooms_of_nothing,
    "words": structure.unwanted_words,
    "coverage": covered.uncovered,
}


def main(argv: Sequence[str]) -> int:
    """Run the checks that were named, or all; 1 when any found a fault."""
    parser = argparse.ArgumentParser(
        prog="./zwerm check", description="Names: " + ", ".join(CHECKS)
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these (default: all)")
    names = parser.parse_args(list(argv)).names
    if unknown := set(names) - set(CHECKS):
        parser.error(f"there is no check {', '.join(sorted(unknown))}")
    faulty = [name for name in names or CHECKS if not passes(name, CHECKS[name])]
    print(conclusion(len(names or CHECKS), faulty))
    return 1 if faulty else 0


def conclusion(looked: int, faulty: list[str]) -> str:
    if not faulty:
        return f"\nAll {looked} checks are ok."
    return f"\n{len(faulty)} of {looked} checks found a fault: {', '.join(faulty)}."


def passes(name: str, look: Callable[[], list[str]]) -> bool:
    started = time.monotonic()
    faults = look()
    took = f"{time.monotonic() - started:.1f} s"
    print(f"{name:<16} {'FAULT' if faults else 'ok':<6} {took}", flush=True)
    for fault in faults:
        print(f"    {fault}", flush=True)
    return not faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
