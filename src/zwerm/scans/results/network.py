"""The figures of the network: computed exactly, shown as the rules allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zwerm.analysis import disclosure, network, response
from zwerm.analysis.coupling import coupling
from zwerm.analysis.disclosure import Shown, Withheld
from zwerm.scans.results.arrays import Asked, Relation, leaders, relation
from zwerm.scans.results.grouping import merged_groups
from zwerm.scans.results.intervals import figures_and_intervals, sure_enough

Ties = npt.NDArray[np.bool_]
Draws = Callable[[str], np.random.Generator]
"""The draws of random rounding, for each figure its own: none depends on what else is shown."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every figure of one report."""

    agreed: response.Contract
    respondents: int
    """Who count: respondents of advice that came in by the roster's address (rule R1)."""
    floor: int
    draws: Draws

    def share(
        self, name: str, count: int, possible: int, *, from_respondents: int = 0
    ) -> Shown | Withheld:
        """A share `count / possible`, on its grid."""
        return disclosure.show_share(
            name,
            count,
            possible,
            self.respondents,
            agreed=self.agreed,
            rng=self.draws(name),
            floor=self.floor,
            from_respondents=from_respondents,
        )

    def cell(
        self, name: str, cell: Ties, possible: int, *, from_respondents: int = 0
    ) -> Shown | Withheld:
        """The share that the arcs of `cell` are of the possible ones; rule R3 holds for the cell.

        In the lowest band there may be no arcs at all: there nobody can be said to decide it.
        """
        shown = self.share(name, int(cell.sum()), possible, from_respondents=from_respondents)
        is_low = isinstance(shown, Shown) and shown.end == "low"
        return shown if is_low else undominated(shown, cell)

    def among(self, counted: npt.NDArray[np.bool_]) -> Rules:
        """The same rules for a question that fewer people answered: `counted` is who did."""
        return replace(self, respondents=min(self.respondents, int(counted.sum())))


def network_report(asked: Asked, *, floor: int, draws: Draws) -> dict[str, Any]:
    """Response, figures, intervals, profile and map of one scan: what its network publishes.

    Args:
        asked: everybody on the roster, with their answers.
        floor: fewest respondents (rule R1; a school may raise it).
        draws: the draws of random rounding, by the name of the figure.
    """
    advice = relation(asked, "advice")
    rules = Rules(agreed_for(asked), advice.eligible, floor, draws)
    answered = response_of(rules, asked)
    figures, intervals = figures_and_intervals(
        network_figures(asked, advice, rules), answered, rules.respondents, asked
    )
    return {
        "response": answered,
        "figures": {name: figure.to_json() for name, figure in figures.items()},
        "intervals": intervals,
        "profile": profile(figures, rules).to_json(),
        "groups": group_map(asked, advice, rules),
    }


def agreed_for(asked: Asked) -> response.Contract:
    """The class of the response contract, decided on the exact response."""
    members = len(asked.entries)
    return response.contract(asked.took_part, members) if members else "little"


def undominated(shown: Shown | Withheld, cell: Ties) -> Shown | Withheld:
    """A figure that may be shown, unless one or two people decide it (rule R3)."""
    if isinstance(shown, Shown) and disclosure.is_dominated(cell):
        return Withheld("dominance")
    return shown


def response_of(rules: Rules, asked: Asked) -> dict[str, Any]:
    """The band of participation and what it allows; no band under ten invited people.

    Of everybody on the roster, as people saw it while the scan was open: without those who
    object to being named, the number of bands would tell that somebody did.
    """
    members = len(asked.entries)
    low, high = None, None
    if response.bands(members):
        low, high = response.reach_of(response.band_of(asked.took_part, members), members)
    return {
        "low": low,
        "high": high,
        "contract": rules.agreed,
        "size": response.size_of(rules.respondents),
    }


