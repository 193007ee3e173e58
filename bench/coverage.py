"""How often the intervals hold what they should, over invented schools; writes its page of docs.

Results are kept in a folder, portion by portion: stop it with Ctrl-C, and start it again to go on.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from functools import partial
from itertools import chain, zip_longest
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path

from bench import _coverage_page
from bench._coverage_fit import measure
from bench._coverage_goals import goals
from bench._coverage_grid import SIZES, Cell, Portion, cells, portions
from bench._coverage_judge import judged
from bench._coverage_mark import mark_of
from bench._coverage_progress import Watch
from bench._coverage_real import Deletion, deletions, resemblance
from bench._coverage_real import measure as measure_real
from bench._coverage_score import Score, rows_of, score
from bench._coverage_store import ROOT, Store

PAGE = ROOT / "docs/methods/coverage.md"
FOLDER = ROOT / "data/coverage"
STOPPED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Measure what is not yet measured, write the page, and say whether the goals hold."""
    options = read_options(words)
    store = Store(options.folder, mark_of(options.draws))
    grid = list(cells(options.sizes, stress=not options.goal_only))
    try:
        if not options.only_page:
            wanted = pieces(grid, options)
            fill_store(store, wanted, options.draws, options.jobs)
        return tell(store, grid, options)
    except KeyboardInterrupt:
        print(
            f"\nStopped. What was measured is kept in {store.folder}; start again to go on.",
            file=sys.stderr,
        )
        return STOPPED


def read_options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench coverage", description=__doc__)
    parser.add_argument(
        "--networks", type=int, default=100, help="schools per cell of the goals (100)"
    )
    parser.add_argument(
        "--harder", type=int, default=20, help="schools per cell of a harder silence (20)"
    )
    parser.add_argument("--draws", type=int, default=500, help="draws per school (500)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="people (12 25 60 150)")
    parser.add_argument(
        "--goal-only", action="store_true", help="no harder silences, no real schools"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="at once (all cores)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where results are kept")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--only-page", action="store_true", help="measure nothing more")
    return parser.parse_args(words)


def pieces(grid: Sequence[Cell], options: argparse.Namespace) -> list[Portion | Deletion]:
    """All work, a portion of every cell before the next of any: whenever it stops, all is as sure.

    The real schools, when they are there, come after the first portions.
    """
    rounds = zip_longest(*(portions(cell, schools_of(cell, options)) for cell in grid))
    first, *more = ([one for one in portion if one] for portion in rounds)
    real_ones = [] if options.goal_only else list(deletions())
    return [*first, *real_ones, *chain.from_iterable(more)]


def schools_of(cell: Cell, options: argparse.Namespace) -> int:
    """How many schools of a cell are measured: the goals ask for more than the harder silences."""
    return int(options.networks if cell.is_of_the_goal() else options.harder)


def fill_store(store: Store, wanted: Sequence[Portion | Deletion], draws: int, jobs: int) -> None:
    """Measure every piece of work that is not in the folder yet, so many at once."""
    missing = [piece for piece in wanted if not store.has(piece)]
    print(f"{len(wanted) - len(missing)} of {len(wanted)} portions are there already.", flush=True)
    watch = Watch([piece.people for piece in missing])
    with workers(jobs) as pool:
        for people, seconds in pool.imap_unordered(partial(measured, store, draws), missing):
            watch.done(people, seconds)
    watch.clear()


def workers(jobs: int) -> Pool:
    """So many processes, of one thread each: the small matrices of a school gain none by more.

    They start with Ctrl-C ignored, and so they stay: only who started them answers it.
    """
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    answers = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return get_context("spawn").Pool(jobs)
    finally:
        signal.signal(signal.SIGINT, answers)


def measured(store: Store, draws: int, piece: Portion | Deletion) -> tuple[int, float]:
    """Measure one piece and save it; how many people it was about, and how long it took."""
    started = time.monotonic()
    if isinstance(piece, Deletion):
        store.write(piece, measure_real(piece, draws))
    else:
        store.write(piece, measure(piece, draws))
    return piece.people, time.monotonic() - started


def tell(store: Store, grid: Sequence[Cell], options: argparse.Namespace) -> int:
    """Write the page and print the goals; 1 when one is not held, or not all is measured."""
    with workers(options.jobs) as pool:
        wanted = [(cell, schools_of(cell, options)) for cell in grid]
        scores = pool.starmap(partial(scored, store), wanted)
    known = [(cell, one) for cell, one in zip(grid, scores, strict=True) if one is not None]
    if not known:
        print("Nothing was measured yet: leave out --only-page.", file=sys.stderr)
        return 2
    rows = rows_of(known)
    found = goals(rows)
    counts = schools_each(grid, scores)
    made = _coverage_page.made_lines(counts, (options.networks, options.harder), options.draws)
    written = _coverage_page.parts(rows, found, made) | real(store)
    _coverage_page.fill(options.page, written)
    print(made, written["goals"], f"\nThe tables stand in {options.page}.", sep="\n")
    is_whole = all(
        one is not None and one.schools >= some
        for one, (_, some) in zip(scores, wanted, strict=True)
    )
    return 0 if is_whole and all(goal.is_held for goal in found) else 1


def scored(store: Store, cell: Cell, networks: int) -> Score | None:
    """What the intervals of one cell were worth; None when nothing is known of it."""
    found = store.of_cell(cell, networks)
    return None if found is None else score(judged(found))


def schools_each(
    grid: Sequence[Cell], scores: Sequence[Score | None]
) -> tuple[dict[int, int], dict[int, int]]:
    """Per size, the schools of the cell with fewest: of the goals, and of the harder silences."""
    goal: dict[int, int] = {}
    harder: dict[int, int] = {}
    for cell, one in zip(grid, scores, strict=True):
        counts = goal if cell.is_of_the_goal() else harder
        number = one.schools if one else 0
        counts[cell.people] = min(number, counts.get(cell.people, number))
    return goal, harder


def real(store: Store) -> dict[str, str]:
    """The parts about the real schools; none when not measured: the page then keeps them."""
    found = [(deletion, store.read(deletion)) for deletion in deletions()]
    scores = [(deletion, score(judged(one))) for deletion, one in found if one is not None]
    if not found or len(scores) < len(found):
        print("The real schools were not measured: what the page says of them stays as it is.")
        return {}
    return _coverage_page.real_parts(scores, resemblance())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Whoever starts this in the background sets Ctrl-C aside; to be stopped so it is made.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
