"""From sealed answers to the snapshot: right figures, and nothing exact among them."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scans.answered import (
    answer_all,
    close,
    give,
    make_people,
    make_scan,
    release,
    roster,
)
from zwerm.analysis import network
from zwerm.analysis.coupling import coupling
from zwerm.people.models import School
from zwerm.scans.library.questionnaire import questionnaire
from zwerm.scans.library.texts import Text
from zwerm.scans.models import Group, RosterEntry, Scan
from zwerm.scans.results.arrays import Asked, read_asked, relation
from zwerm.scans.results.audit import audit_report, published_sets
from zwerm.scans.results.network import network_report
from zwerm.scans.results.opinions import opinions
from zwerm.scans.sealed import Answers, Given

FORMS = ("short", "long")
TOPIC = Text("taal", "language")


def numbers(content: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number anywhere in a snapshot, with the place where it stands."""
    if isinstance(content, bool) or content is None or isinstance(content, str):
        return
    if isinstance(content, dict):
        for name, inside in content.items():
            yield from numbers(inside, f"{path}.{name}")
    elif isinstance(content, list):
        for inside in content:
            yield from numbers(inside, f"{path}[]")
    else:
        yield path, content


STEPS = {
    r"mean_named": ((10, 1.0), (20, 0.5), (50, 0.2), (100, 0.1)),
    r"centralization": ((20, None), (50, 0.1), (100, 0.05)),
    r"coupling": ((20, 0.25), (40, 0.1)),
    r"reciprocity": ((10, 0.25), (25, 0.1), (50, 0.05)),
    r"share": ((20, 0.25), (25, 0.1), (50, 0.05)),
    r"scale": ((5, None), (20, 0.25), (50, 0.1)),
}


def step_for(table: str, people: int) -> float | None:
    """The one step that is published for so many people."""
    steps = [step for least, step in STEPS[table] if people >= least]
    assert steps, f"{table} of {people} people must not be shown"
    return steps[-1]


def check_figure(name: str, figure: dict[str, Any], people: int) -> None:
    """A figure lies on the grid for so many people, and never says nothing or everything."""
    if not figure["shown"]:
        assert set(figure) == {"shown", "reason"}
        return
    table = name if name in STEPS else "share"
    if figure["kind"] == "word":
        assert not [value for _path, value in numbers(figure)]
        return
    assert set(figure) == {"shown", "kind", "value", "step", "end", "word"}
    assert figure["step"] == step_for(table, people)
    check_value(figure)


def check_value(figure: dict[str, Any]) -> None:
    steps = figure["value"] / figure["step"]
    assert math.isclose(steps, round(steps), abs_tol=1e-6)
    if figure["kind"] == "share":
        assert figure["step"] <= figure["value"] + 1e-9
        assert figure["value"] <= 1 - figure["step"] + 1e-9
    else:
        assert figure["value"] >= figure["step"]


def check_line(line: dict[str, Any], people: int) -> None:
    """One line of the scales; `people` is the most who can have answered it."""
    if line.get("shown") is False:
        return
    sides = [line[side] for side in ("disagree", "between", "agree")]
    steps = {side.get("step") for side in sides}
    assert len(steps) == 1
    if steps != {None}:
        assert steps <= {0.25, 0.1}
        assert people >= {0.25: 20, 0.1: 50}[steps.pop()]
        for side in sides:
            check_value(side)
    if line["family"] != "conditions":
        assert people >= 20


PLACES = re.compile(
    r"""\.figures\.\w+\.(value|step) | \.profile\.(value|step)
      | \.response\.(low|high) | \.groups\.nodes\[\]\.members | \.groups\.blocks\[\]\.(a|b)
      | \.scales\[\]\.(disagree|between|agree)\.(value|step)
      | \.members | \.schema | \.audit\.(sets|smallest)
      | \.scan\.floors\.(network|scale|comments)
      | \.previous\.figures\.\w+\.(value|step)""",
    re.VERBOSE,
)
"""Where a number may stand in a snapshot. A new place fails until somebody says what it may be."""


