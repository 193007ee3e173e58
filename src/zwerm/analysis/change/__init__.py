"""Two scans of the same people compared: verdicts, arcs kept and ended, falling back.

How, why and what is visible: docs/methods/change.md.
"""

from zwerm.analysis.change.falling import falling_back, mirrored
from zwerm.analysis.change.kept import Kept
from zwerm.analysis.change.stayers import Parts, Stayers, composition_of, stayers_of
from zwerm.analysis.change.verdicts import (
    FAMILY,
    FEWEST_ANSWERS,
    FEWEST_FOR_COUPLING,
    MATTERS,
    Change,
    Difference,
    Expectation,
    Outcome,
    Verdict,
    change_of,
)
from zwerm.analysis.change.visible import visible_change

__all__ = [
    "FAMILY",
    "FEWEST_ANSWERS",
    "FEWEST_FOR_COUPLING",
    "MATTERS",
    "Change",
    "Difference",
    "Expectation",
    "Kept",
    "Outcome",
    "Parts",
    "Stayers",
    "Verdict",
    "change_of",
    "composition_of",
    "falling_back",
    "mirrored",
    "stayers_of",
    "visible_change",
]