def network_figures(asked: Asked, advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    """Each figure of the network; none of those about advice if one or two people decide it."""
    figures = advice_figures(advice, rules) | position_figures(advice, rules)
    shown = {name: undominated(figure, advice.ties) for name, figure in figures.items()}
    shown = sure_enough(shown, advice)
    shown["outside"] = outside(asked, rules)
    return shown | other_relations(asked, advice, rules)


def advice_figures(advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    ties, arcs = advice.ties, int(advice.ties.sum())
    group = merged_groups(advice, rules.floor).number
    agreed, floor = rules.agreed, rules.floor
    crossing = ties & (group[:, None] != group[None, :])
    return {
        "mean_named": disclosure.show_mean_named(
            arcs,
            advice.answered,
            rules.respondents,
            agreed=agreed,
            rng=rules.draws("mean_named"),
            floor=floor,
        ),
        "reciprocity": rules.cell("reciprocity", ties & ties.T, arcs),
        "centralization": disclosure.show_centralization(
            network.indegree_centralization(ties),
            rules.respondents,
            agreed=agreed,
            rng=rules.draws("centralization"),
            floor=floor,
        ),
        "unnamed": disclosure.show_unnamed(
            network.unnamed(ties), len(ties), rules.respondents, agreed=agreed, floor=floor
        ),
        "across": rules.cell("across", crossing, arcs, from_respondents=20)
        if len(set(group)) > 1
        else Withheld("no_group"),
    }


def position_figures(advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    """Whether questions follow posts; left out unless both groups are large enough."""
    leader = leaders(advice.entries)
    inside, outside_group = int(leader.sum()), int((~leader).sum())
    names = ("coupling", "leader_staff_share", "leader_arc_share")
    if min(inside, outside_group) < rules.floor:
        return dict.fromkeys(names, Withheld("no_group"))
    return {
        "coupling": disclosure.show_coupling(
            coupling(network.indegree(advice.ties), leader),
            inside,
            outside_group,
            rules.respondents,
            agreed=rules.agreed,
            rng=rules.draws("coupling"),
            floor=rules.floor,
        ),
        "leader_staff_share": rules.share(
            "leader_staff_share", inside, len(leader), from_respondents=20
        ),
        "leader_arc_share": rules.cell(
            "leader_arc_share", advice.ties & leader, int(advice.ties.sum()), from_respondents=20
        ),
    }


def outside(asked: Asked, rules: Rules) -> Shown | Withheld:
    """The share of people who talk about their teaching outside the school."""
    answered = [one is not None for one in asked.chosen("outside")]
    if not any(answered):
        return Withheld("not_asked")
    talking = sum(one not in (None, ["nobody"]) for one in asked.chosen("outside"))
    narrowed = rules.among(np.array(answered) & asked.counts)
    return narrowed.share("outside", talking, sum(answered), from_respondents=20)


def other_relations(asked: Asked, advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    """One share of working together, and two of taking the lead, for the whole school only."""
    together = relation(asked, "works_together")
    lead = relation(asked, "takes_lead")
    pairs = np.triu(together.ties | together.ties.T)
    confirmed = np.triu(together.ties & together.ties.T)
    to_leaders = lead.ties & leaders(lead.entries)
    both = lead.ties & advice.ties
    named = int(lead.ties.sum())
    of_lead = rules.among(lead.counted & advice.counted)
    return {
        "works_together": of_relation(
            rules.among(together.counted),
            "works_together",
            confirmed,
            int(pairs.sum()),
            together,
        ),
        "takes_lead_formal_share": of_relation(
            of_lead, "takes_lead_formal_share", to_leaders, named, lead
        ),
        "takes_lead_overlap": of_relation(of_lead, "takes_lead_overlap", both, named, lead),
    }


def of_relation(
    rules: Rules, name: str, cell: Ties, possible: int, one: Relation
) -> Shown | Withheld:
    """A share over a relation that may not have been asked, and that few may not decide."""
    if not one.respondents.any():
        return Withheld("not_asked")
    shown = rules.cell(name, cell, possible, from_respondents=20)
    return undominated(shown, one.ties)


def profile(figures: dict[str, Shown | Withheld], rules: Rules) -> Shown | Withheld:
    return disclosure.show_profile(
        figures["mean_named"],
        figures["reciprocity"],
        figures["centralization"],
        rules.respondents,
    )


def group_map(asked: Asked, advice: Relation, rules: Rules) -> dict[str, Any]:
    """The map of groups, after those with too few answers joined their neighbour.

    A group's size is that of the roster: with those who objected to being named left out, the
    map would tell that somebody in the group did.
    """
    merged = merged_groups(advice, rules.floor)
    seen = disclosure.show_group_map(
        advice.ties,
        merged.number,
        advice.respondents,
        advice.counted,
        agreed=rules.agreed,
        draws=lambda a, b: rules.draws(f"groups {a} {b}"),
        floor=rules.floor,
    )
    if isinstance(seen, Withheld):
        return seen.to_json()
    return seen.to_json(merged.names, merged.sizes(asked.entries))
