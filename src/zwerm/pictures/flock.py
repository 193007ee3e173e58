"""The flock of a school: invented birds, placed from an invented network with its figures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zwerm.pictures.birds import calm_air, fit, headings, nearness, on_sheet, strokes
from zwerm.pictures.placing import SIZES_WIDE, Group, place_groups
from zwerm.pictures.svg import NARROW, WIDE, Picture, Sheet, Words
from zwerm.pictures.synthetic import Network, Published, invent_network

Floats = NDArray[np.float64]

# Of the birds of a member, this part keeps near; the others are on their way to whom it asks.
_AT_HOME = 0.36
_LEAN = (0.85, -0.5)
# Groups fly closer together than they stand on the map: by this much along and across the wing,
# which rises to the right by an angle, is thinner than long, and is bent by a share of its length.
_CLOSER = np.array([0.62, 0.5])
_NARROWED, _TAPER, _BEND = 0.8, 0.3, 0.07
# Length of the longest waves of the air, and how far it carries a bird at most.
_WAVES, _REACH = 420.0, 95.0


@dataclass(frozen=True)
class _Look:
    page: float
    height: float
    birds: int
    margin: float
    bird: float
    tilt: float


_WIDE = _Look(WIDE, 470, 2950, 20, 0.95, 0.3)
_NARROW = _Look(NARROW, 300, 1420, 10, 0.68, 0.62)


def draw_flock(published: Published, words: Words, seed: int) -> Picture:
    """Many more birds than people, as many for a small school as for a large one.

    A dense cloud for every group, by size; streams where groups ask each other; birds two by two
    for reciprocity; loose birds at the rim for who is named by nobody. No bird is a person.
    """
    network = invent_network(published, seed)
    drawn = [_drawing(published, network, words, look, seed) for look in (_WIDE, _NARROW)]
    return Picture(*drawn)


def _drawing(published: Published, network: Network, words: Words, look: _Look, seed: int) -> str:
    sheet = Sheet(look.page)
    rng = np.random.default_rng(seed + 1)
    if len(network.group):
        _fly(sheet, place_birds(published, network, look.birds, rng), look, rng)
    return sheet.svg(words)


def _fly(sheet: Sheet, places: Floats, look: _Look, rng: np.random.Generator) -> None:
    """Carried through the air together, fitted to the sheet, and written down."""
    air = calm_air(rng, _WAVES)
    carried = air.carry(_winged(places, look.tilt), _REACH)
    towards = headings(air, carried, _LEAN, rng)
    near = nearness(carried, _WAVES / 3, rng)
    fitted, sheet.height = fit(carried, look.page, look.height, look.margin)
    seen = on_sheet(fitted, look.page, sheet.height)
    sheet.parts.append(strokes(fitted[seen], towards[seen], near[seen], look.bird))


def _winged(places: Floats, tilt: float) -> Floats:
    """Turned until it rises to the right, thinner towards its tip and bent a little: a wing."""
    along = np.array([np.cos(tilt), -np.sin(tilt)])
    across = np.array([np.sin(tilt), np.cos(tilt)])
    x, y = (places - places.mean(axis=0)).T
    half = max(float(np.abs(x).max()), 1.0)
    y = y * (_NARROWED - _TAPER * x / half) + _BEND * half * np.sin(np.pi * x / half)
    turned: Floats = x[:, None] * along + y[:, None] * across
    return turned


def place_birds(
    published: Published,
    network: Network,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    """Places of about `count` birds, before the air takes them; pairs stand beside each other."""
    homes, spread = _homes(published, network, rng)
    at_home = _birds_at_home(network, homes, spread, round(count * _AT_HOME), rng)
    under_way = _birds_under_way(network, homes, spread, count - len(at_home), rng)
    return np.concatenate([at_home, under_way])


def _homes(
    published: Published, network: Network, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """A place for each invented member, near its group's place on the map; and its elbow-room."""
    groups = [Group("", members) for members in published.sizes]
    placed = place_groups(groups, list(published.ties), SIZES_WIDE)
    centres = (np.array([(place.x, place.y) for place in placed]) * _CLOSER)[network.group]
    spread = np.array([place.r for place in placed])[network.group]
    homes = centres + _cloud(len(centres), rng) * spread[:, None] * 0.78
    return _pushed_out(homes, centres, spread, network.is_unnamed, rng), spread


def _cloud(count: int, rng: np.random.Generator) -> Floats:
    """Dense in the middle with a wide, thin rim."""
    far = 0.45 + rng.exponential(0.45, count)
    return rng.normal(0, 1, (count, 2)) * far[:, None]


def _pushed_out(
    homes: Floats,
    centres: Floats,
    spread: Floats,
    is_unnamed: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Floats:
    """Whoever is named by nobody flies at the outer side of the group, well away from it."""
    outward = centres - centres.mean(axis=0)
    angle = np.arctan2(outward[:, 1], outward[:, 0]) + rng.normal(0, 0.8, len(homes))
    far = spread * rng.uniform(1.6, 2.7, len(homes))
    loose = centres + np.stack([np.cos(angle), np.sin(angle)], axis=1) * far[:, None]
    return np.where(is_unnamed[:, None], loose, homes)


def _birds_at_home(
    network: Network, homes: Floats, spread: Floats, count: int, rng: np.random.Generator
) -> Floats:
    """Around every home equally many birds, so many two by two as arcs are answered."""
    share = network.reciprocity
    single = round(count * (2 - share) / 2)
    member = np.arange(single) % len(homes)
    loose = np.where(network.is_unnamed[member], 1.1, 0.4)
    places = homes[member] + _cloud(single, rng) * (spread[member] * loose)[:, None]
    return np.concatenate([places, _companions(places[: count - single], rng)])


def _companions(places: Floats, rng: np.random.Generator) -> Floats:
    """A second bird close beside each."""
    angle = rng.uniform(0, 2 * np.pi, len(places))
    apart = rng.uniform(2.6, 4.2, len(places))
    return places + np.stack([np.cos(angle), np.sin(angle)], axis=1) * apart[:, None]


def _birds_under_way(
    network: Network, homes: Floats, spread: Floats, count: int, rng: np.random.Generator
) -> Floats:
    """On every arc equally many birds; those of an answered arc fly with the one that answers."""
    if not len(network.arcs):
        return np.empty((0, 2))
    answered = network.arcs[network.is_mutual]
    pairs = answered[: len(answered) // 2]
    alone = network.arcs[~network.is_mutual]
    together = round(count * network.reciprocity / 2)
    led = _on_arcs(pairs, network, homes, spread, together, rng)
    followed = _companions(led, rng)
    others = _on_arcs(alone, network, homes, spread, count - 2 * together, rng)
    return np.concatenate([led, followed, others])


def _on_arcs(
    arcs: NDArray[np.int64],
    network: Network,
    homes: Floats,
    spread: Floats,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    """Birds spread along bent ways from home to home; of the unnamed they stay near home."""
    if not len(arcs):
        return np.empty((0, 2))
    arc = arcs[rng.permutation(count) % len(arcs)]
    start, end = homes[arc[:, 0]], homes[arc[:, 1]]
    share = rng.beta(0.9, 0.9, len(arc)) * np.where(network.is_unnamed[arc[:, 0]], 0.12, 1.0)
    way = end - start
    across = np.stack([-way[:, 1], way[:, 0]], axis=1)
    bent = (4 * share * (1 - share) * 0.08)[:, None] * across
    wide = spread[arc[:, 0]] * np.where(network.is_unnamed[arc[:, 0]], 1.0, 0.1)
    return start + share[:, None] * way + bent + _cloud(len(arc), rng) * wide[:, None]
