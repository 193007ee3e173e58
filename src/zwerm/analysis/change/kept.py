"""How many arcs were kept, made and ended, and how much of a difference is who came and went."""

from __future__ import annotations

from dataclasses import dataclass

from zwerm.analysis.change.swaps import Rows


@dataclass(frozen=True, slots=True)
class Kept:
    """The arcs of people who answered both times, to people on both rosters.

    Attributes:
        kept: there both times.
        made: there the second time only.
        ended: there the first time only.
    """

    kept: int
    made: int
    ended: int

    @property
    def jaccard(self) -> float | None:
        """The arcs that were kept, of all that were there at either time; None without any.

        Source: Jaccard (1912), New Phytologist 11(2), 37-50.
        """
        return _share(self.kept, self.kept + self.made + self.ended)

    @property
    def stability(self) -> float | None:
        """The share of the earlier arcs that was kept; None without any.

        Chance and change both end arcs, so how stable an answer is by itself is at least this.
        """
        return _share(self.kept, self.kept + self.ended)


def kept_of(rows: Rows) -> Kept:
    """The arcs that both networks have, and those that one of them has."""
    _source, _target, was, now = rows.union
    return Kept(int((was & now).sum()), int((now & ~was).sum()), int((was & ~now).sum()))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
