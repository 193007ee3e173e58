"""From sealed answers to the snapshot: right figures, and nothing exact among them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.scans.answered import (
    answer_all,
    close,
    give,
    make_people,
    make_scan,
    release,
    roster,
)
from tests.scans.invented import (
    PLACES,
    Invented,
    check_snapshot,
    check_value,
    content_of,
    numbers,
    schools,
)
from zwerm.analysis import network
from zwerm.analysis.coupling import coupling
from zwerm.people.models import School
from zwerm.scans.models import RosterEntry, Scan
from zwerm.scans.results.arrays import Asked, read_asked
from zwerm.scans.results.audit import as_rows, audit_report, published_sums


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


def test_a_scan_that_opened_after_midnight_opened_that_day_in_amsterdam(school: School) -> None:
    staff = make_people(school, [12])
    scan = make_scan(school, staff)
    answer_all(scan, staff)
    half_past_midnight = dt.datetime(2026, 11, 2, 23, 30, tzinfo=dt.UTC)
    Scan.objects.filter(pk=scan.pk).update(opened_at=half_past_midnight)
    scan.refresh_from_db()
    close(scan)
    assert snapshot(scan)["scan"]["opened_on"] == "2026-11-03"


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


def sizes_on_map(scan: Scan) -> list[int]:
    """From small to large: teams stand in the order of their names, "Team 10" before "Team 9"."""
    return sorted(node["members"] for node in snapshot(scan)["groups"]["nodes"])


def test_the_map_counts_everybody_on_the_roster_also_who_objected(school: School) -> None:
    staff = make_people(school, [14, 15])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member=staff[0]).update(may_be_named=False)
    answer_all(scan, staff)
    close(scan)
    assert sizes_on_map(scan) == [14, 15]


def test_the_map_counts_who_objected_and_stands_in_no_group_that_can_be_seen(
    school: School,
) -> None:
    """Else the sizes on the map would add up to fewer than the school, and tell it."""
    staff = make_people(school, [14, 15])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member=staff[0]).update(may_be_named=False, group=None)
    answer_all(scan, staff)
    close(scan)
    assert sizes_on_map(scan) == [14, 15]
    assert snapshot(scan)["members"] == 29


def test_the_map_counts_a_group_of_which_everybody_objected_with_its_neighbour(
    school: School,
) -> None:
    staff = make_people(school, [14, 15, 3])
    scan = make_scan(school, staff)
    RosterEntry.objects.filter(member__in=staff[29:]).update(may_be_named=False)
    answer_all(scan, staff)
    close(scan)
    assert sizes_on_map(scan) == [15, 17]


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
    rows = as_rows(published_sums(asked, report)).rows
    sizes = sorted(int(row.sum()) for row in rows)
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
