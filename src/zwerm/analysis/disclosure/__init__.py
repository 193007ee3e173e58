"""Whether and how coarsely a figure may be shown. Everything a report says passes through here.

The rules R1 to R5b are those a staff council reads before it consents; the floors are
constants that a school may only raise. See docs/methods/disclosure.md.
"""

from zwerm.analysis.disclosure.figures import (
    show_centralization,
    show_coupling,
    show_mean_named,
    show_profile,
    show_share,
    show_unnamed,
)
from zwerm.analysis.disclosure.grid import Shown, Withheld, on_grid, word_of
from zwerm.analysis.disclosure.groups import (
    Block,
    GroupMap,
    is_dominated,
    merge_small_groups,
    show_group_map,
)
from zwerm.analysis.disclosure.intervals import (
    ShownIntervals,
    least_answered,
    may_be_chance,
    show_intervals,
)
from zwerm.analysis.disclosure.own import own_band
from zwerm.analysis.disclosure.scales import (
    COEFFICIENTS_FROM,
    Fit,
    ShownScale,
    lies_apart,
    show_coefficient,
    show_fit,
    show_scale,
)

FLOOR_NETWORK = 10
FLOOR_SCALE = 5
FLOOR_COMMENTS = 10

__all__ = [
    "COEFFICIENTS_FROM",
    "FLOOR_COMMENTS",
    "FLOOR_NETWORK",
    "FLOOR_SCALE",
    "Block",
    "Fit",
    "GroupMap",
    "Shown",
    "ShownIntervals",
    "ShownScale",
    "Withheld",
    "is_dominated",
    "least_answered",
    "lies_apart",
    "may_be_chance",
    "merge_small_groups",
    "on_grid",
    "own_band",
    "show_centralization",
    "show_coefficient",
    "show_coupling",
    "show_fit",
    "show_group_map",
    "show_intervals",
    "show_mean_named",
    "show_profile",
    "show_scale",
    "show_share",
    "show_unnamed",
    "word_of",
]
