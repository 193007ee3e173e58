"""Response: what everybody may see of it while a scan is open, and what it allows afterwards.

Source: the response contract is a convention of the field, fixed before a scan opens; it is
no law of statistics. See docs/methods/response.md.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Literal

Contract = Literal["full", "broad", "little"]
Size = Literal["none", "tiny", "small", "large", "xlarge"]

FEWEST_INVITED = 10
PEOPLE_A_BAND = 4
FULL, BROAD = 80, 65
"""In per cent: the edges of the response contract."""

EDGES = (FULL, BROAD, 50, 30, 40, 20, 10, 90)
"""In per cent, in the order in which they are taken as edges of bands: first those of the contract.

What a report holds tells its class. Would a class begin in the middle of a band, then band and
class together would say more than either, in a small school the very number of answers.
"""

NETWORK = frozenset({"mean_named", "reciprocity", "centralization", "profile"})
"""What a report of the class "broad" may hold of the network."""


@cache
def edges(members: int) -> tuple[int, ...]:
    """Where the bands of participation begin, in per cent; none under ten invited people.

    Never finer than ten points, and every band holds at least four possible counts.

    Example:
        >>> edges(12), edges(27), edges(9)
        ((0, 30, 65), (0, 30, 50, 65, 80), ())
    """
    if members < FEWEST_INVITED:
        return ()
    taken: tuple[int, ...] = (0,)
    for edge in EDGES:
        tried = tuple(sorted((*taken, edge)))
        first = [*(fewest(one, members) for one in tried), members + 1]
        if all(after - before >= PEOPLE_A_BAND for before, after in pairwise(first)):
            taken = tried
    return taken


def fewest(per_cent: int, members: int) -> int:
    """The smallest number that is at least so many per cent of `members`; exact."""
    return -(-per_cent * members // 100)


def bands(members: int) -> int:
    """Into how many bands participation is divided; 0 when it is not shown at all.

    Example:
        >>> bands(12), bands(84), bands(9)
        (3, 9, 0)
    """
    return len(edges(members))


def reach_of(band: int, members: int) -> tuple[float, float]:
    """The shares between which a band lies.

    Example:
        >>> reach_of(3, 27), reach_of(2, 12)
        ((0.65, 0.8), (0.65, 1.0))
    """
    ends = (*edges(members), 100)
    return ends[band] / 100, ends[band + 1] / 100


def band_of(count: int, members: int) -> int:
    """The band in which `count` of `members` lies, from 0; the last one holds everybody.

    Raises:
        ValueError: participation is not shown for so few members, or the count is impossible.

    Example:
        >>> band_of(0, 12), band_of(4, 12), band_of(12, 12)
        (0, 1, 2)
    """
    if not bands(members):
        raise ValueError(f"participation of {members} members is not shown")
    if not 0 <= count <= members:
        raise ValueError(f"{count} of {members} members is impossible")
    return sum(count >= fewest(edge, members) for edge in edges(members)) - 1


def shown_band(shown: int, before: int, after: int, members: int) -> int:
    """The band to show when the count went from `before` to `after`.

    A rise into a higher band shows at once. A fall does not: it shows at the next rise, so
    that nobody can watch one person withdraw.

    Example:
        >>> shown_band(1, 7, 8, 12), shown_band(2, 8, 7, 12)
        (2, 2)
    """
    if not bands(members):
        return 0
    new = band_of(after, members)
    return new if new > band_of(before, members) else shown


def carried_band(shown: int, before: int, after: int) -> int:
    """The band to show when the roster went from `before` to `after` members.

    It begins no higher than the one that was shown: nothing is said that was not said before.

    Example:
        >>> carried_band(1, 12, 10), carried_band(3, 27, 26), carried_band(2, 12, 9)
        (0, 3, 0)
    """
    if not bands(before) or not bands(after):
        return 0
    lower = edges(before)[shown]
    return sum(edge <= lower for edge in edges(after)) - 1


def contract(respondents: int, members: int) -> Contract:
    """What was agreed for this response, decided on the exact share.

    Example:
        >>> contract(80, 100), contract(65, 100), contract(64, 100)
        ('full', 'broad', 'little')
    """
    if members < 1 or not 0 <= respondents <= members:
        raise ValueError(f"{respondents} of {members} members is impossible")
    if respondents >= fewest(FULL, members):
        return "full"
    return "broad" if respondents >= fewest(BROAD, members) else "little"


def allows(agreed: Contract, figure: str) -> bool:
    """True if a report of this class may hold `figure` of the network."""
    return agreed == "full" or (agreed == "broad" and figure in NETWORK)


def size_of(respondents: int) -> Size:
    """The size class on which the steps of publication depend."""
    if respondents < 10:
        return "none"
    if respondents < 20:
        return "tiny"
    if respondents < 50:
        return "small"
    return "large" if respondents < 100 else "xlarge"
