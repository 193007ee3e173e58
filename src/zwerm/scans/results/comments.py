"""Which comments may stand beside a report: enough of them, without names, in no order."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from zwerm.analysis.response import contract
from zwerm.scans.models import Scan
from zwerm.scans.results.arrays import Asked, relation

FEWEST_COMMENTS = 5
PARTICLES = frozenset(
    {"af", "al", "de", "den", "der", "di", "el", "het", "in", "la", "le", "op", "s", "t"}
    | {"te", "ten", "ter", "tot", "uit", "van", "von"}
)
"""Parts of names that are words of every day: a text with one of these names nobody."""
WORD = re.compile(r"[^\W\d_]+")


def publishable(scan: Scan, asked: Asked, names: list[str], rng: np.random.Generator) -> list[str]:
    """The comments of a closed scan, shuffled; none under the floors of privacy.md.

    They need a full response, and enough respondents and comments of people who count (R1).
    `names` are those of the roster as it was frozen: who left since is not written about either.
    """
    advice = relation(asked, "advice")
    if not scan.has_comment or advice.eligible < scan.floor_comments:
        return []
    if contract(advice.answered, len(advice.entries)) != "full":
        return []
    chosen = [(text or "").strip() for text in asked.chosen("comment")]
    kept = [bool(text) and not roster_names_in(text, names) for text in chosen]
    if int((np.array(kept) & asked.counts).sum()) < FEWEST_COMMENTS:
        return []
    texts = [text for text, stays in zip(chosen, kept, strict=True) if stays]
    return [texts[i] for i in rng.permutation(len(texts))]


def roster_names_in(text: str, names: list[str]) -> list[str]:
    """The first or last names of people on the roster that stand in `text` as whole words.

    Capitals and accents do not matter: on a phone people leave them out.

    Example:
        >>> roster_names_in("Vraag het aan noor.", ["Noor Bakker", "Tim Bos"])
        ['noor']
        >>> roster_names_in("Het al of niet van de planning.", ["Al van de Ven"])
        []
    """
    found = {plain(part) for name in names for part in WORD.findall(name) if len(part) > 1}
    parts = found - PARTICLES
    return sorted({word for word in WORD.findall(text) if plain(word) in parts})


def plain(word: str) -> str:
    """A word without capitals and accents."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