def check_snapshot(content: dict[str, Any], asked: Asked) -> None:
    """Walk through everything: each number stands in a known place, and on its grid."""
    unknown = [path for path, _value in numbers(content) if not PLACES.fullmatch(path)]
    assert unknown == []
    advice = relation(asked, "advice")
    for name, figure in content["figures"].items():
        if name.startswith(("takes_lead", "works_together", "outside")) and figure["shown"]:
            assert figure["step"] in {0.25, 0.1, 0.05}
            check_value(figure)
            continue
        check_figure(name, figure, advice.eligible)
    for line in content["scales"]:
        check_line(line, int(asked.counts.sum()))
    response = content["response"]
    if response["low"] is not None:
        bands = min(10, len(advice.entries) // 4)
        assert round(response["low"] * bands, 6) == round(response["low"] * bands)
        assert round(response["high"] - response["low"], 6) == round(1 / bands, 6)
    if content["groups"]["shown"]:
        sizes = [node["members"] for node in content["groups"]["nodes"]]
        assert sum(sizes) == len(asked.entries)


@dataclass(frozen=True)
class Invented:
    """Everything that a school may answer, honest or not, made in memory from one seed."""

    people: int
    groups: int
    response: float
    through: float
    objecting: float
    form: str
    density: float
    seed: int

    def asked(self) -> Asked:
        rng = np.random.default_rng(self.seed)
        groups = [Group(name=f"Group {n}", order=n) for n in range(self.groups)]
        for group in groups[1:]:
            group.neighbour = groups[0]
        entries = [self.entry(n, groups, rng) for n in range(self.people)]
        return Asked(entries, [self.answers(n, rng) for n in range(self.people)])

    def entry(self, number: int, groups: list[Group], rng: np.random.Generator) -> RosterEntry:
        has_team = rng.random() > 0.02
        return RosterEntry(
            number=number,
            name=f"Person {number}",
            group=groups[int(rng.integers(len(groups)))] if has_team else None,
            is_leader=bool(rng.random() < 0.25),
            may_be_named=bool(rng.random() >= self.objecting),
        )

    def answers(self, own: int, rng: np.random.Generator) -> Answers | None:
        if rng.random() >= self.response:
            return None
        through = bool(rng.random() < self.through)
        return random_answers(self.form, self.people, own, self.density, rng, through=through)


def schools() -> st.SearchStrategy[Invented]:
    return st.builds(
        Invented,
        people=st.integers(2, 130),
        groups=st.integers(1, 4),
        response=st.sampled_from([0.3, 0.66, 0.82, 1.0]),
        through=st.sampled_from([0.2, 1.0, 1.0]),
        objecting=st.sampled_from([0.0, 0.0, 0.1]),
        form=st.sampled_from(FORMS),
        density=st.sampled_from([0.0, 0.05, 0.15, 0.6, 1.0]),
        seed=st.integers(0, 10**6),
    )


def random_answers(
    form: str, people: int, own: int, density: float, rng: np.random.Generator, *, through: bool
) -> Answers:
    """Answers of one person, some left out."""
    given_: dict[str, Given] = {}
    for question in questionnaire(form, topic=TOPIC).questions:
        if rng.random() < 0.1:
            continue
        if question["kind"] == "roster":
            named = [n for n in range(people) if n != own and rng.random() < density]
            given_[question["id"]] = Given(1, {"named": named, "may_know": []})
        elif question["kind"] == "kinds":
            given_[question["id"]] = Given(1, ["nobody"] if rng.random() < 0.5 else ["network"])
        elif question["kind"] == "item":
            given_[question["id"]] = Given(1, int(rng.integers(0, 6)))
    return Answers(given_, through_roster_address=through)


def content_of(asked: Asked, form: str = "long", seed: int = 1) -> dict[str, Any]:
    """What the snapshot of these answers holds of figures."""
    scan = Scan(questionnaire=questionnaire(form, topic=TOPIC).to_json())

    def draws(name: str) -> np.random.Generator:
        return np.random.default_rng([seed, len(name), *name.encode()])

    found = opinions(scan, asked, draws)
    network_part = network_report(asked, floor=10, draws=draws)
    return {**network_part, "scales": found.scales, "fit": found.fit}


@given(schools())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_exact_value_ever_enters_the_snapshot(invented: Invented) -> None:
    asked = invented.asked()
    check_snapshot(content_of(asked), asked)


@given(schools())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_report_gives_a_few_people_away(invented: Invented) -> None:
    asked = invented.asked()
    report = content_of(asked) | {"scan": {"floors": {"network": 10}}}
    assert audit_report(asked, report).passed


def test_the_walk_finds_a_number_that_stands_where_none_may() -> None:
    content = {"figures": {"mean_named": {"value": 1.0, "arcs": 42}}}
    assert [path for path, _n in numbers(content) if not PLACES.fullmatch(path)] == [
        ".figures.mean_named.arcs"
    ]
    with pytest.raises(AssertionError):
        check_value({"kind": "number", "value": 3.17, "step": 0.5})
    with pytest.raises(AssertionError):
        check_value({"kind": "share", "value": 0.0, "step": 0.25})


def snapshot(scan: Scan) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(scan.snapshot.text)
    return content


@pytest.mark.parametrize(
    ("sizes", "form"), [([13], "short"), ([14, 14], "long"), ([30, 40], "long")]
)
def test_the_stored_snapshot_passes_the_same_walk(
    school: School, sizes: list[int], form: str
) -> None:
    staff = make_people(school, sizes)
    earlier = make_scan(school, staff, form=form, opened_on=dt.date(2025, 11, 3))
    answer_all(earlier, staff)
    release(close(earlier))
    scan = make_scan(school, staff, form=form, previous=earlier, partition=earlier.partition)
    answer_all(scan, staff, seed=4)
    asked = read_asked(scan)
    close(scan)
    check_snapshot(snapshot(scan), asked)
    assert snapshot(scan)["previous"]["figures"]["mean_named"]["shown"]


def test_the_figures_are_those_of_the_answers(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = make_scan(school, staff, leaders=12)
    ties = answer_all(scan, staff)
    entries = roster(scan, staff)
    close(scan)
    figures = snapshot(scan)["figures"]
    team = np.array([entry.group.order for entry in entries if entry.group])
    leader = np.array([entry.is_leader for entry in entries])
    exact = {
        "mean_named": ties.sum() / 60,
        "reciprocity": network.reciprocity(ties),
        "centralization": network.indegree_centralization(ties),
        "across": (ties & (team[:, None] != team[None, :])).sum() / ties.sum(),
        "coupling": coupling(network.indegree(ties), leader),
        "leader_arc_share": ties[:, leader].sum() / ties.sum(),
        "leader_staff_share": 12 / 60,
    }
    assert {name: figures[name]["shown"] for name in exact} == dict.fromkeys(exact, True)
    for name, value in exact.items():
        assert abs(figures[name]["value"] - value) <= figures[name]["step"] / 2 + 1e-9, name


def test_the_order_of_people_does_not_matter(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = make_scan(school, staff, leaders=12)
    answer_all(scan, staff)
    asked = read_asked(scan)
    order = np.random.default_rng(4).permutation(60)
    turned = Asked([asked.entries[i] for i in order], [asked.answers[i] for i in order])
    assert content_of(turned, "short") == content_of(asked, "short")


def test_a_network_that_one_person_decides_is_not_shown_at_all(school: School) -> None:
    staff = make_people(school, [30])
    scan = make_scan(school, staff, leaders=10)
    entries = roster(scan, staff)
    for entry in entries[1:]:
        give(scan, entry, named=[entries[0]])
    give(scan, entries[0])
    close(scan)
    figures = snapshot(scan)["figures"]
    held = {name: one["reason"] for name, one in figures.items() if not one["shown"]}
    assert held["mean_named"] == held["coupling"] == held["leader_arc_share"] == "dominance"
    assert figures["outside"]["shown"]


def test_at_a_low_response_only_that_is_said_also_of_a_dominated_network(school: School) -> None:
    staff = make_people(school, [40])
    scan = make_scan(school, staff)
    entries = roster(scan, staff)
    for entry in entries[1:25]:
        give(scan, entry, named=[entries[0]])
    close(scan)
    held = snapshot(scan)["figures"]
    assert {held[name]["reason"] for name in ("mean_named", "reciprocity", "unnamed")} == {
        "contract"
    }


def test_a_share_that_one_leader_decides_is_not_shown(school: School) -> None:
    staff = make_people(school, [30, 30])
    scan = make_scan(school, staff, leaders=12)
    entries = roster(scan, staff)
    leader = next(entry for entry in entries if entry.is_leader)
    others = [entry for entry in entries if not entry.is_leader]
    for place, entry in enumerate(entries):
        named = [others[(place * 7 + step * 5) % len(others)] for step in range(4)]
        extra = [leader] if place % 2 and entry != leader else []
        give(scan, entry, named=[*(one for one in named if one != entry), *extra])
    close(scan)
    figures = snapshot(scan)["figures"]
    assert figures["mean_named"]["shown"]
    assert figures["leader_arc_share"] == {"shown": False, "reason": "dominance"}


def test_a_relation_that_few_answered_is_not_shown(school: School) -> None:
    staff = make_people(school, [30])
    scan = make_scan(school, staff, form="long")
    entries = roster(scan, staff)
    for place, entry in enumerate(entries):
        around = [entries[(place + step) % 30] for step in (1, 2, 3)]
        more: dict[str, Any] = {} if place < 8 else {"takes_lead": None, "outside": None}
        give(scan, entry, named=around, **more)
    close(scan)
    figures = snapshot(scan)["figures"]
    for name in ("takes_lead_formal_share", "takes_lead_overlap", "outside"):
        assert figures[name] == {"shown": False, "reason": "few_answers"}
    assert figures["works_together"]["shown"]


def test_under_twenty_answers_only_mean_reciprocity_and_conditions_are_shown(
    school: School,
) -> None:
    staff = make_people(school, [19])
    scan = make_scan(school, staff, form="long", leaders=9)
    answer_all(scan, staff)
    close(scan)
    content = snapshot(scan)
    shown = {name for name, figure in content["figures"].items() if figure["shown"]}
    assert shown <= {"mean_named", "reciprocity"}
    assert {line["family"] for line in content["scales"] if line.get("shown", True)} == {
        "conditions"
    }
    assert not content["profile"]["shown"]
    assert not content["groups"]["shown"]


def test_the_map_counts_everybody_on_the_roster_also_who_objected(school: School) -> None:
    staff = make_people(school, [14, 15])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member=staff[0]).update(may_be_named=False)
    answer_all(scan, staff)
    close(scan)
    assert [node["members"] for node in snapshot(scan)["groups"]["nodes"]] == [14, 15]


@pytest.mark.parametrize(("response", "agreed"), [(40, "full"), (32, "full"), (31, "broad"),
                                                  (26, "broad"), (25, "little")])  # fmt: skip
def test_the_response_decides_what_the_report_holds(
    school: School, response: int, agreed: str
) -> None:
    staff = make_people(school, [20, 20])
    scan = make_scan(school, staff, leaders=12)
    answer_all(scan, staff, answered=response)
    close(scan)
    content = snapshot(scan)
    assert content["response"]["contract"] == agreed
    shown = {name for name, figure in content["figures"].items() if figure["shown"]}
    broad = {"mean_named", "reciprocity", "centralization"}
    full = broad | {"coupling", "leader_staff_share", "leader_arc_share", "across", "unnamed"}
    assert shown == {"full": full | {"outside"}, "broad": broad, "little": set()}[agreed]
    assert content["groups"]["shown"] == (agreed == "full")
    assert all(line.get("shown", True) for line in content["scales"])


def test_last_time_stands_beside_now_only_where_it_may(school: School) -> None:
    staff = make_people(school, [30, 30])
    earlier = make_scan(school, staff, opened_on=dt.date(2025, 11, 3))
    answer_all(earlier, staff)
    release(close(earlier))

    def previous(**fields: Any) -> dict[str, Any]:
        scan = make_scan(school, staff, previous=earlier, **fields)
        answer_all(scan, staff)
        found: dict[str, Any] = snapshot(close(scan))["previous"]
        return found

    same = previous(partition=earlier.partition)
    assert same["figures"] == snapshot(earlier)["figures"]
    assert (same["same_topic"], same["same_groups"]) == (True, True)
    other_groups = previous()
    assert set(same["figures"]) - set(other_groups["figures"]) == {"across"}
    other_topic = previous(partition=earlier.partition, topic_nl="rekenen", topic_en="sums")
    assert (other_topic["figures"], other_topic["same_topic"]) == ({}, False)


def test_a_report_that_did_not_appear_is_no_last_time(school: School) -> None:
    staff = make_people(school, [12])
    earlier = make_scan(school, staff, opened_on=dt.date(2025, 11, 3))
    answer_all(earlier, staff)
    close(earlier)
    scan = make_scan(school, staff, previous=earlier, partition=earlier.partition)
    answer_all(scan, staff)
    assert snapshot(close(scan))["previous"] is None


def test_the_auditor_sees_every_set_that_is_published(school: School) -> None:
    staff = make_people(school, [15, 15])
    scan = make_scan(school, staff, leaders=12, form="long")
    answer_all(scan, staff)
    asked = read_asked(scan)
    report = content_of(asked) | {"scan": {"floors": {"network": 10}}}
    sets = published_sets(asked, report)
    sizes = sorted(int(row.sum()) for row in sets)
    assert sizes == [12, *[15] * 4, *[30] * 5]


def test_the_auditor_refuses_a_report_with_too_few_leaders(school: School) -> None:
    """A fault is planted: coupling is published of four leaders."""
    staff = make_people(school, [30])
    scan = make_scan(school, staff, leaders=4)
    answer_all(scan, staff)
    asked = read_asked(scan)
    report = content_of(asked, "short") | {"scan": {"floors": {"network": 10}}}
    assert audit_report(asked, report).passed
    report["figures"]["coupling"] = {"shown": True}
    found = audit_report(asked, report)
    assert (found.passed, found.smallest) == (False, 4)
