"""Which comments may stand beside a report: enough of them, without names, in no order."""

from __future__ import annotations

import re

import numpy as np

from zwerm.scans.models import Scan
from zwerm.scans.results.arrays import Asked

FEWEST_COMMENTS = 5


def publishable(scan: Scan, asked: Asked, rng: np.random.Generator) -> list[str]:
    """The comments of a closed scan, shuffled; none under the floors of privacy.md."""
    if not scan.has_comment or int(asked.counts.sum()) < scan.floor_comments:
        return []
    names = [entry.name for entry in asked.entries]
    texts = [text.strip() for text in asked.chosen("comment") if text and text.strip()]
    kept = [text for text in texts if not roster_names_in(text, names)]
    if len(kept) < FEWEST_COMMENTS:
        return []
    return [kept[i] for i in rng.permutation(len(kept))]


def roster_names_in(text: str, names: list[str]) -> list[str]:
    """The first or last names of people on the roster that stand in `text` as whole words.

    Example:
        >>> roster_names_in("Vraag het aan Noor.", ["Noor Bakker", "Tim Bos"])
        ['Noor']
    """
    parts = {part for name in names for part in name.split() if part[:1].isupper()}
    words = set(re.findall(r"[^\W\d_]+", text))
    return sorted(parts & words)
