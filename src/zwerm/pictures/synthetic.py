"""An invented network with the published figures of a school, and nothing else of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zwerm.pictures.figures import Figure, Withheld, reach
from zwerm.pictures.layout import Strength, Tie

# Arcs per possible pair against the average between groups; the classes change at .5 and 1.5
# (methods section 2). What is not shown is taken as average: nothing is known of it.
_BETWEEN: dict[Strength, float] = {"strong": 2.2, "some": 1.0, "few": 0.2, "hidden": 1.0}
_WITHIN = 4.0

# Taken where a figure is not published, so that there is something to draw.
_NEUTRAL = {"reciprocity": 0.3, "unnamed": 0.1, "mean_named": 4.0}

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Published:
    """What the flock follows: sizes of the groups, ties between them, and up to four figures."""

    sizes: tuple[int, ...]
    ties: tuple[Tie, ...] = ()
    reciprocity: Figure | None = None
    unnamed: Figure | None = None
    mean_named: Figure | None = None
    across: Figure | None = None

    def followed(self) -> tuple[str, ...]:
        """Names of the figures that are published and so followed; the page says which."""
        figures = {
            "reciprocity": self.reciprocity,
            "unnamed": self.unnamed,
            "mean_named": self.mean_named,
            "across": self.across,
        }
        shown = [name for name, figure in figures.items() if _is_shown(figure)]
        return ("groups", *(["ties"] if self.ties else []), *shown)


@dataclass(frozen=True)
class Network:
    """An invented network: the group of each member, and arcs from asker to asked."""

    group: Integers
    arcs: Integers
    is_mutual: NDArray[np.bool_]
    is_unnamed: NDArray[np.bool_]

    @property
    def reciprocity(self) -> float:
        """Share of the arcs that are answered."""
        return float(self.is_mutual.mean()) if len(self.arcs) else 0.0

    @property
    def unnamed(self) -> float:
        """Share of the members named by nobody."""
        named = np.zeros(len(self.group), dtype=bool)
        named[self.arcs[:, 1]] = True
        return float(1 - named.mean()) if len(named) else 0.0

    def between(self, a: int, b: int) -> int:
        """Arcs between two groups, both directions together."""
        asker, asked = self.group[self.arcs].T
        there = (asker == a) & (asked == b)
        back = (asker == b) & (asked == a)
        return int((there | back).sum())


def invent_network(published: Published, seed: int) -> Network:
    """The same figures and seed always give the same network.

    Reciprocity and the unnamed share are met to the nearest arc and member; where figures
    contradict each other (everybody named, yet hardly any arcs), the unnamed share gives way.
    """
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(published.sizes)), published.sizes)
    unnamed = _choose_unnamed(published, len(group), rng)
    first, last = np.triu_indices(len(group), k=1)
    possible = ~(unnamed[first] & unnamed[last])
    pairs = np.stack([first[possible], last[possible]], axis=1)
    weights = _weights(published, group)[group[pairs[:, 0]], group[pairs[:, 1]]]
    mutual, single = _draw_pairs(published, pairs, weights, unnamed, rng)
    single = _everybody_named(_orient(single, unnamed, rng), mutual, unnamed)
    arcs = np.concatenate([mutual, mutual[:, ::-1], single])
    is_mutual = np.arange(len(arcs)) < 2 * len(mutual)
    return Network(group, arcs, is_mutual, unnamed)


def _is_shown(figure: Figure | None) -> bool:
    return figure is not None and not isinstance(figure, Withheld)


def _typical(published: Published, name: str, most: float, cuts: tuple[float, float]) -> float:
    """The middle of what a published figure covers."""
    figure = getattr(published, name)
    if figure is None or isinstance(figure, Withheld):
        return _NEUTRAL[name]
    low, high = reach(figure, 0.0, most, cuts)
    return (low + high) / 2


def _choose_unnamed(
    published: Published, members: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    count = round(_typical(published, "unnamed", 0.5, (0.1, 0.25)) * members)
    unnamed = np.zeros(members, dtype=bool)
    unnamed[rng.permutation(members)[: min(count, max(members - 2, 0))]] = True
    return unnamed


def _weights(published: Published, group: Integers) -> Floats:
    """How likely a pair is, by its two groups."""
    weights = np.full((len(published.sizes),) * 2, _BETWEEN["hidden"])
    for tie in published.ties:
        weights[tie.a, tie.b] = weights[tie.b, tie.a] = _BETWEEN[tie.strength]
    np.fill_diagonal(weights, _within(published, weights))
    return weights


def _within(published: Published, weights: Floats) -> float:
    """Weight of a pair in one group: such that the share across walls is the published one."""
    if published.across is None or isinstance(published.across, Withheld):
        return _WITHIN
    low, high = reach(published.across, 0.0, 1.0, (0.2, 0.5))
    share = min(max((low + high) / 2, 0.02), 0.98)
    sizes = np.array(published.sizes, dtype=np.float64)
    inside = float((sizes * (sizes - 1)).sum())
    products = sizes[:, None] * sizes[None, :] * weights
    outside = float(products.sum() - np.trace(products))
    return max(outside * (1 - share) / share / inside, 0.01) if inside and outside else _WITHIN


def _draw_pairs(
    published: Published,
    pairs: Integers,
    weights: Floats,
    unnamed: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[Integers, Integers]:
    """Pairs that ask each other, and pairs of whom one asks the other."""
    arcs = round(_typical(published, "mean_named", 10.0, (2, 5)) * len(unnamed))
    share = _typical(published, "reciprocity", 1.0, (0.2, 0.5))
    wanted = round(share * arcs / 2)
    # The largest keys of log-weight plus Gumbel noise are a weighted draw without replacement.
    keys = np.log(weights) + rng.gumbel(size=len(pairs))
    order = np.argsort(-keys, kind="stable")
    both = ~(unnamed[pairs[order, 0]] | unnamed[pairs[order, 1]])
    chosen = order[both][:wanted]
    left = order[~np.isin(order, chosen)][: max(arcs - 2 * wanted, 0)]
    return pairs[chosen], pairs[left]


def _orient(pairs: Integers, unnamed: NDArray[np.bool_], rng: np.random.Generator) -> Integers:
    """From asker to asked; whoever is named by nobody only asks."""
    turned = rng.random(len(pairs)) < 0.5
    turned = np.where(unnamed[pairs[:, 0]], False, np.where(unnamed[pairs[:, 1]], True, turned))
    return np.where(turned[:, None], pairs[:, ::-1], pairs)


def _everybody_named(arcs: Integers, mutual: Integers, unnamed: NDArray[np.bool_]) -> Integers:
    """Turn or move single arcs until everybody who should be named is named."""
    arcs = arcs.copy()
    named = np.bincount(arcs[:, 1], minlength=len(unnamed))
    named += np.bincount(mutual.ravel(), minlength=len(unnamed))
    for member in np.flatnonzero((named == 0) & ~unnamed):
        place, is_own = _spare_arc(arcs, named, member)
        if place is None:
            break
        asker, was_asked = arcs[place]
        named[was_asked] -= 1
        arcs[place] = (was_asked if is_own else asker, member)
        named[member] += 1
    return arcs


def _spare_arc(arcs: Integers, named: Integers, member: np.int64) -> tuple[int | None, bool]:
    """The arc to turn (the member's own) or to move, taken from who is named most often."""
    spare = named[arcs[:, 1]] > 1
    own = np.flatnonzero(spare & (arcs[:, 0] == member))
    asked = arcs[arcs[:, 0] == member, 1]
    other = np.flatnonzero(spare & ~np.isin(arcs[:, 0], asked))
    places = own if len(own) else other
    if not len(places):
        return None, False
    return int(places[np.argmax(named[arcs[places, 1]])]), len(own) > 0
