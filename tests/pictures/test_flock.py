"""The flock: it follows the published figures, and no bird is a person."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pictures import examples, reading
from zwerm.pictures.birds import calm_air
from zwerm.pictures.figures import Level, Step, Withheld
from zwerm.pictures.flock import draw_flock, place_birds
from zwerm.pictures.layout import Tie
from zwerm.pictures.ornament import ornament_flock
from zwerm.pictures.placing import SIZES_WIDE, Group, place_groups
from zwerm.pictures.synthetic import Published, invent_network


def test_the_invented_network_has_the_published_figures() -> None:
    published = examples.published()
    network = invent_network(published, seed=4)
    assert np.bincount(network.group).tolist() == [17, 14, 13, 12]
    assert network.reciprocity == pytest.approx(0.35, abs=0.005)
    assert network.unnamed == pytest.approx(0.175, abs=1 / 56)
    assert len(network.arcs) == round(5.5 * 56)


def test_answered_arcs_are_answered_and_the_others_are_not() -> None:
    network = invent_network(examples.published(), seed=5)
    arcs = {tuple(arc) for arc in network.arcs.tolist()}
    assert len(arcs) == len(network.arcs)
    answered = [(asked, asker) in arcs for asker, asked in network.arcs.tolist()]
    assert answered == network.is_mutual.tolist()


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(10, 30), min_size=1, max_size=6),
    reciprocity=st.floats(0.05, 0.8),
    unnamed=st.sampled_from([0.05, 0.175, 0.25]),
    mean=st.floats(2.5, 6),
    seed=st.integers(0, 1000),
)
def test_any_ordinary_figures_can_be_met(sizes, reciprocity, unnamed, mean, seed) -> None:
    published = Published(
        tuple(sizes),
        (),
        Step(reciprocity, 0.01),
        Step(unnamed, 0.01),
        Step(mean, 0.01),
    )
    network = invent_network(published, seed)
    members = sum(sizes)
    assert network.unnamed == pytest.approx(unnamed, abs=1.01 / members)
    assert network.reciprocity == pytest.approx(reciprocity, abs=2 / len(network.arcs) + 0.006)


def test_a_stronger_tie_gives_more_arcs_and_more_birds_between_two_groups() -> None:
    counted = []
    for between in ("few", "strong"):
        published = examples.published(between)
        network = invent_network(published, seed=6)
        birds = place_birds(published, network, 3000, np.random.default_rng(1))
        counted.append((network.between(0, 1), _between(published, birds)))
    (few_arcs, few_birds), (strong_arcs, strong_birds) = counted
    assert strong_arcs > 3 * few_arcs
    assert strong_birds > 2 * few_birds


def _between(published: Published, birds) -> int:
    """Birds nearer to the middle of the way from group 0 to group 1 than a fifth of that way."""
    groups = [Group("", size) for size in published.sizes]
    placed = place_groups(groups, list(published.ties), SIZES_WIDE)
    first, last = ((np.array([place.x, place.y]) * [0.62, 0.5]) for place in placed[:2])
    near = np.hypot(*(birds - (first + last) / 2).T) < np.hypot(*(last - first)) / 5
    return int(near.sum())


def test_more_reciprocity_gives_more_birds_two_by_two() -> None:
    paired = []
    for share in (0.1, 0.7):
        published = Published((30, 20), (), Step(share, 0.01), Step(0.1, 0.1), Step(4, 1))
        birds = place_birds(published, invent_network(published, 1), 1500, np.random.default_rng(2))
        apart = np.hypot(*np.moveaxis(birds[:, None] - birds[None], 2, 0))
        close = ((apart > 2.55) & (apart < 4.25)).any(axis=1)
        paired.append(close.mean())
    assert paired[1] > paired[0] + 0.1


def test_the_flock_has_many_more_birds_than_people_and_no_element_for_a_bird() -> None:
    picture = draw_flock(examples.published(), examples.words(), 3)
    assert len(reading.birds(picture.wide)) > 40 * 56
    assert len(reading.birds(picture.narrow)) > 20 * 56
    for svg in (picture.wide, picture.narrow):
        assert len(list(reading.parsed(svg).iter())) == 4 + 5
        assert len({path.attrib["stroke-width"] for path in reading.paths(svg)}) == 5


def test_the_number_of_birds_says_nothing_of_the_number_of_people() -> None:
    small = draw_flock(examples.published(sizes=(12, 11)), examples.words(), 3)
    large = draw_flock(examples.published(sizes=(80, 70, 60)), examples.words(), 3)
    counts = [len(reading.birds(picture.wide)) for picture in (small, large)]
    assert counts[0] == pytest.approx(counts[1], rel=0.05)


@pytest.mark.parametrize("sizes", [(), (12,), (10,) * 9, (200, 150, 90)])
def test_a_flock_stays_small_and_on_its_sheet(sizes: tuple[int, ...]) -> None:
    picture = draw_flock(examples.published(sizes=sizes), examples.words(), 3)
    for svg, most in ((picture.wide, 60_000), (picture.narrow, 30_000)):
        wide, high = reading.sheet(svg)
        assert len(svg.encode()) < most
        assert all(0 < x < wide and 0 < y < high for x, y in reading.birds(svg))


def test_another_seed_gives_another_flock() -> None:
    one, other = (draw_flock(examples.published(), examples.words(), seed) for seed in (1, 2))
    assert one.wide != other.wide


def test_the_flock_says_which_figures_it_follows() -> None:
    assert examples.published().followed() == (
        *("groups", "ties", "reciprocity", "unnamed", "mean_named"),
    )
    hidden = Published((12, 13), (), Withheld("x"), None, Level("low"))
    assert hidden.followed() == ("groups", "mean_named")


def test_a_published_share_across_the_walls_is_met() -> None:
    ties = tuple(Tie(a, b, "some") for a in range(4) for b in range(a + 1, 4))
    for share in (0.2, 0.6):
        published = Published((20,) * 4, ties, Step(0.3, 0.1), across=Step(share, 0.1))
        network = invent_network(published, 3)
        ends = network.group[network.arcs]
        assert (ends[:, 0] != ends[:, 1]).mean() == pytest.approx(share, abs=0.08)


def test_the_air_has_no_sources_and_no_sinks() -> None:
    air = calm_air(np.random.default_rng(5), 400)
    places = np.random.default_rng(6).uniform(0, 900, (200, 2))
    step = 0.01
    change = [
        (air.speed(places + shift)[:, axis] - air.speed(places - shift)[:, axis]) / (2 * step)
        for axis, shift in enumerate(step * np.eye(2))
    ]
    assert np.abs(change[0]).max() > 1e-4
    assert np.abs(change[0] + change[1]).max() < 1e-9


def test_the_air_carries_no_bird_further_than_its_reach() -> None:
    places = np.random.default_rng(6).uniform(0, 900, (200, 2))
    carried = calm_air(np.random.default_rng(5), 400).carry(places, 95)
    moved = np.hypot(*(carried - places).T)
    assert 10 < moved.max() <= 95


def test_an_ornament_is_decoration_on_its_own_sheet() -> None:
    svg = ornament_flock(3, 900, 380, birds=1000)
    root = reading.parsed(svg)
    assert root.attrib["aria-hidden"] == "true"
    assert "role" not in root.attrib
    assert len(reading.birds(svg)) == 1000
    assert len(reading.rounds(svg, "saffron")) == 1
    assert all(0 < x < 900 and 0 < y < 380 for x, y in reading.birds(svg))


def test_an_ornament_follows_its_seed_and_may_fly_without_a_lead() -> None:
    assert ornament_flock(3, 300, 200) == ornament_flock(3, 300, 200)
    assert ornament_flock(3, 300, 200) != ornament_flock(4, 300, 200)
    assert reading.rounds(ornament_flock(3, 300, 200, has_lead=False), "saffron") == []


@pytest.mark.parametrize(("width", "birds"), [(0, 5), (100, -1)])
def test_an_impossible_ornament_is_refused(width: float, birds: int) -> None:
    with pytest.raises(ValueError, match="no sheet"):
        ornament_flock(1, width, 100, birds)
