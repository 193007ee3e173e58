"""What one person may learn about how often they themselves were named."""

from __future__ import annotations

FEWEST_OTHERS = 12


def own_band(named: int, others: int) -> str | None:
    """How often somebody was named, roughly; None when fewer than 12 others answered.

    Example:
        >>> own_band(2, 30), own_band(3, 30), own_band(9, 30), own_band(9, 11)
        ('0-2', '3-5', '6+', None)
    """
    if others < FEWEST_OTHERS:
        return None
    if named <= 2:
        return "0-2"
    return "3-5" if named <= 5 else "6+"
