"""A model of who names whom: how much people ask and are asked, ask back, and stay in their group.

See docs/methods/p2.md.
"""

from zwerm.analysis.p2.evidence import Evidence, evidence_of
from zwerm.analysis.p2.sampler import Posterior, fit_many

__all__ = ["Evidence", "Posterior", "evidence_of", "fit_many"]
