"""What the verdicts on change call when nothing changed, and which changes they see.

Results are kept in a folder, portion by portion: stop it with Ctrl-C, and start it again to go on.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from bench import _power_page
from bench._coverage_page import fill
from bench._coverage_progress import Watch
from bench._power_grid import (
    FIGURES,
    PEOPLE,
    PLANTED,
    Case,
    Portion,
    cell,
    planted_cells,
    portions,
    still_cells,
)
from bench._power_measure import SWAPS, Found, measure
from bench._power_score import shifted
from bench._power_store import ROOT, Store, mark_of
from bench.choice import Kind

PAGE = ROOT / "docs/methods/change.md"
SIZES = ROOT / "src/zwerm/analysis/change/visible.json"
FOLDER = ROOT / "data/power"
STOPPED = 130

Cells = dict[Case, Found]


def main(words: Sequence[str] | None = None) -> int:
    """Measure what is not yet measured, write the tables, and print what the promise rests on."""
    options = read_options(words)
    store = Store(options.folder, mark_of())
    try:
        cells = measured_cells(store, options)
    except KeyboardInterrupt:
        print(
            f"\nStopped. What was measured is kept in {store.folder}; start again to go on.",
            file=sys.stderr,
        )
        return STOPPED
    only_central = of_kind(store, cells, "central", options.schools)
    tell(cells, only_central, options)
    return 0


def read_options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench power", description=__doc__)
    parser.add_argument("--schools", type=int, default=100, help="per kind of network (100)")
    parser.add_argument("--planted", type=int, default=60, help="the same with a change (60)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="at once (all cores)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where results are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--sizes", type=Path, default=SIZES, help="the sizes for the product")
    parser.add_argument("--people", type=int, nargs="+", default=PEOPLE, help="sizes of school")
    return parser.parse_args(words)


def measured_cells(store: Store, options: argparse.Namespace) -> Cells:
    """Every cell: first without change, then with changes of the size that this shows."""
    still = filled(store, still_cells(tuple(options.people)), options.schools, options.jobs)
    sizes = {
        case: shifts(still[case])
        for place in PLANTED
        if (case := cell(place[0], place[2], place[1])) in still
    }
    return still | filled(store, planted_cells(sizes), options.planted, options.jobs)


def shifts(found: Found) -> dict[str, float]:
    """The size to start from, of each figure that is tested in these schools."""
    sizes = {name: shifted(found, number, expected=False) for number, name in enumerate(FIGURES)}
    return {name: size for name, size in sizes.items() if not math.isnan(size)}


def filled(store: Store, cells: list[Case], schools: int, jobs: int) -> Cells:
    """These cells, after measuring every portion of them that is not in the folder yet."""
    wanted = [portion for cell in cells for portion in portions(cell, schools)]
    missing = [portion for portion in wanted if store.read(portion) is None]
    print(f"{len(wanted) - len(missing)} of {len(wanted)} portions are there already.", flush=True)
    # One thread per process: the small matrices of a school gain nothing by more.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    watch = Watch([portion.case.people for portion in missing])
    work = [(store, portion) for portion in missing]
    with get_context("spawn").Pool(jobs, leave_stopping_to_parent) as pool:
        for people, seconds in pool.imap_unordered(measured, work):
            watch.done(people, seconds)
    watch.clear()
    found = {cell: store.together(portions(cell, schools)) for cell in cells}
    return {cell: one for cell, one in found.items() if one is not None}


def of_kind(store: Store, cells: Cells, kind: Kind, schools: int) -> Cells:
    """The cells without a change again, with one kind of network only."""
    found = {
        case: store.together(one for one in portions(case, schools) if one.case.kind == kind)
        for case in cells
        if case.moved is None
    }
    return {case: one for case, one in found.items() if one is not None}


def leave_stopping_to_parent() -> None:
    """Ctrl-C reaches every process: only the one that started the others answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def measured(work: tuple[Store, Portion]) -> tuple[int, float]:
    """Measure one portion and save it; how many people it was about, and how long it took."""
    store, portion = work
    started = time.monotonic()
    store.write(portion, measure(portion))
    return portion.case.people, time.monotonic() - started


def tell(cells: Cells, only_central: Cells, options: argparse.Namespace) -> None:
    """Write the tables and the sizes, and print them."""
    made = (
        f"{6 * options.schools} schools in each cell without change ({options.schools} of each of "
        f"three kinds and two densities), {6 * options.planted} "
        f"in each with one; {SWAPS} swaps. "
        f"Before the factor a size has a standard error of at most "
        f"{100 * _power_page.largest_error(cells):.0f} % of itself."
    )
    written = _power_page.parts(cells, only_central, made)
    fill(options.page, written)
    if set(options.people) >= set(PEOPLE):
        _power_page.write_sizes(cells, options.sizes, made)
    for name, text in written.items():
        print(f"{name}\n\n{text}\n")
    print(f"The tables stand in {options.page}.")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Whoever starts this in the background sets Ctrl-C aside; to be stopped so it is made.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
