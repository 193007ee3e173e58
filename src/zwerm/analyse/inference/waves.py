"""Two waves or more beside each other: what rose, what fell, and what cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from zwerm.analyse.figures import groups_of
from zwerm.analyse.inference.chance import rng_of
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.waves import in_order
from zwerm.analyse.words import Fault, Sentence, sentence
from zwerm.analysis.change import (
    FAMILY,
    Change,
    Parts,
    Stayers,
    change_of,
    composition_of,
    falling_back,
    stayers_of,
)
from zwerm.analysis.change.verdicts import Figure

Values = npt.NDArray[np.float64]
Progress = Callable[[float], None]

NAMES = {
    "mean_named": "mean_named",
    "reciprocity": "reciprocity",
    "centralization": "indegree_centralization",
    "coupling": "coupling",
    "gini": "gini_indegree",
    "across": "across_share",
    "unnamed_share": "unnamed_share",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Two successive waves of one network."""

    earlier: Network
    later: Network
    stayers: Stayers
    change: Change
    parts: dict[str, Parts]

    @property
    def told(self) -> tuple[Figure, ...]:
        """The figures whose verdict a person reads: of coupling where a position was named."""
        return tuple(one for one in FAMILY if one != "coupling" or self.later.position is not None)

    def as_json(self) -> dict[str, object]:
        change, arcs = self.change, self.change.arcs
        return {
            "from": self.earlier.wave,
            "to": self.later.wave,
            "people": change.people,
            "came": self.stayers.came,
            "went": self.stayers.went,
            "answered_twice": change.answered_twice,
            "arcs": {
                "kept": arcs.kept,
                "made": arcs.made,
                "ended": arcs.ended,
                "jaccard": arcs.jaccard,
                "stability": arcs.stability,
            },
            "figures": {NAMES[name]: self.figure(name) for name in FAMILY},
            "without_verdict": {
                NAMES.get(name, name): {
                    "difference": one.difference,
                    "interval": [one.low, one.high],
                }
                for name, one in change.without_verdict.items()
            },
        }

    def figure(self, name: str) -> dict[str, object]:
        """The verdict on one figure, and how much of its difference is who came and went."""
        verdict = {str(one): found for one, found in self.change.verdicts.items()}[name]
        whole = self.parts.get(name)
        said: dict[str, object] = {
            "verdict": verdict.word,
            "reason": verdict.reason,
            "difference": verdict.difference,
            "interval": None if verdict.low is None else [verdict.low, verdict.high],
            "p": verdict.p,
        }
        if whole is not None:
            said |= {"whole": whole.whole, "composition": whole.composition}
        return said


@dataclass(frozen=True, slots=True)
class Course:
    """All waves of one network in their order, each beside the one before it."""

    name: str
    compared: list[Compared]

    @property
    def falling(self) -> dict[str, str | None]:
        """Of each figure whether it falls back at the last wave."""
        return {
            NAMES[name]: falling_back([one.change.verdicts[name].word for one in self.compared])
            for name in FAMILY
        }

    def as_json(self) -> dict[str, object]:
        return {
            "comparisons": [one.as_json() for one in self.compared],
            "falling_back": self.falling,
        }


def courses_of(
    networks: Sequence[Network], options: Options, progress: Progress | None = None
) -> tuple[list[Course], list[Sentence]]:
    """Compare every network with itself one wave earlier.

    Raises:
        Fault: no two waves can be compared anywhere.
    """
    if any(one.is_undirected for one in networks):
        raise Fault("change_undirected")
    pairs = list(successive(networks))
    courses: dict[str, Course] = {}
    noted: list[Sentence] = []
    for place, (earlier, later) in enumerate(pairs):
        if set(earlier.people.ids).isdisjoint(later.people.ids):
            noted.append(sentence("waves_share_nobody", one=earlier.name, other=later.name))
            continue
        part = part_of(progress, place, len(pairs))
        course = courses.setdefault(later.group, Course(later.group, []))
        course.compared.append(compared(earlier, later, options, part))
    if not courses:
        raise Fault("no_change", column=options.wave)
    return list(courses.values()), noted


def part_of(progress: Progress | None, place: int, pairs: int) -> Progress | None:
    return (lambda share: progress((place + share) / pairs)) if progress else None


def successive(networks: Sequence[Network]) -> Iterator[tuple[Network, Network]]:
    """Each wave of a network with the next one."""
    groups: dict[str, list[Network]] = {}
    for one in networks:
        groups.setdefault(one.group, []).append(one)
    for same in groups.values():
        by_wave = {one.wave: one for one in same}
        ordered = [by_wave[wave] for wave in in_order(list(by_wave))]
        yield from pairwise(ordered)


def compared(
    earlier: Network, later: Network, options: Options, progress: Progress | None
) -> Compared:
    """What changed among the people of both waves; team and position are those of the later."""
    stayers = stayers_of(earlier.arcs, later.arcs, earlier.people.ids, later.people.ids)
    place = stayers.place_after
    change = change_of(
        stayers.before,
        stayers.after,
        rng=rng_of(options.seed, "change", earlier.name, later.name),
        group=None if later.team is None else groups_of(later.team)[1][place],
        leader=None if later.position is None else later.position[place],
        progress=progress,
    )
    parts = composition_of(
        earlier.arcs,
        later.arcs,
        change,
        leader_before=earlier.position,
        leader_after=later.position,
    )
    return Compared(
        earlier, later, stayers, change, {str(name): one for name, one in parts.items()}
    )
