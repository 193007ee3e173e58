"""How sure the figures of one network are: two intervals for each, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zwerm.analyse.figures import groups_of
from zwerm.analyse.inference.chance import rng_of
from zwerm.analyse.networks import Network
from zwerm.analyse.options import Options
from zwerm.analyse.words import Sentence, Words, sentence
from zwerm.analysis.intervals import FIGURES, Interval, Intervals, Reason, intervals_of
from zwerm.analysis.intervals.withheld import FEWEST_MEMBERS, MUCH_ASKED

Progress = Callable[[float], None]

NAMES = {
    "mean_named": "mean_named",
    "reciprocity": "reciprocity",
    "centralization": "indegree_centralization",
    "gini": "gini_indegree",
    "coupling": "coupling",
    "across": "across_share",
    "unnamed_share": "unnamed_share",
}
"""What a figure with an interval is called among the other figures."""

SMALL_COST, COST_OF_A_PAIR = 0.2, 4e-5
MOST_COST = 10.0
"""Seconds, about: above it intervals are made only when they are asked for."""
MOST_MEMBERS = 2_000
"""Every pair has a place in memory; more people would need gigabytes."""


@dataclass(frozen=True, slots=True)
class Sure:
    """The intervals of one network, and the stability that the second kind assumes."""

    found: Intervals
    stability: float

    def as_json(self) -> dict[str, object]:
        """The pairs of each figure, and apart from them why one is withheld."""
        kinds = {
            "completion": self.found.completion,
            "completion_at_random": self.found.completion_at_random,
            "remeasurement": self.found.remeasurement,
        }
        pairs = {
            NAMES[name]: {kind: pair_of(of[name]) for kind, of in kinds.items() if name in of}
            for name in self.found.completion
        }
        return {
            "intervals": pairs,
            "intervals_withheld": self.withheld,
            "stability": self.stability,
            "silent_asked_ratio": self.found.silent_asked_ratio,
        }

    @property
    def withheld(self) -> dict[str, dict[str, str]]:
        """Why there is no interval, by the figure and the kind."""
        kinds = {"completion": self.found.withheld, "remeasurement": self.found.withheld_again}
        return {
            NAMES[name]: {kind: str(of[name]) for kind, of in kinds.items() if name in of}
            for name in FIGURES
            if any(name in of for of in kinds.values())
        }


def pair_of(one: Interval) -> list[float]:
    return [one.low, one.high]


def cost_of(networks: Iterable[Network]) -> float:
    """About how many seconds the intervals of these networks take."""
    return sum(SMALL_COST + COST_OF_A_PAIR * len(one.people) ** 2 for one in networks)


def are_wanted(networks: Sequence[Network], options: Options) -> bool:
    """Whether intervals are made: as asked, else when something is written and it is quick."""
    if options.intervals is False or any(cannot(one) for one in networks):
        return False
    return bool(options.intervals) or (bool(options.outputs) and cost_of(networks) <= MOST_COST)


def cannot(one: Network) -> bool:
    """Whether a network can have no intervals at all, whoever asks."""
    return one.is_undirected or len(one.people) > MOST_MEMBERS


def about_wanted(networks: Sequence[Network], options: Options) -> list[Sentence]:
    """Why there are no intervals where one would expect them."""
    if any(one.is_undirected for one in networks):
        return [sentence("intervals_undirected")] if options.intervals else []
    if options.intervals and (large := [one.name for one in networks if cannot(one)]):
        return [sentence("intervals_too_large", names=", ".join(large), most=MOST_MEMBERS)]
    if options.intervals is not None or not options.outputs or cost_of(networks) <= MOST_COST:
        return []
    seconds = round(cost_of(networks))
    return [sentence("intervals_left_out", seconds=seconds)]


def sure_of(
    network: Network,
    options: Options,
    stability: float,
    progress: Progress | None = None,
) -> Sure:
    """The intervals of one network. The same seed gives the same, whatever else is asked."""
    if len(network.people) < FEWEST_MEMBERS:
        return Sure(none_of(network), stability)
    if progress:
        progress(0.0)
    team = None if network.team is None else groups_of(network.team)[1]
    found = intervals_of(
        network.arcs,
        rng=rng_of(options.seed, "intervals", network.name),
        group=team,
        leader=leaders_of(network),
        stability=stability,
        progress=progress,
    )
    return Sure(found, stability)


def none_of(network: Network) -> Intervals:
    """What is known of so few people: nothing, and that is the reason for each figure."""
    has = {"coupling": leaders_of(network) is not None, "across": network.team is not None}
    few: Reason = "few_members"
    withheld = {figure: few for figure in FIGURES if has.get(figure, True)}
    return Intervals({}, {}, {}, {}, {}, withheld, {}, None)


def leaders_of(network: Network) -> npt.NDArray[np.bool_] | None:
    """Who is a formal leader; None unless the position is leader or not."""
    if network.position is None:
        return None
    places = np.unique(network.position[~np.isnan(network.position)])
    return network.position == 1 if places.tolist() == [0.0, 1.0] else None


def about_sure(found: Mapping[str, Sure], words: Words) -> list[Sentence]:
    """Which intervals are withheld and why, the same said once for all networks it holds for.

    That a handful of people has no intervals at all is told in the report and in the JSON only.
    """
    said: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for name, sure in found.items():
        if not sure.found.observed:
            continue
        kinds = (("withheld", sure.found.withheld), ("withheld_again", sure.found.withheld_again))
        for kind, reasons in kinds:
            for reason in dict.fromkeys(reasons.values()):
                figures = tuple(one for one in FIGURES if reasons.get(one) == reason)
                said.setdefault((kind, reason, figures), []).append(name)
    withheld = [
        sentence(
            kind,
            names=", ".join(names),
            figures=", ".join(words(f"figure_{NAMES[one]}") for one in figures),
            reason=words(f"reason_{reason}"),
        )
        for (kind, reason, figures), names in said.items()
    ]
    return [*withheld, *about_silent(found, words)]


def about_silent(found: Mapping[str, Sure], words: Words) -> list[Sentence]:
    """Where the silent are much asked, how much."""
    return [
        sentence("silent_much_asked", name=name, ratio=words.number(ratio, 2))
        for name, sure in found.items()
        if (ratio := sure.found.silent_asked_ratio) is not None and ratio > MUCH_ASKED
    ]
