"""Whether a school falls back, from the verdicts of its scans and never from figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

Word = Literal["risen", "fallen", "no_clear_change", "cannot_say"]


def falling_back(words: Sequence[str]) -> Literal["after_rise", "twice"] | None:
    """Whether the last of these verdicts on one figure says that it falls back.

    "after_rise": it fell, and the last time that it clearly moved before, it rose. "twice": it
    fell, and so it did in the scan before. A verdict in between that sees no change, or cannot
    say, does not undo a rise; but two falls that it parts are not "twice in a row".

    Args:
        words: the verdict of each scan after the first, from old to new.

    Raises:
        ValueError: a word that is no verdict.

    Example:
        >>> falling_back(["risen", "no_clear_change", "fallen"])
        'after_rise'
        >>> falling_back(["fallen", "fallen"]), falling_back(["fallen", "risen"])
        ('twice', None)
    """
    if unknown := [word for word in words if word not in get_args(Word)]:
        raise ValueError(f"a verdict is one of {', '.join(get_args(Word))}; got {unknown[0]}")
    if not words or words[-1] != "fallen":
        return None
    if list(words[-2:]) == ["fallen", "fallen"]:
        return "twice"
    moved = [word for word in words[:-1] if word in ("risen", "fallen")]
    return "after_rise" if moved[-1:] == ["risen"] else None


def mirrored(word: str) -> str:
    """The verdict on the same figure read the other way: what rose has then fallen.

    Example:
        >>> [mirrored(word) for word in ("risen", "fallen", "cannot_say")]
        ['fallen', 'risen', 'cannot_say']
    """
    return {"risen": "fallen", "fallen": "risen"}.get(word, word)
