"""The server's time, the queries and the size of every page of the demo, for who may see it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from bench.installation import installation, run
from bench.machine import describe_machine
from bench.spread import table

MOST_QUERIES = 25
ABOUT_ME = ("home:about_me", "home:about_me_json", "home:about_me_html")
MOST_QUERIES_ABOUT_ME = 40
"""Everything that is known of somebody is asked of each table that could hold it: one query a
table, however many rows. This grows with what Zwerm keeps, and with nothing else."""
SLOW = 0.100
HEADS = ("page", "seen by", "queries", "ms", "CPU ms", "kB", "gzip kB")


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    with installation(demo=True) as installed:
        said = installed.run("bench._tour", str(options.people), str(options.rounds))
    found = json.loads(said.splitlines()[-1])
    print(table(HEADS, [row(one) for one in found["pages"]]))
    print(sentence(found))
    return 1 if heavy(found) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench pages", description=__doc__)
    parser.add_argument("--people", type=int, default=0, help="a small school, not the demo")
    parser.add_argument("--rounds", type=int, default=7, help="visits to each page (7)")
    return parser.parse_args()


def row(page: dict[str, Any]) -> list[str]:
    return [
        page["page"],
        page["role"],
        str(page["queries"]),
        f"{1000 * page['wall']:.0f}",
        f"{1000 * page['busy']:.0f}",
        f"{page['size'] / 1000:.1f}",
        f"{page['packed'] / 1000:.1f}",
    ]


def heavy(found: dict[str, Any]) -> list[str]:
    return [one["page"] for one in found["pages"] if one["queries"] > most_queries(one["page"])]


def most_queries(page: str) -> int:
    return MOST_QUERIES_ABOUT_ME if page in ABOUT_ME else MOST_QUERIES


def sentence(found: dict[str, Any]) -> str:
    """The goal, and which pages are over it."""
    slow = [one["page"] for one in found["pages"] if one["busy"] > SLOW]
    return "\n".join(
        [
            f"\n{len(found['pages'])} pages; nobody found a page at: {said(found['missed'])}",
            f"  slower than {1000 * SLOW:.0f} ms of CPU: {said(slow)}",
            f"  goal: no page over {MOST_QUERIES} queries: {said(heavy(found), 'met')}",
        ]
    )


def said(names: list[str], otherwise: str = "none") -> str:
    return ", ".join(names) or otherwise


if __name__ == "__main__":
    run(main)
