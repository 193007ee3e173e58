"""People who change places at random: many orders at once, and how extreme the real one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from zwerm.analysis.arcs import Mask
from zwerm.analysis.memory import keep_memory

Order = npt.NDArray[np.integer]
Progress = Callable[[float], None]
Found = TypeVar("Found")

NARROW = 8
"""Up to this many bits for a place, short random numbers are long enough."""
AT_ONCE = 2**18
"""How many numbers are looked at together: what a processor keeps close by."""
ROUNDING = 1e-9
"""Two values that differ by less than this share of them are the same but for rounding."""


def orders(known: Mask, count: int, rng: np.random.Generator) -> Order:
    """Random orders in which people change places: shape (people, count), one order a column.

    `order[i]` takes the place of i. People whose row is known change places among themselves, and
    so do the others: each order then looks at the same pairs.
    """
    if known.all():
        return shuffled(len(known), count, rng)
    found = np.empty((len(known), count), dtype=_small_for(len(known)))
    for members in (np.flatnonzero(known), np.flatnonzero(~known)):
        found[members] = members[shuffled(len(members), count, rng)]
    return found


def shuffled(people: int, count: int, rng: np.random.Generator) -> Order:
    """All orders of 0 .. people - 1 with equal chance: shape (people, count), one a column.

    Each is the order of random numbers that carry their place in their last bits. An order in
    which two numbers are the same in their first bits is drawn again.
    """
    bits = max(people - 1, 0).bit_length()
    kind = np.uint32 if bits <= NARROW else np.uint64
    last = kind((1 << bits) - 1)
    keys = _random_bits(people * count, kind, rng).reshape(count, people)
    keys &= ~last
    keys |= np.arange(people).astype(kind)
    keys.sort(axis=1)
    small = _small_for(people)
    found = np.ascontiguousarray(np.bitwise_and(keys.astype(small), small(last)).T)
    is_equal = (keys[:, 1:] ^ keys[:, :-1]) <= last
    if is_equal.any():
        (again,) = np.nonzero(is_equal.any(axis=1))
        found[:, again] = shuffled(people, len(again), rng)
    return found


def _small_for(people: int) -> type[np.uint8] | type[np.uint16] | type[np.uint32]:
    """The smallest kind of number that tells all these people apart."""
    return np.uint8 if people <= 2**8 else np.uint16 if people <= 2**16 else np.uint32


def _random_bits(count: int, kind: type[Any], rng: np.random.Generator) -> npt.NDArray[Any]:
    """Numbers of which each bit is 0 or 1 with equal chance."""
    words = -(-count * np.dtype(kind).itemsize // 8)
    drawn = rng.integers(0, 2**64 - 1, words, dtype=np.uint64, endpoint=True)
    return np.asarray(drawn.view(kind)[:count])


def inverse_of(order: Order) -> Order:
    """Whose place each one takes: `inverse[order[i]]` is i."""
    inverse = np.empty_like(order)
    people = np.arange(len(order)).astype(order.dtype)[:, None]
    np.put_along_axis(inverse, order.astype(np.int64), people, axis=0)
    return inverse


def nobody_moves(people: int) -> Order:
    """The order in which people really are."""
    return np.arange(people, dtype=np.int32)[:, None]


def in_portions(
    look: Callable[[Order], Found],
    known: Mask,
    permutations: int,
    cells: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Iterator[Found]:
    """What `look` finds in random orders, some at a time; one order takes so many `cells`."""
    keep_memory()
    done = 0
    while done < permutations:
        count = min(max(1, AT_ONCE // max(1, cells)), permutations - done)
        yield look(orders(known, count, rng))
        done += count
        if progress:
            progress(done / permutations)


def check_permutations(permutations: int) -> None:
    if permutations < 1:
        raise ValueError(f"permutations must be at least 1, got {permutations}; 2000 is usual")


def chance(extreme: int, permutations: int) -> float:
    """The exact p of counting: the real order is one of all that were looked at.

    Source: Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology
    9(1), article 39.

    >>> chance(0, 999)
    0.001
    """
    return (1 + extreme) / (1 + permutations)
