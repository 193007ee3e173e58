"""How sure a figure is: completed for who was silent, and asked again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.analysis.networks import complete, empty
from tests.analysis.p2_pairs import drawn_network
from zwerm.analysis import network
from zwerm.analysis.arcs import arcs_of
from zwerm.analysis.intervals import (
    FIGURES,
    Networks,
    draws_of_many,
    intervals_from,
    intervals_of,
    intervals_of_many,
)

PEOPLE = 24
GROUP = np.arange(PEOPLE) // 8
LEADER = np.arange(PEOPLE) % 8 == 0


def school(seed=1, people=PEOPLE, share=0.2):
    """Somebody names more often within the group, and back."""
    rng = np.random.default_rng(seed)
    group = np.arange(people) // 8
    liking = rng.normal(size=(people, people))
    appeal = liking + liking.T + rng.normal(0, 0.8, people) + (group[:, None] == group)
    np.fill_diagonal(appeal, -np.inf)
    return appeal > np.quantile(appeal, 1 - share)


def answered(people, silent):
    return np.arange(people) >= silent


def seeded(seed=7):
    return np.random.default_rng(seed)


def made(ties, respondents=None, **given):
    given = {"rng": seeded(), "group": GROUP, "leader": LEADER, "draws": 80} | given
    return intervals_of(ties, respondents, **given)


def test_when_everybody_answered_completion_leaves_no_doubt():
    found = made(school())
    assert set(found.completion) == set(FIGURES)
    for figure, one in found.completion.items():
        assert one.low == one.high == pytest.approx(found.observed[figure], abs=1e-12)
    assert found.completion == found.completion_at_random
    assert found.withheld == {}


def test_the_observed_figures_are_those_of_who_answered():
    ties, respondents = school(), answered(PEOPLE, 4)
    found = made(ties, respondents)
    assert found.observed["mean_named"] == network.mean_named(ties, respondents)
    assert found.observed["reciprocity"] == network.reciprocity(ties, respondents)
    assert set(found.observed) == set(FIGURES)


def test_doubt_grows_with_silence():
    widths = []
    for silent in (0, 2, 4, 7):
        found = made(school(), answered(PEOPLE, silent), draws=400)
        one = found.completion["mean_named"]
        assert one.low <= found.estimate["mean_named"] <= one.high
        widths.append(one.high - one.low)
    assert widths == sorted(widths)


def invented(networks, people, rng):
    """Networks out of the p2 model itself."""
    group, leader = np.arange(people) // 8, np.arange(people) % 8 == 0
    found = np.empty((networks, people, people), dtype=bool)
    for at in range(networks):
        b = rng.normal(0, 0.7, people) + 0.4 * leader
        a = rng.normal(-1.8, 0.3) + 0.2 * b + rng.normal(0, 0.6, people)
        shared = rng.normal([0.5, 1], 0.5)
        point = np.concatenate([a, b, shared])
        found[at] = drawn_network(point, group[:, None] == group[None, :], rng)
    return found, np.tile(group, (networks, 1)), np.tile(leader, (networks, 1))


def test_nine_in_ten_completions_hold_what_the_model_would_have_said():
    """Out of 120 networks between 95 and 118 with 99.9 %; not widened, and nobody names fewer."""
    rng = np.random.default_rng(2)
    ties, group, leader = invented(120, 16, rng)
    respondents = np.stack([rng.permutation(16) < 12 for _network in ties])
    whole = Networks(ties, np.ones_like(respondents), group, leader)
    truth = [one.observed for one in draws_of_many(whole, rng=rng, stability=0.5, draws=8)]
    part = draws_of_many(
        Networks(ties, respondents, group, leader), rng=rng, stability=0.5, draws=300
    )
    for figure in ("mean_named", "reciprocity", "centralization", "gini"):
        draws = np.stack([one.drawn.at_random[:, FIGURES.index(figure)] for one in part])
        low, high = np.quantile(draws, [0.05, 0.95], axis=1)
        values = np.array([one[figure] for one in truth])
        held = ((low - 1e-9 <= values) & (values <= high + 1e-9)).sum()
        assert 95 <= held <= 118, figure


def test_the_silent_are_thought_to_name_as_much_more_or_fewer_as_they_are_asked():
    ties, off = school(people=40), []
    asked = ties.sum(0).argsort()
    for silent in (asked[:9], asked[-9:]):
        respondents = np.isin(np.arange(40), silent, invert=True)
        found = intervals_of(ties, respondents, rng=seeded(), draws=400)
        one, plain = (each["mean_named"] for each in (found.completion, found.completion_at_random))
        off.append((one.low + one.high - plain.low - plain.high) / 2)
    assert off[0] < -0.05
    assert off[1] > 0.05


def test_asked_again_figures_move_also_when_everybody_answered():
    found = made(school(), draws=400)
    for figure in found.remeasurement:
        again = found.remeasurement[figure]
        assert again.low <= found.observed[figure] <= again.high
        assert again.low < again.high
    steady = made(school(), draws=400, stability=0.9)
    assert width(steady, "mean_named") < width(found, "mean_named")


def width(found, figure):
    return found.remeasurement[figure].high - found.remeasurement[figure].low


def test_with_full_stability_the_same_is_said_again():
    found = made(school(), stability=1.0)
    assert found.remeasurement == found.completion


def test_the_same_seed_gives_the_same_intervals():
    ties, respondents = school(), answered(PEOPLE, 5)
    assert made(ties, respondents) == made(ties, respondents)
    assert made(ties, respondents) != made(ties, respondents, rng=seeded(8))


def test_arcs_give_what_their_table_gives():
    ties, respondents = school(), answered(PEOPLE, 5)
    assert made(arcs_of(ties, respondents)) == made(ties, respondents)


def test_what_the_silent_seem_to_have_said_and_loops_do_not_count():
    ties, respondents = school(), answered(PEOPLE, 5)
    assert made(ties | np.eye(PEOPLE, dtype=bool), respondents) == made(ties, respondents)
    assert made(ties | ~respondents[:, None], respondents) == made(ties, respondents)


def test_one_network_is_a_batch_of_one():
    ties, respondents = school(), answered(PEOPLE, 5)
    one = Networks(ties[None], respondents[None], GROUP[None], LEADER[None])
    assert intervals_of_many(one, rng=seeded(), draws=80) == [made(ties, respondents)]


def test_many_networks_keep_their_order_whatever_their_number(monkeypatch):
    ties = np.stack([school(seed, share=share) for seed, share in enumerate([0.1, 0.2, 0.3])])
    many = Networks(ties, np.stack([answered(PEOPLE, silent) for silent in (0, 3, 6)]))
    monkeypatch.setattr("zwerm.analysis.intervals.fitted.AT_ONCE", 2 * PEOPLE**2)
    found = intervals_of_many(many, rng=seeded(), draws=80)
    observed = [one.observed["mean_named"] for one in found]
    assert observed == [
        network.mean_named(*one) for one in zip(ties, many.respondents, strict=True)
    ]
    widths = [one.completion["mean_named"].high - one.completion["mean_named"].low for one in found]
    assert widths[0] == 0 < min(widths[1:])


def test_the_order_of_people_does_not_matter():
    ties, respondents, order = school(), answered(PEOPLE, 6), seeded(3).permutation(PEOPLE)
    found = made(ties, respondents, draws=1500)
    turned = made(
        ties[np.ix_(order, order)],
        respondents[order],
        group=GROUP[order],
        leader=LEADER[order],
        draws=1500,
    )
    for figure, one in found.completion.items():
        other, span = turned.completion[figure], one.high - one.low
        assert abs(one.low - other.low) <= 0.2 * span + 1e-9
        assert abs(one.high - other.high) <= 0.2 * span + 1e-9


def test_without_leaders_and_groups_their_figures_do_not_exist():
    found = made(school(), answered(PEOPLE, 4), group=None, leader=None)
    expected = set(FIGURES) - {"coupling", "across"}
    assert set(found.observed) == set(found.completion) == expected
    assert found.withheld == {}


def test_a_withheld_figure_stands_nowhere_but_among_the_observed():
    found = made(school(), answered(PEOPLE, 4), group=np.zeros(PEOPLE, dtype=int))
    assert found.withheld == {"across": "few_groups"}
    each = (found.estimate, found.completion, found.completion_at_random, found.remeasurement)
    assert all("across" not in one for one in each)
    assert found.observed["across"] == 0


def test_a_small_response_gives_no_interval_at_all():
    found = made(school(), answered(PEOPLE, 9))
    assert found.withheld == dict.fromkeys(FIGURES, "few_answers")
    assert found.completion == found.remeasurement == found.estimate == {}


@pytest.mark.parametrize("ties", [empty(PEOPLE), complete(PEOPLE)], ids=["nobody", "everybody"])
def test_when_nobody_or_everybody_is_named_there_is_nothing_to_learn_from(ties):
    found = made(ties, answered(PEOPLE, 4))
    assert set(found.withheld) == set(FIGURES)
    assert set(found.withheld.values()) == {"few_arcs"}


def test_a_single_arc_gives_no_figure_that_needs_more():
    ties = empty(PEOPLE)
    ties[20, 21] = True
    found = made(ties, answered(PEOPLE, 4))
    assert found.withheld["reciprocity"] == "few_arcs"


def test_it_is_said_how_often_the_silent_are_asked():
    ties = empty(40)
    ties[:, :10] = True
    ties[:, 10:30] = np.random.default_rng(1).random((40, 20)) < 0.3
    group, leader = np.arange(40) // 10, np.arange(40) % 10 == 0
    found = intervals_of(ties, answered(40, 12), rng=seeded(), group=group, leader=leader, draws=80)
    named = (ties & answered(40, 12)[:, None] & ~np.eye(40, dtype=bool)).sum(0)
    assert found.silent_asked_ratio == pytest.approx(named[:12].mean() / named[12:].mean())
    assert found.withheld["mean_named"] == "much_asked_silent"
    assert "centralization" in found.observed.keys() - {
        figure for figure, reason in found.withheld.items() if reason == "much_asked_silent"
    }


def test_of_fewer_than_ten_silent_people_it_is_not_said():
    assert made(school(), answered(PEOPLE, 7)).silent_asked_ratio is None


def test_when_only_the_silent_are_asked_the_ratio_is_still_a_number():
    ties = empty(40)
    ties[12:, :12] = np.random.default_rng(1).random((28, 12)) < 0.4
    found = intervals_of(ties, answered(40, 12), rng=seeded(), draws=80)
    assert found.silent_asked_ratio == pytest.approx(ties.sum() / 12 * 28)
    assert found.withheld["mean_named"] == "much_asked_silent"


def test_when_nobody_answered_there_is_no_ratio():
    found = intervals_of(school(people=40), np.zeros(40, dtype=bool), rng=seeded(), draws=80)
    assert found.silent_asked_ratio is None
    assert set(found.withheld.values()) == {"few_answers"}


def of_one(ties, respondents, draws=80):
    one = Networks(ties[None], respondents[None], GROUP[None], LEADER[None])
    return draws_of_many(one, rng=seeded(), stability=0.5, draws=draws)[0]


def test_chains_that_do_not_agree_withhold_their_figure():
    draws = of_one(school(), answered(PEOPLE, 4))
    draws.drawn.remeasurement[:40, FIGURES.index("gini")] += 0.3
    assert intervals_from(draws).withheld == {"gini": "not_settled"}


def test_what_is_too_wide_is_withheld():
    draws = of_one(school(), answered(PEOPLE, 4))
    for values in (draws.drawn.completion, draws.drawn.remeasurement):
        values[:, FIGURES.index("mean_named")] = seeded().uniform(0, 20, len(values))
    wide = replace(draws, bounds=np.tile([0.0, 23.0], (7, 1)))
    assert intervals_from(wide).withheld == {"mean_named": "too_wide"}


def test_what_is_only_too_wide_when_asked_again_keeps_its_completion():
    draws = of_one(school(), answered(PEOPLE, 4))
    values = draws.drawn.remeasurement
    values[:, FIGURES.index("mean_named")] = seeded().uniform(0, 20, len(values))
    values[:, FIGURES.index("centralization")] = 0.3
    found = intervals_from(draws)
    assert found.withheld == {}
    assert found.withheld_again == {"mean_named": "too_wide"}
    assert "mean_named" in found.completion
    assert "mean_named" not in found.remeasurement


@pytest.mark.parametrize(
    ("members", "factor", "of_mean", "of_gini"),
    [(19, 1.2, 1.2, 1.2), (39, 1.14, 1.14, 1.14), (99, 1.1, 1.05, 1.1), (100, 1.1, 1, 1)],
)
def test_completion_is_widened_about_its_middle_and_more_in_a_small_school(
    members, factor, of_mean, of_gini
):
    draws = of_one(school(), answered(PEOPLE, 4))
    # 19 members with as many answers as make a mean.
    basis = replace(draws.basis, members=members, respondents=members)
    free = replace(draws, basis=basis, bounds=np.tile([-99.0, 99.0], (7, 1)))
    plain = intervals_from(free, is_widened=False).completion
    found = intervals_from(free).completion
    assert found.keys() == plain.keys() >= {"mean_named", "gini", "centralization"}
    factors = {"mean_named": of_mean, "gini": of_gini, "unnamed_share": of_gini}
    for figure, one in found.items():
        before, wider = plain[figure], factors.get(figure, factor)
        assert one.high - one.low == pytest.approx(wider * (before.high - before.low))
        assert one.high + one.low == pytest.approx(before.high + before.low)


def test_what_is_asked_again_is_widened_too_and_stays_within_what_can_be():
    draws = of_one(school(), answered(PEOPLE, 4))
    plain = intervals_from(draws, is_widened=False).remeasurement
    for figure, one in intervals_from(draws).remeasurement.items():
        before = plain[figure]
        half = 1.14 * (before.high - before.low) / 2
        middle = (before.low + before.high) / 2
        most = PEOPLE - 1 if figure == "mean_named" else 1
        assert one.low == pytest.approx(max(middle - half, 0))
        assert one.high == pytest.approx(min(middle + half, most))


def test_a_small_school_with_silent_people_is_not_told_two_figures_of_next_week():
    draws = of_one(school(), answered(PEOPLE, 4))
    basis = replace(draws.basis, members=19, respondents=15, leaders=0)
    found = intervals_from(replace(draws, basis=basis))
    barred = {one: why for one, why in found.withheld_again.items() if why == "few_answers"}
    assert barred == {"reciprocity": "few_answers", "centralization": "few_answers"}
    assert found.completion.keys() > barred.keys()
    assert not found.remeasurement.keys() & barred.keys()


def test_no_interval_leaves_what_the_answers_allow():
    ties, respondents = school(), answered(PEOPLE, 2)
    seen = ties & respondents[:, None]
    found = made(ties, respondents).completion["unnamed_share"]
    assert found.low >= 0
    assert found.high <= network.unnamed(seen) / PEOPLE


def test_progress_rises_to_one():
    told: list[float] = []
    made(school(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"stability": 1.5}, "stability must lie from 0 to 1, got 1.5; try 0.5"),
        ({"draws": 7}, "intervals need at least 8 draws, got 7; try 500"),
        ({"group": np.zeros(3, dtype=int)}, "group must have shape"),
        ({"leader": np.zeros(3, dtype=bool)}, "leader must have shape"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_try(given, message):
    with pytest.raises(ValueError, match=message):
        made(school(), answered(PEOPLE, 4), **given)


@pytest.mark.parametrize("people", range(12))
def test_of_so_few_people_everything_is_withheld(people):
    ties = np.random.default_rng(people).random((people, people)) < 0.5
    group, leader = np.arange(people) % 2, np.arange(people) < 1
    for respondents in (None, np.arange(people) > 0):
        found = intervals_of(ties, respondents, rng=seeded(), group=group, leader=leader)
        assert set(found.withheld.values()) == {"few_members"}
        assert set(found.withheld) == set(found.observed)
        assert found.completion == found.remeasurement == {}


def test_more_than_two_thousand_people_are_refused_before_anything_is_made():
    with pytest.raises(ValueError, match="at most 2000 members, got 2001; look at parts of it"):
        intervals_of(empty(2001), rng=seeded())


def test_respondents_of_another_length_are_refused():
    with pytest.raises(ValueError, match="respondents must have shape"):
        made(school(), answered(3, 1))
