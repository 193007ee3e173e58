"""How well the questions of a scale hang together, and how far people agree.

Answers are an array of people by items, NaN where somebody did not answer. No result holds NaN:
where a figure does not exist it is None, or the call raises `Unfit`. Definitions and sources:
docs/methods/alpha.md, omega.md, agreement.md, icc.md.
"""

from zwerm.analysis.scales.agreement import (
    Agreement,
    agreement_by_group,
    rwg,
    rwgj,
    uniform_variance,
)
from zwerm.analysis.scales.alpha import Alpha, alpha
from zwerm.analysis.scales.answers import (
    Answers,
    Described,
    Item,
    Unfit,
    describe,
    enough_of,
    keyed,
    person_values,
)
from zwerm.analysis.scales.covariance import Covariance, Missing, covariance
from zwerm.analysis.scales.icc import Icc, icc
from zwerm.analysis.scales.omega import Omega, omega

__all__ = [
    "Agreement",
    "Alpha",
    "Answers",
    "Covariance",
    "Described",
    "Icc",
    "Item",
    "Missing",
    "Omega",
    "Unfit",
    "agreement_by_group",
    "alpha",
    "covariance",
    "describe",
    "enough_of",
    "icc",
    "keyed",
    "omega",
    "person_values",
    "rwg",
    "rwgj",
    "uniform_variance",
]
