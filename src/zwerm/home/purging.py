"""`zwerm purge --due`: what the worker does each minute, done now and told."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from zwerm.scans import jobs


def run(argv: Sequence[str]) -> int:
    """Destroy what is due and say how much that was."""
    parser = argparse.ArgumentParser(prog="zwerm purge")
    parser.add_argument(
        "--due", action="store_true", required=True, help="what was kept as long as was agreed"
    )
    parser.parse_args(list(argv))
    count = jobs.purge_everywhere()
    print(f"Scans of which the key and every answer were destroyed: {count}.")
    return 0
