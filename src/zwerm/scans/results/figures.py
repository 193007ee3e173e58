"""A scan's answers to the figures of its report: computed exactly, shown as the rules allow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from zwerm.analysis import disclosure, network, response
from zwerm.analysis.coupling import coupling
from zwerm.analysis.disclosure import Shown, Withheld
from zwerm.scans.models import Scan, Snapshot
from zwerm.scans.results.arrays import Asked, Relation, leaders, relation
from zwerm.scans.results.grouping import merged_groups
from zwerm.scans.results.opinions import opinions

SCHEMA = 1
WORDING = "2026-11"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every figure of one report."""

    agreed: response.Contract
    respondents: int
    """Who count: respondents of advice that came in by the roster's address (rule R1)."""
    floor: int
    rng: np.random.Generator

    def share(self, name: str, count: int, possible: int, **more: int) -> Shown | Withheld:
        return disclosure.show_share(
            name,
            count,
            possible,
            self.respondents,
            agreed=self.agreed,
            rng=self.rng,
            floor=self.floor,
            **more,
        )


def figures_of(scan: Scan, asked: Asked, *, rng: np.random.Generator) -> dict[str, Any]:
    """The whole snapshot of schema 1, without what the auditor adds."""
    advice = relation(asked, "advice")
    answered = int(advice.respondents.sum())
    members = len(advice.entries)
    rules = Rules(response.contract(answered, members), advice.eligible, scan.floor_network, rng)
    figures = network_figures(scan, asked, advice, rules)
    lines = opinions(scan, asked, rng)
    return {
        "schema": SCHEMA,
        "wording": WORDING,
        "school": {"name": scan.school.name, "sector": scan.school.sector},
        "scan": about(scan),
        "members": len(asked.entries),
        "response": response_of(rules, answered, members),
        "figures": {name: figure.to_json() for name, figure in figures.items()},
        "profile": profile(figures, rules).to_json(),
        "groups": group_map(scan, advice, rules),
        "scales": lines.scales,
        "fit": lines.fit,
        "previous": previous_of(scan),
    }


def about(scan: Scan) -> dict[str, Any]:
    """What the report says of the scan itself."""
    assert scan.opened_at
    assert scan.closes_on
    assert scan.report_on
    questions = (scan.questionnaire or {}).get("questions", ())
    has_group = bool(scan.post_group_nl and scan.post_group_en)
    return {
        "title": scan.title,
        "topic": {"nl": scan.topic_nl, "en": scan.topic_en},
        "form": scan.form,
        "opened_on": scan.opened_at.date().isoformat(),
        "closed_on": scan.closes_on.isoformat(),
        "report_on": scan.report_on.isoformat(),
        "relations": [one["id"] for one in questions if one["kind"] in {"roster", "kinds"}],
        "post_group": {"nl": scan.post_group_nl, "en": scan.post_group_en} if has_group else None,
        "floors": {
            "network": scan.floor_network,
            "scale": scan.floor_scale,
            "comments": scan.floor_comments,
        },
    }


def response_of(rules: Rules, answered: int, members: int) -> dict[str, Any]:
    """The band of participation and what it allows; no band under ten invited people."""
    number = response.bands(members)
    band = response.band_of(answered, members) if number else 0
    return {
        "low": band / number if number else None,
        "high": (band + 1) / number if number else None,
        "contract": rules.agreed,
        "size": response.size_of(rules.respondents),
    }


def network_figures(
    scan: Scan, asked: Asked, advice: Relation, rules: Rules
) -> dict[str, Shown | Withheld]:
    """Each figure of the network, in one fixed order: the draws of rounding depend on it."""
    if disclosure.is_dominated(advice.ties) and rules.respondents >= rules.floor:
        held = Withheld("dominance")
        figures: dict[str, Shown | Withheld] = dict.fromkeys(
            ("mean_named", "reciprocity", "centralization", "unnamed", "across"), held
        )
    else:
        figures = advice_figures(scan, advice, rules)
    figures |= position_figures(advice, rules)
    figures["outside"] = outside(asked, rules)
    figures |= other_relations(asked, advice, rules)
    return figures


