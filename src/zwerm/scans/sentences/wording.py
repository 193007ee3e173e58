"""The patterns of sentences.yaml: finding one, filling it in, choosing its verb."""

from __future__ import annotations

import re
from typing import Any

from zwerm.scans.library.texts import Text, fill, load

VERB = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def text_at(key: str) -> Text:
    """The pair of texts at a dotted place, such as `dynamic.lead.high`.

    Raises:
        KeyError: nothing stands there.
    """
    found: Any = load("sentences.yaml")
    for name in key.split("."):
        found = found[name]
    return Text.of(found)


def worded(key: str, language: str, *, is_plural: bool = True, **words: str) -> str:
    """The pattern at `key` in one language, filled in, with a capital at its start."""
    return capital(phrase(key, language, is_plural=is_plural, **words))


def phrase(key: str, language: str, *, is_plural: bool = True, **words: str) -> str:
    """The same without a capital: for a part of a sentence.

    Verbs are chosen before names are filled in, so that a bracket in a name stays a bracket.
    """
    pattern = choose_verb(text_at(key).in_(language), is_plural=is_plural)
    return fill(pattern, **words)


def choose_verb(pattern: str, *, is_plural: bool) -> str:
    """Keep the plural or the singular verb of each `[plural|singular]`.

    Example:
        >>> choose_verb("Zij [gaan|gaat] weg.", is_plural=False)
        'Zij gaat weg.'
    """
    return VERB.sub(lambda found: found[1 if is_plural else 2], pattern)


def capital(sentence: str) -> str:
    """The sentence with a capital at its start.

    Example:
        >>> capital("ongeveer de helft")
        'Ongeveer de helft'
    """
    return sentence[:1].upper() + sentence[1:]


def uncapital(label: str) -> str:
    """A label in the middle of a sentence; an abbreviation such as ICT keeps its capitals.

    Example:
        >>> uncapital("Groei"), uncapital("ICT en taal")
        ('groei', 'ICT en taal')
    """
    first = label.split(" ", 1)[0]
    is_word = first[1:] == first[1:].lower()
    return label[:1].lower() + label[1:] if is_word else label
