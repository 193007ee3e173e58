"""The tables of docs/methods/change.md, and the sizes that the product promises to see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from bench._coverage_page import short
from bench._power_grid import FIGURES, PEOPLE, RESPONSES, Case, cell
from bench._power_measure import EXPECTATIONS, WORDS, Found
from bench._power_score import (
    Share,
    all_trials,
    factors_of,
    is_enough,
    moved,
    relative_error,
    share_of,
    shifted,
    visible,
    wrong_way,
)
from bench.choice import WORLDS, World

HEADS = ("mean named", "reciprocity", "centralization", "coupling")
NOWHERE = "–"
Cells = Mapping[Case, Found]
Factors = Mapping[tuple[str, bool], float]
ALARM_PEOPLE = (25, 60, 84, 120)
PROMISE = 0.10
CANNOT_SAY = WORDS.index("cannot_say")


def parts(cells: Cells, only_central: Cells, made: str) -> dict[str, str]:
    """Every part of the page by its name; of central networks alone there is one."""
    factors = {key: trials.at_power() for key, trials in factors_of(cells).items()}
    return {
        "made": made,
        "promise": promise(cells),
        "alarms": alarms(cells),
        "alarms of expectations": expectations(cells),
        "cannot say": cannot_say(cells),
        "visible": sizes(cells, factors, expected=False),
        "visible when expected": sizes(cells, factors, expected=True),
        "central": central(cells, only_central) if only_central else NOWHERE,
        "factors": factor_table(cells),
        "planted": planted(cells, factors),
    }


def still(cells: Cells) -> Iterator[tuple[Case, Found]]:
    return ((case, found) for case, found in cells.items() if case.moved is None)


def promise(cells: Cells) -> str:
    """All reports without change together: the figure that the promise is about."""
    found = {case: share_of(moved(one)) for case, one in still(cells) if is_enough(case)}
    if not found:
        return NOWHERE
    everything = [one for _case, one in still(cells)]
    reports = Share(
        sum(one.part for one in found.values()), sum(one.whole for one in found.values())
    )
    bare = share_of(np.concatenate([(one.called != 0).any(axis=1) for one in everything]))
    one_by_one = share_of(np.concatenate([one.one_by_one > 0 for one in everything]))
    worst = max(found.values(), key=lambda one: one.value)
    over = sum(one.value > PROMISE for one in found.values())
    return "\n".join(
        [
            f'Of {reports.whole} reports without change, {reports.part} held a "risen" or '
            f'"fallen": {percent(reports)}; upper limit of 95 %: {100 * reports.upper:.1f} %. '
            f"Of {len(found)} cells, {over} lie above 10 %, the highest at {percent(worst)}.",
            f"The test by itself, also where too few answered twice for a verdict, called "
            f"something in {percent(bare)}. Each figure at its own 10 % would have given "
            f"{percent(one_by_one)}.",
        ]
    )


def central(cells: Cells, only_central: Cells) -> str:
    """How much larger a change of centralization must be where a few are asked by all."""
    number = FIGURES.index("centralization")
    ratios = [
        shifted(found, number, expected=False) / shifted(cells[case], number, expected=False)
        for case, found in only_central.items()
        if is_enough(case)
    ]
    return (
        f"In central networks alone, in which a few are asked by all, centralization needs "
        f"{min(ratios):.1f} to {max(ratios):.1f} times the size of the tables, on average "
        f"{np.mean(ratios):.2f} times."
    )


def percent(share: Share) -> str:
    return f"{100 * share.value:.1f} % (s.e. {100 * share.error:.1f})"


def alarms(cells: Cells) -> str:
    """Reports without change that hold a risen or fallen, and what the test calls by itself."""
    lines = []
    for case, found in sorted_still(cells):
        called = share_of((found.called != 0).any(axis=1))
        report = share_of(moved(found))
        lines.append(
            [
                *place(case, found),
                with_error(report) if is_enough(case) else NOWHERE,
                with_error(called),
                with_error(share_of(found.one_by_one > 0)),
            ]
        )
    heads = (*PLACE, "reports with a call", "test by itself", "each figure at its own 10 %")
    return table(heads, lines)


PLACE = ("people", "response", "silent", "answered twice", "stability")


def sorted_still(cells: Cells) -> list[tuple[Case, Found]]:
    chosen = [
        (case, found)
        for case, found in still(cells)
        if case.people in ALARM_PEOPLE and case.response >= 0.8
    ]
    return sorted(
        chosen, key=lambda one: (one[0].people, one[0].world, -one[0].response, one[0].silence)
    )


def place(case: Case, found: Found) -> list[str]:
    silent = case.silence.replace("_", " ") if case.response < 1 else "nobody"
    return [
        str(case.people),
        response(case),
        silent,
        f"{np.mean(found.twice):.0f}",
        short(float(np.nanmean(found.stability))),
    ]


def response(case: Case) -> str:
    return f"{round(100 * case.response)} %"


def cannot_say(cells: Cells) -> str:
    """How often nothing can be said of a figure in which nothing changed."""
    lines = [
        [
            *place(case, found),
            *(short(float((column == CANNOT_SAY).mean())) for column in found.word.T),
        ]
        for case, found in sorted_still(cells)
        if is_enough(case)
    ]
    return table((*PLACE, *HEADS), lines)


def with_error(share: Share) -> str:
    return f"{short(share.value)} ({share.error:.3f})".replace("(0.", "(.")


def expectations(cells: Cells) -> str:
    """The same with an expectation: pooled over its eight kinds, and the worst of them."""
    lines = []
    for case, found in sorted_still(cells):
        if is_enough(case):
            worst = max(share_of(column > 0).value for column in found.alarmed.T)
            met, alarmed = (
                share_of(values[:, tested(found)] > 0) for values in (found.met, found.alarmed)
            )
            lines.append(
                [*place(case, found), short(met.value), short(alarmed.value), short(worst)]
            )
    return table((*PLACE, "came true by chance", "report with any call", "worst of eight"), lines)


def tested(found: Found) -> list[int]:
    """The expectations about figures that are tested in these schools."""
    figures = [not np.isnan(found.alone[:, number]).any() for number in range(len(FIGURES))]
    return [n for n, one in enumerate(EXPECTATIONS) if figures[FIGURES.index(one.figure)]]


def sizes(cells: Cells, factors: Factors, *, expected: bool) -> str:
    """What eight of ten schools see, at each response, for stable and for loose answers."""
    lines = []
    for people, world in product(PEOPLE, WORLDS):
        cases = [cell(people, world, share) for share in RESPONSES]
        if all(case in cells for case in cases) and any(map(is_enough, cases)):
            found = [
                visible(cells[case], factors, expected=expected) if is_enough(case) else {}
                for case in cases
            ]
            stability = short(float(np.nanmean(cells[cases[0]].stability)))
            columns = (" / ".join(size(one.get(name)) for one in found) for name in FIGURES)
            lines.append([str(people), stability, *columns])
    return table(("people", "stability", *HEADS), lines)


def size(value: float | None) -> str:
    return NOWHERE if value is None else short(value)


def factor_table(cells: Cells) -> str:
    """How many times larger a planted change must be than swaps without a change suggest."""
    found = factors_of(cells)
    lines = [
        [
            head,
            *(
                f"{found[name, expected].at_power():.2f} ({found[name, expected].error():.2f})"
                for expected in (False, True)
            ),
        ]
        for head, name in zip(HEADS, FIGURES, strict=True)
        if (name, False) in found
    ]
    return table(("figure", "not expected", "expected"), lines)


def planted(cells: Cells, factors: Factors) -> str:
    """The sizes of the tables beside those that the planted changes of one cell alone give."""
    lines = []
    for head, name in zip(HEADS, FIGURES, strict=True):
        for case, trials in all_trials(cells, name, expected=False).items():
            shift = shifted(cells[case], FIGURES.index(name), expected=False)
            lines.append(
                [
                    head,
                    *place(case, cells[case]),
                    size(shift * factors[name, False]),
                    f"{size(shift * trials.at_power())} ({shift * trials.error():.2f})",
                    short(wrong_way(cells, case, name).value),
                ]
            )
    return table(("figure", *PLACE, "in the table", "here alone", "the wrong way"), lines)


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def largest_error(cells: Cells) -> float:
    """The largest standard error of a size that can be seen, as a share of it."""
    return max(
        relative_error(found, number)
        for case, found in still(cells)
        for number in range(len(FIGURES))
        if is_enough(case) and not np.isnan(found.alone[:, number]).any()
    )


def write_sizes(cells: Cells, path: Path, made: str) -> None:
    """The sizes as data for the product: by stability, rule, figure, response and people."""
    factors = {key: trials.at_power() for key, trials in factors_of(cells).items()}
    worlds = [
        {
            "stability": round(stability_of(cells, world), 3),
            "any": grid(cells, factors, world, expected=False),
            "expected": grid(cells, factors, world, expected=True),
        }
        for world in reversed(WORLDS)
    ]
    data = {"made": made, "people": PEOPLE, "responses": RESPONSES[::-1], "worlds": worlds}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def stability_of(cells: Cells, world: World) -> float:
    found = [one.stability for case, one in still(cells) if case.world == world]
    return float(np.nanmean(np.concatenate(found)))


def grid(
    cells: Cells, factors: Factors, world: World, *, expected: bool
) -> dict[str, list[list[float | None]]]:
    """For each figure a row per response, from low to high, with a size per number of people."""
    found = {
        (people, share): visible(cells[cell(people, world, share)], factors, expected=expected)
        for people, share in product(PEOPLE, RESPONSES)
    }
    return {
        name: [
            [rounded(found[people, share].get(name)) for people in PEOPLE]
            for share in RESPONSES[::-1]
        ]
        for name in FIGURES
    }


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
