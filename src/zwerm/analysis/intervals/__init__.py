"""How sure a figure is: what if everybody had answered, and what if they were asked again?

The model is in `zwerm.analysis.p2`; what is promised and what is withheld in
docs/methods/completion.md and docs/methods/remeasurement.md.
"""

from zwerm.analysis.intervals.fitted import Draws, Networks, draws_of_many
from zwerm.analysis.intervals.made import (
    DRAWS,
    STABILITY,
    Interval,
    Intervals,
    intervals_from,
    intervals_of,
    intervals_of_many,
)
from zwerm.analysis.intervals.pairs import FIGURES
from zwerm.analysis.intervals.withheld import Basis, Reason, barred, too_wide

__all__ = [
    "DRAWS",
    "FIGURES",
    "STABILITY",
    "Basis",
    "Draws",
    "Interval",
    "Intervals",
    "Networks",
    "Reason",
    "barred",
    "draws_of_many",
    "intervals_from",
    "intervals_of",
    "intervals_of_many",
    "too_wide",
]
