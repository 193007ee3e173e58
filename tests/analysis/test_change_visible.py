"""What a school can see is what the page of the method says, and never less with more people."""

from __future__ import annotations

import json
import re
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zwerm.analysis.change import FAMILY, visible, visible_change

PAGE = Path(__file__).resolve().parents[2] / "docs/methods/change.md"
TABLE = json.loads(Path(visible.__file__).with_name("visible.json").read_text(encoding="utf-8"))
PLACES = list(product(TABLE["people"], TABLE["responses"]))


@pytest.mark.parametrize("rule", ["any", "expected"])
def test_at_each_simulated_school_it_is_what_was_simulated(rule):
    for world, (people, response) in product(TABLE["worlds"], PLACES):
        found = visible_change(
            people, response, stability=world["stability"], expected=rule == "expected"
        )
        place = TABLE["responses"].index(response), TABLE["people"].index(people)
        simulated = {name: world[rule][name][place[0]][place[1]] for name in FAMILY}
        is_enough = people * response**2 >= 20
        expected = {name: size for name, size in simulated.items() if size is not None}
        assert found == pytest.approx(expected if is_enough else {})


@pytest.mark.parametrize(
    ("part", "rule"), [("visible", "any"), ("visible when expected", "expected")]
)
def test_the_page_has_the_sizes_of_the_product(part, rule):
    between = rf"<!-- {part} -->\n(.*?)\n<!-- end of {part} -->"
    found = re.search(between, PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    lines = [line.strip("| ").split(" | ") for line in found[1].splitlines()[2:]]
    # A table of nothing would agree with everything.
    assert len(lines) == 2 * len(TABLE["people"])
    for number, (people, _stability, *columns) in enumerate(lines):
        world = TABLE["worlds"][1 - number % 2]
        for name, column in zip(FAMILY, columns, strict=True):
            rows = world[rule][name][::-1]
            sizes = [row[TABLE["people"].index(int(people))] for row in rows]
            assert column == " / ".join(
                told(size, int(people), response)
                for size, response in zip(sizes, TABLE["responses"][::-1], strict=True)
            )


def told(size, people, response):
    if size is None or people * response**2 < 20:
        return "–"
    return f"{size:.2f}".removeprefix("0")


@given(st.integers(1, 400), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_every_size_is_above_zero_and_coupling_needs_forty(people, response, stability, expected):
    found = visible_change(people, response, stability=stability, expected=expected)
    assert all(size > 0 for size in found.values())
    is_enough = people * response**2 >= 20 and response >= 0.65
    names = FAMILY if people >= 40 else FAMILY[:3]
    assert list(found) == (list(names) if is_enough else [])


def test_more_people_more_answers_and_an_expectation_show_smaller_changes():
    sizes = [visible_change(people, 0.8) for people in (40, 60, 84, 120, 150)]
    for more, fewer in pairwise(reversed(sizes)):
        assert all(more[name] < fewer[name] for name in FAMILY)
    full, usual = visible_change(60, 1.0), visible_change(60, 0.8)
    # For coupling it makes hardly any difference: less than the simulation errs.
    assert all(full[name] < usual[name] for name in FAMILY if name != "coupling")
    written = visible_change(60, 0.8, expected=True)
    assert all(written[name] < usual[name] for name in FAMILY)
    assert visible_change(60, 0.8, stability=0.75)["mean_named"] < usual["mean_named"]


def test_beyond_what_was_simulated_nothing_better_is_promised():
    assert visible_change(400, 1.0) == visible_change(150, 1.0)
    assert visible_change(60, 0.8, stability=1.0) == visible_change(60, 0.8, stability=0.99)


@pytest.mark.parametrize(
    ("people", "response", "stability"), [(0, 0.8, 0.5), (60, 80, 0.5), (60, 0.8, -0.1)]
)
def test_what_is_no_school_is_refused(people, response, stability):
    with pytest.raises(ValueError, match=f"got {people}, {response} and {stability}"):
        visible_change(people, response, stability=stability)
