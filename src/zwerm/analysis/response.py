"""Response: what everybody may see of it while a scan is open, and what it allows afterwards.

Source: the response contract is a convention of the field, fixed before a scan opens; it is
no law of statistics. See docs/methods/response.md.
"""

from __future__ import annotations

from typing import Literal

Contract = Literal["full", "broad", "little"]
Size = Literal["none", "tiny", "small", "large", "xlarge"]

FEWEST_INVITED = 10
PEOPLE_A_BAND = 4
MOST_BANDS = 10
FULL, BROAD = 0.80, 0.65

NETWORK = frozenset({"mean_named", "reciprocity", "centralization", "profile"})
"""What a report of the class "broad" may hold of the network."""


def bands(members: int) -> int:
    """Into how many equal bands participation is divided; 0 when it is not shown at all.

    Never finer than four people, never more than ten bands, none under ten invited people.

    Example:
        >>> bands(12), bands(84), bands(9)
        (3, 10, 0)
    """
    if members < FEWEST_INVITED:
        return 0
    return min(MOST_BANDS, members // PEOPLE_A_BAND)


def band_of(count: int, members: int) -> int:
    """The band in which `count` of `members` lies, from 0; the last one holds everybody.

    Raises:
        ValueError: participation is not shown for so few members, or the count is impossible.

    Example:
        >>> band_of(0, 12), band_of(4, 12), band_of(12, 12)
        (0, 1, 2)
    """
    number = bands(members)
    if not number:
        raise ValueError(f"participation of {members} members is not shown")
    if not 0 <= count <= members:
        raise ValueError(f"{count} of {members} members is impossible")
    return min(count * number // members, number - 1)


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
        >>> carried_band(1, 12, 11), carried_band(2, 12, 11), carried_band(9, 40, 39)
        (0, 1, 8)
    """
    return shown * bands(after) // bands(before) if bands(before) else 0


def contract(respondents: int, members: int) -> Contract:
    """What was agreed for this response, decided on the exact share.

    Example:
        >>> contract(80, 100), contract(65, 100), contract(64, 100)
        ('full', 'broad', 'little')
    """
    if members < 1 or not 0 <= respondents <= members:
        raise ValueError(f"{respondents} of {members} members is impossible")
    if respondents >= FULL * members:
        return "full"
    return "broad" if respondents >= BROAD * members else "little"


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