def advice_figures(scan: Scan, advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    ties, arcs = advice.ties, int(advice.ties.sum())
    answered = int(advice.respondents.sum())
    mutual = int((ties & ties.T).sum())
    group = merged_groups(advice, rules.floor).number
    agreed, floor = rules.agreed, rules.floor
    return {
        "mean_named": disclosure.show_mean_named(
            arcs, answered, agreed=agreed, floor=floor, rng=rules.rng
        )
        if rules.respondents >= rules.floor
        else Withheld("few_answers"),
        "reciprocity": rules.share("reciprocity", mutual, arcs),
        "centralization": disclosure.show_centralization(
            network.indegree_centralization(ties),
            rules.respondents,
            agreed=agreed,
            floor=floor,
            rng=rules.rng,
        ),
        "unnamed": disclosure.show_unnamed(
            network.unnamed(ties), len(ties), rules.respondents, agreed=agreed, floor=floor
        ),
        "across": rules.share(
            "across",
            network.across(ties, group),
            network.grouped(ties, group),
            from_respondents=20,
        )
        if len(set(group[group >= 0])) > 1
        else Withheld("no_group"),
    }


def position_figures(advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    """Whether questions follow posts; left out unless both groups are large enough."""
    leader = leaders(advice.entries)
    inside, outside_group = int(leader.sum()), int((~leader).sum())
    names = ("coupling", "leader_staff_share", "leader_arc_share")
    if min(inside, outside_group) < rules.floor:
        return dict.fromkeys(names, Withheld("no_group"))
    named = network.indegree(advice.ties)
    value = coupling(named, leader)
    received = int(named[leader].sum())
    return {
        "coupling": disclosure.show_coupling(
            value,
            inside,
            outside_group,
            rules.respondents,
            agreed=rules.agreed,
            rng=rules.rng,
            floor=rules.floor,
        ),
        "leader_staff_share": rules.share(
            "leader_staff_share", inside, len(leader), from_respondents=20
        ),
        "leader_arc_share": rules.share(
            "leader_arc_share", received, int(named.sum()), from_respondents=20
        ),
    }


def outside(asked: Asked, rules: Rules) -> Shown | Withheld:
    """The share of people who talk about their teaching outside the school."""
    chosen = [one for one in asked.chosen("outside") if one is not None]
    if not chosen:
        return Withheld("not_asked")
    talking = sum(one != ["nobody"] for one in chosen)
    return rules.share("outside", talking, len(chosen), from_respondents=20)


def other_relations(asked: Asked, advice: Relation, rules: Rules) -> dict[str, Shown | Withheld]:
    """One share of working together, and three of taking the lead, for the whole school only."""
    together = relation(asked, "works_together")
    lead = relation(asked, "takes_lead")
    pairs = together.ties | together.ties.T
    confirmed = together.ties & together.ties.T
    named = network.indegree(lead.ties)
    formal = int(named[leaders(lead.entries)].sum())
    overlap = int((lead.ties & advice.ties).sum())
    return {
        "works_together": counted(
            rules, "works_together", int(confirmed.sum()) // 2, int(pairs.sum()) // 2, together
        ),
        "takes_lead_formal_share": counted(
            rules, "takes_lead_formal_share", formal, int(named.sum()), lead
        ),
        "takes_lead_overlap": counted(
            rules, "takes_lead_overlap", overlap, int(lead.ties.sum()), lead
        ),
    }


def counted(rules: Rules, name: str, count: int, possible: int, one: Relation) -> Shown | Withheld:
    """A share over a relation that may not have been asked, and that few may not decide."""
    if not one.respondents.any():
        return Withheld("not_asked")
    if disclosure.is_dominated(one.ties):
        return Withheld("dominance")
    return rules.share(name, count, possible, from_respondents=20)


def profile(figures: dict[str, Shown | Withheld], rules: Rules) -> Shown | Withheld:
    return disclosure.show_profile(
        figures["mean_named"],
        figures["reciprocity"],
        figures["centralization"],
        rules.respondents,
    )


def group_map(scan: Scan, advice: Relation, rules: Rules) -> dict[str, Any]:
    """The map of groups, after those with too few answers joined their neighbour."""
    merged = merged_groups(advice, rules.floor)
    seen = disclosure.show_group_map(
        advice.ties, merged.number, advice.respondents, agreed=rules.agreed, floor=rules.floor
    )
    if isinstance(seen, Withheld):
        return seen.to_json()
    members = [int((merged.number == one).sum()) for one in range(len(merged.names))]
    return seen.to_json(merged.names, members)


def previous_of(scan: Scan) -> dict[str, Any] | None:
    """The published figures of the scan before, if there is one: for drawing "last time"."""
    earlier = Snapshot.objects.filter(scan=scan.previous_id, scan__status="released").first()
    if earlier is None:
        return None
    content = json.loads(earlier.text)
    return {"closed_on": content["scan"]["closed_on"], "figures": content["figures"]}
