"""Everything that one run computes, in the order in which it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from zwerm.analyse.figures import Figures, figures_of, plain
from zwerm.analyse.inference.asked import Asked
from zwerm.analyse.inference.inferred import Inferred, inferred_of, merged
from zwerm.analyse.inference.sure import about_sure, about_wanted, are_wanted
from zwerm.analyse.inference.waves import Course, courses_of
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.progress import Progress
from zwerm.analyse.scale_figures import about_scales
from zwerm.analyse.words import Sentence, Words, sentence
from zwerm.analysis.change import FEWEST_ANSWERS

OF_FIGURES, OF_INFERENCE = 0.3, 0.7
"""Which part of the way the two take, for the bar."""


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of every network by its name, what chance says of them, and what changed."""

    networks: Sequence[Network]
    figures: dict[str, Figures]
    inferred: dict[str, Inferred] = field(default_factory=dict)
    courses: list[Course] = field(default_factory=list)
    noted: list[Sentence] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """`networks`, and `change` when there are waves."""
        said: dict[str, object] = {
            "networks": {
                name: plain(merged(figures.as_json(), self.inferred.get(name)))
                for name, figures in self.figures.items()
            }
        }
        if self.courses:
            said["change"] = {one.name: plain(one.as_json()) for one in self.courses}
        return said


def results_of(
    networks: Sequence[Network], asked: Asked, options: Options, words: Words
) -> Results:
    """Compute all of it, with the progress of long work on the terminal.

    Raises:
        Fault: a term or a wave cannot be used; says which, and what to do.
    """
    progress = Progress()
    figures = {}
    for place, one in enumerate(networks):
        way = stretch(progress, words, one.name, (place, len(networks)), (0.0, OF_FIGURES))
        figures[one.name] = figures_of(one, options.seed, way)
    courses, noted = changes(networks, options, words, progress)
    stability = measured(courses)
    has_intervals = are_wanted(networks, options)
    inferred = {}
    for place, one in enumerate(networks):
        way = stretch(progress, words, one.name, (place, len(networks)), (OF_FIGURES, OF_INFERENCE))
        steady = stability.get(one.name)
        inferred[one.name] = inferred_of(one, asked, options, has_intervals, steady, way)
    progress.clear()
    noted = [*about_positions(networks, figures), *noted, *about_wanted(networks, options)]
    for name, found in figures.items():
        noted += about_scales(name, found.scales)
    noted += about_chance(inferred, words)
    return Results(networks, figures, inferred, courses, noted)


def stretch(
    progress: Progress,
    words: Words,
    name: str,
    place: tuple[int, int],
    part: tuple[float, float],
) -> Callable[[float], None]:
    """Of the whole way, the part of one network: number `place[0]` of `place[1]`."""
    start = part[0] + part[1] * place[0] / place[1]

    def done(share: float) -> None:
        said = words("computing", name=name) if place[1] > 1 else words("computing_only")
        progress(said, start + part[1] * share / place[1])

    return done


def changes(
    networks: Sequence[Network], options: Options, words: Words, progress: Progress
) -> tuple[list[Course], list[Sentence]]:
    """Each wave beside the one before it, where waves were asked for."""
    if options.wave is None:
        return [], []

    def done(_share: float) -> None:
        progress(words("doing_change"), OF_FIGURES)

    return courses_of(networks, options, done)


def measured(courses: Sequence[Course]) -> dict[str, float]:
    """How stable answers proved to be between two waves, for both of them, where enough answered.

    Real change lowers it, so intervals that rest on it are rather too wide than too narrow.
    """
    found: dict[str, float] = {}
    for course in courses:
        for one in course.compared:
            steady = one.change.arcs.stability
            if steady is not None and one.change.answered_twice >= FEWEST_ANSWERS:
                found.setdefault(one.earlier.name, steady)
                found[one.later.name] = steady
    return found


def about_positions(networks: Sequence[Network], found: dict[str, Figures]) -> list[Sentence]:
    """Where coupling was asked for and could not be computed."""
    return [
        sentence("no_position" if np.isnan(one.position).all() else "no_coupling", name=one.name)
        for one in networks
        if one.position is not None and found[one.name].coupling is None
    ]


def about_chance(inferred: dict[str, Inferred], words: Words) -> list[Sentence]:
    """Which tests and intervals are not there, and why."""
    tests: list[Sentence] = []
    for one in (one for found in inferred.values() for one in found.tested.noted):
        # What holds for a term in both tests is told once.
        if one not in tests:
            tests.append(one)
    sure = {name: found.sure for name, found in inferred.items() if found.sure is not None}
    return [*tests, *about_sure(sure, words)]
