"""How far published figures lie from what everybody would have said: makes the table of widths.

A report says how sure a figure is as the published value plus or minus whole steps. How many
follows from this table and from nothing that a school answered. It is made from invented schools
of `bench.choice`: in nine of ten the figure of everybody lies within.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench import choice
from bench.installation import run
from bench.machine import describe_machine
from bench.spread import table
from zwerm.analysis import disclosure
from zwerm.analysis.disclosure import Shown, ShownIntervals, intervals
from zwerm.analysis.disclosure.figures import CUTS
from zwerm.analysis.disclosure.intervals import WORDS
from zwerm.analysis.response import Contract, band_of, contract, reach_of

Values = npt.NDArray[np.float64]
Many = npt.NDArray[np.bool_]

MEMBERS = (12, 16, 20, 25, 32, 50, 84, 150, 250)
RESPONSES = (0.65, 0.80, 0.90)
MEAN_NAMED = (2.0, 3.5, 6.0)
SILENCES: tuple[choice.Silence, ...] = ("at_random", "less_connected")
QUIET = (0.0, 0.25)
"""What part of a school names hardly anybody: in real schools none up to four in ten."""
ARCS = 4_000_000
"""So many possible arcs are drawn at once: what fits in memory."""
FEWEST = 50
"""Of fewer invented schools nine in ten say nothing."""
LEAST_LEADERS = 10
"""Fewer are never shown apart."""
TARGET = Path(intervals.__file__).with_name("widths.json")


@dataclass(frozen=True)
class Seen:
    """Many schools of one size and response: what was observed, and what was to be known."""

    kind: choice.Kind
    observed: dict[str, Values]
    everybody: dict[str, Values]
    next_week: dict[str, Values]
    answered: int


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    if options.write:
        TARGET.write_text(written(made(options.schools, options.seed)), encoding="utf-8")
        intervals.widths.cache_clear()
        print(f"written: {TARGET.name}\n", flush=True)
    rows = []
    for row in coverage(options.schools, options.seed + 1):
        rows.append(row)
        print("  ".join(row), flush=True)
    print(f"\n{table(HEADS, rows)}\n")
    print("Of the published bands, rounding and all, in schools the table was not made from:")
    print("all; the least of any kind of school; how many of the kinds lie under .80 by more than")
    print("two standard errors; and the width from end to end, in the unit of the figure.")
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench widths", description=__doc__)
    parser.add_argument("--schools", type=int, default=240, help="of each kind and mean (240)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="make the table anew")
    return parser.parse_args()


# --- invented schools --------------------------------------------------------


def lived(people: int, response: float, schools: int, seed: int) -> list[Seen]:
    """Every kind, mean and silence of this size, with and without quiet people, asked twice."""
    count = min(schools, max(20, ARCS // people**2))
    rng = np.random.default_rng([seed, people, round(100 * response)])
    return [
        live(people, response, (kind, mean, silence, quiet), count, rng)
        for kind in choice.KINDS
        for mean in MEAN_NAMED
        for silence in SILENCES
        for quiet in QUIET
    ]


def live(
    people: int,
    response: float,
    school: tuple[choice.Kind, float, choice.Silence, float],
    count: int,
    rng: np.random.Generator,
) -> Seen:
    """The weaker of the two worlds: about half the ties are named again next week."""
    kind, mean, silence, quiet = school
    density: choice.Density = "dense" if mean > 4 else "sparse"
    temper = replace(choice.temper_of(people, kind, density, "B"), mean_named=mean)
    lasting = choice.schools(people, count, rng)
    talkative = quietened(lasting.talkative, quiet, rng)
    lasting = replace(lasting, leader=leaders(people), talkative=talkative)
    ties, again = (choice.occasion(lasting, temper, rng) for _ in range(2))
    respondents = choice.respondents(ties, response, silence, rng)
    observed = choice.figures(ties & respondents[:, :, None], lasting.team, lasting.leader)
    answered = int(respondents[0].sum())
    observed["mean_named"] = observed["mean_named"] * people / answered
    everybody, next_week = (
        choice.figures(one, lasting.team, lasting.leader) for one in (ties, again)
    )
    return Seen(kind, observed, everybody, next_week, answered)


def quietened(talkative: Values, quiet: float, rng: np.random.Generator) -> Values:
    """Some of the people name hardly anybody, and the others so many more: the mean stays."""
    is_quiet = rng.random(talkative.shape) < quiet
    return np.where(is_quiet, 0.02, talkative / (1 - quiet))


def leaders(people: int) -> Many:
    """Leaders spread over the teams: as few as a report may speak of."""
    number = min(people // 2, max(LEAST_LEADERS, round(0.12 * people)))
    found = np.zeros(people, dtype=bool)
    found[np.linspace(0, people - 1, number).round().astype(int)] = True
    return found


# --- the table ---------------------------------------------------------------


def made(schools: int, seed: int) -> dict[str, Any]:
    """How far below and above, for each figure, response and size."""
    rows: dict[str, list[list[Any]]] = {name: [] for name in intervals.ROWS}
    for response in RESPONSES:
        cells = []
        for people in MEMBERS:
            print(f"inventing schools of {people}, {response:.0%} answered", flush=True)
            cells.append(lived(people, response, schools, seed))
        for name, row in rows.items():
            row.append([width(name, cell) for cell in cells])
    return {"members": MEMBERS, "responses": RESPONSES, "schools": schools, "widths": rows}


def width(row: str, cell: list[Seen]) -> list[float]:
    """Completion down and up, and the same of next week: as wide as the widest kind needs."""
    of_kinds = [[one for one in cell if one.kind == kind] for kind in choice.KINDS]
    return [max(four) for four in zip(*(width_of(row, some) for some in of_kinds), strict=True)]


def width_of(row: str, cell: list[Seen]) -> list[float]:
    """The same of one kind of school; nothing where it has hardly any such school."""
    name, _, part = row.partition(" ")
    observed = np.concatenate([one.observed[name] for one in cell])
    kept = np.isfinite(observed) & of_part(observed, part)
    if kept.sum() < FEWEST:
        return [0.0] * 4
    found: list[float] = []
    for truth in ("everybody", "next_week"):
        values = np.concatenate([getattr(one, truth)[name] for one in cell])[kept]
        found += (
            moves(observed[kept], values) if part in WORDS else apart(name, observed[kept], values)
        )
    return [round(max(0.0, float(one)), 4) for one in found]


def of_part(observed: Values, part: str) -> Many:
    """Which schools a row of the table is about."""
    if part in WORDS:
        is_word: Many = word_number(observed) == WORDS.index(part)
        return is_word
    if part:
        is_uneven: Many = observed >= intervals.UNEVEN
        return is_uneven if part == "uneven" else ~is_uneven
    return np.ones(len(observed), dtype=bool)


def apart(name: str, observed: Values, truth: Values) -> tuple[float, float]:
    """How far below and above what was observed nine in ten lie."""
    if name == "mean_named":
        some = (observed > 0) & (truth > 0)
        observed, truth = np.log(observed[some]), np.log(truth[some])
    low, high = np.nanquantile(truth - observed, (0.05, 0.95))
    return -low, high


def moves(observed: Values, truth: Values) -> tuple[float, float]:
    """In what part of the schools the word would be a lower one, or a higher one."""
    steps = word_number(truth) - word_number(observed)
    return float((steps < 0).mean()), float((steps > 0).mean())


def word_number(values: Values) -> npt.NDArray[np.int64]:
    return np.digitize(values, CUTS["centralization"])


def written(content: dict[str, Any]) -> str:
    """One line for each figure and response: a change of the table can be read as one."""
    head = {name: value for name, value in content.items() if name != "widths"}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    rows = [
        f"    {json.dumps(name)}: [\n      "
        + ",\n      ".join(json.dumps(one) for one in row)
        + "\n    ]"
        for name, row in content["widths"].items()
    ]
    return "\n".join(["{", *lines, '  "widths": {', ",\n".join(rows), "  }", "}", ""])


# --- does it hold? -----------------------------------------------------------

ENOUGH = 20
HEADS = (
    *("members", "answered", "figure"),
    *("all", "least", "under", "width"),
    *("next week", "least", "under", "width"),
)
GOAL = 0.8


def coverage(schools: int, seed: int) -> Any:
    """Publish each figure as a report does, and count how often the truth lies in its band."""
    for people in MEMBERS:
        for response in RESPONSES:
            cell = lived(people, response, schools // 4, seed)
            for name in intervals.FIGURES:
                yield from line(people, name, cell, seed)


def line(people: int, name: str, cell: list[Seen], seed: int) -> Any:
    rng = np.random.default_rng([seed, people])
    found = [counted(people, name, one, rng) for one in cell]
    # A handful of schools says nothing of how often.
    kept = [np.array(one) for one in found if len(one) >= ENOUGH]
    if not kept:
        return
    mean = np.concatenate(kept).mean(axis=0)
    said = [part for place in (0, 1) for part in in_words(kept, mean, place)]
    yield (str(people), str(cell[0].answered), name, *said)


def in_words(kept: list[Values], mean: Values, place: int) -> list[str]:
    """How often the truth was within, the worst kind, how many kinds are too low, how wide."""
    shares = [float(one[:, place].mean()) for one in kept]
    errors = [math.sqrt(GOAL * (1 - GOAL) / len(one)) for one in kept]
    under = sum(share < GOAL - 2 * error for share, error in zip(shares, errors, strict=True))
    return [f"{mean[place]:.2f}", f"{min(shares):.2f}", str(under), f"{mean[place + 2]:.2f}"]


def counted(people: int, name: str, seen: Seen, rng: np.random.Generator) -> list[list[float]]:
    """For each school: was the truth within, next week too, and how wide are the bands."""
    found = []
    triples = zip(seen.observed[name], seen.everybody[name], seen.next_week[name], strict=True)
    for observed, *truths in triples:
        shown, bands = published(name, observed, people, seen.answered, rng)
        if shown is None or bands is None:
            continue
        both = [within(name, shown, one) for one in (bands.completion, bands.remeasurement)]
        pairs = zip(truths, both, strict=True)
        is_in = [low - 1e-9 <= truth <= high + 1e-9 for truth, (low, high) in pairs]
        found.append([*map(float, is_in), *(high - low for low, high in both)])
    return found


def within(name: str, shown: Shown, steps: intervals.Steps) -> tuple[float, float]:
    """The ends of a band; of a word those of the words."""
    if shown.kind != "word":
        return intervals.ends(name, shown, steps)
    low, high = (WORDS.index(one) for one in intervals.reach(name, shown, steps))
    edges = (0.0, *CUTS[name], 1.0)
    return edges[low], edges[high + 1]


def published(
    name: str, value: float, people: int, answered: int, rng: np.random.Generator
) -> tuple[Shown | None, ShownIntervals | None]:
    """One figure with its intervals, as the report of such a school would publish it."""
    agreed = contract(answered, people)
    shown = figure(name, value, people, answered, agreed, rng) if math.isfinite(value) else None
    if not isinstance(shown, Shown):
        return None, None
    low = reach_of(band_of(answered, people), people)[0]
    bands = intervals.show_intervals(
        name, shown, answered, members=people, answered=intervals.least_answered(low, agreed)
    )
    return shown, bands if isinstance(bands, ShownIntervals) else None


def figure(
    name: str, value: float, people: int, answered: int, agreed: Contract, rng: np.random.Generator
) -> Any:
    """One figure as it would be published."""
    if name == "mean_named":
        arcs = round(value * answered)
        return disclosure.show_mean_named(arcs, answered, answered, agreed=agreed, rng=rng)
    if name == "centralization":
        return disclosure.show_centralization(value, answered, agreed=agreed, rng=rng)
    if name == "coupling":
        others = people - LEAST_LEADERS
        return disclosure.show_coupling(
            value, LEAST_LEADERS, others, answered, agreed=agreed, rng=rng
        )
    least = 20 if name == "across" else 0
    return disclosure.show_share(
        name, round(1000 * value), 1000, answered, agreed=agreed, rng=rng, from_respondents=least
    )


if __name__ == "__main__":
    run(main)
