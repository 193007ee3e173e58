"""Schools that answer anything, and a walk through a snapshot that knows every number in it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from zwerm.analysis.disclosure import Shown, least_answered, may_be_chance, show_intervals
from zwerm.analysis.disclosure.intervals import FIGURES
from zwerm.analysis.response import edges
from zwerm.scans.library.questionnaire import questionnaire
from zwerm.scans.library.texts import Text
from zwerm.scans.models import Group, RosterEntry, Scan
from zwerm.scans.results.arrays import Asked, relation
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
    for figure in line.get("coherence", {}).values():
        check_coefficient(figure, people)


def check_coefficient(figure: dict[str, Any], people: int) -> None:
    """Alpha and its like: to one decimal, from 50 people, and never at an end."""
    if not figure["shown"]:
        assert set(figure) == {"shown", "reason"}
        return
    assert people >= 50
    assert (figure["kind"], figure["step"]) == ("number", 0.1)
    assert 0.1 <= figure["value"] <= 0.9
    assert math.isclose(10 * figure["value"], round(10 * figure["value"]), abs_tol=1e-6)


PLACES = re.compile(
    r"""\.figures\.\w+\.(value|step) | \.profile\.(value|step)
      | \.response\.(low|high) | \.groups\.nodes\[\]\.members | \.groups\.blocks\[\]\.(a|b)
      | \.scales\[\]\.(disagree|between|agree)\.(value|step)
      | \.scales\[\]\.coherence\.(alpha|omega|rwgj|icc)\.(value|step)
      | \.members | \.schema | \.audit\.(sets|smallest)
      | \.scan\.floors\.(network|scale|comments)
      | \.previous\.figures\.\w+\.(value|step) | \.change\.(joined|left)
      | (\.previous)?\.intervals\.\w+\.(completion|remeasurement)\.(down|up)""",
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
    check_response(content["response"], len(asked.entries))
    assert content["intervals"] == intervals_of_published(content, asked)
    if content["groups"]["shown"]:
        sizes = [node["members"] for node in content["groups"]["nodes"]]
        assert sum(sizes) == len(asked.entries)


FEWEST_OF_SIZE = {"none": 0, "tiny": 10, "small": 20, "large": 50, "xlarge": 100}


def intervals_of_published(content: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """The intervals again, from nothing but what is published and the roster."""
    response, found = content["response"], {}
    respondents = FEWEST_OF_SIZE[response["size"]]
    inside = sum(entry.is_leader for entry in asked.entries)
    outside = len(asked.entries) - inside
    for name in FIGURES:
        figure = content["figures"][name]
        if not figure["shown"]:
            continue
        shown = Shown(**{key: value for key, value in figure.items() if key != "shown"})
        answered = least_answered(response["low"], response["contract"])
        found[name] = show_intervals(
            name, shown, respondents, members=len(asked.entries), answered=answered
        ).to_json()
        if name == "coupling":
            is_chance = may_be_chance(shown, inside, outside, respondents)
            found[name]["chance"] = "possible" if is_chance else "seldom"
    return found


def check_response(response: dict[str, Any], members: int) -> None:
    """A band of the whole roster, at least ten points wide, and no number of anybody."""
    low, high = response["low"], response["high"]
    if low is None:
        assert (high, members < 10) == (None, True)
        return
    ends = [edge / 100 for edge in (*edges(members), 100)]
    assert ends.index(high) == ends.index(low) + 1
    assert round(high - low, 6) >= 0.1


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

    network_part = network_report(asked, floor=10, draws=draws)
    found = opinions(scan, asked, draws, network_part["groups"])
    return {**network_part, "scales": found.scales, "fit": found.fit}
