"""A figure in as few words as fit beside a picture."""

from __future__ import annotations

from typing import Any

from zwerm.scans.sentences.numbers import FEW, mean_in_words, share_in_words
from zwerm.scans.sentences.wording import phrase

WORDS_OF_THEIR_OWN = ("centralization", "unnamed")


def say(name: str, figure: dict[str, Any], language: str, size: str = "") -> str:
    """A published figure in words; nothing for one that is not shown.

    `name` is the figure's name in the snapshot, or `share` for a share of a scale; `size` the
    size class of the response: fewer than 20 answers are said without any number.

    Example:
        >>> three = {"shown": True, "kind": "share", "value": 0.3, "step": 0.1, "end": None}
        >>> say("across", three | {"word": "middle"}, "nl")
        'ongeveer 3 van de 10'
    """
    language = "en" if language.startswith("en") else "nl"
    if not figure["shown"]:
        return ""
    if name in WORDS_OF_THEIR_OWN:
        word = "at_most" if name == "unnamed" and figure.get("end") else figure["word"]
        return phrase(f"labels.{name}.{word}", language)
    if figure["kind"] == "word":
        kind = "level" if name == "profile" else "share"
        return phrase(f"labels.{kind}.{figure['word']}", language)
    if figure["kind"] == "number":
        return mean_in_words(figure, language)
    return share_in_words(figure, "beside_a_picture", language, in_few=size in FEW).words.strip()
