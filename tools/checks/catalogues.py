"""Is every word of every room there in Dutch, once, and with the same places to fill in?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.messages.catalog import Catalog, Message

from tools.translations import Words, catalogue_of, catalogue_path, first_of, rooms, words_of

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")
FEWEST_WORDS = 30
"""A run that found fewer looked in the wrong place: that is a fault as well."""

Key = tuple[str | None, str]


def catalogue_faults() -> list[str]:
    """All faults of all rooms, and words that two rooms translate differently."""
    words = {room: words_of(paths) for room, paths in rooms().items()}
    catalogues = {room: catalogue_of(room) for room in words}
    faults = [fault for room in words for fault in room_faults(room, words[room], catalogues[room])]
    faults += disagreements({room: book for room, book in catalogues.items() if book})
    if sum(map(len, words.values())) < FEWEST_WORDS:
        faults.append("hardly any words were found to translate: the search is broken")
    return faults


def room_faults(room: str, words: Words, catalogue: Catalog | None) -> list[str]:
    """What is missing, left over, unsure or unequal in the catalogue of one room."""
    if catalogue is None:
        return [f"{room} has {len(words)} words and no catalogue"] if words else []
    entries = {key_of(entry): entry for entry in catalogue if entry.id}
    faults = [f"not there: {shown(key)}" for key in words if key not in entries]
    faults += [f"no longer used: {shown(key)}" for key in entries if key not in words]
    faults += [f"no longer used: {shown(key_of(entry))}" for entry in catalogue.obsolete.values()]
    for key, entry in entries.items():
        faults += [f"{fault}: {shown(key)}" for fault in entry_faults(entry)]
        if key in words and (words[key].plural is not None) != isinstance(entry.id, tuple):
            faults.append(f"one form where there are two, or the other way round: {shown(key)}")
    return [f"{catalogue_path(room)}: {fault}" for fault in faults]


def entry_faults(entry: Message) -> Iterator[str]:
    source, dutch = forms(entry.id), forms(entry.string)
    if not all(dutch):
        yield "not translated"
        return
    if entry.fuzzy:
        yield "marked as unsure (fuzzy)"
    if not places_agree(source, dutch):
        yield "other places to fill in than the English"
    if tags_in(source[-1]) != tags_in(dutch[-1]):
        yield "other tags than the English"


def places_agree(source: list[str], dutch: list[str]) -> bool:
    """Each form fills in what its English does; "one answer" may leave out the number."""
    allowed = {place for form in source for place in PLACE.findall(form)}
    if any(set(PLACE.findall(form)) - allowed for form in dutch):
        return False
    return set(PLACE.findall(dutch[-1])) == set(PLACE.findall(source[-1]))


def tags_in(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def disagreements(catalogues: Mapping[str, Catalog]) -> list[str]:
    """Django lays all catalogues on one heap: two translations of one text hide each other."""
    found: dict[Key, dict[tuple[str, ...], str]] = {}
    for room, catalogue in catalogues.items():
        for entry in catalogue:
            if entry.id and all(dutch := forms(entry.string)):
                found.setdefault(key_of(entry), {}).setdefault(tuple(dutch), room)
    return [
        f"{' and '.join(said.values())} translate {shown(key)} differently; give one a context"
        for key, said in found.items()
        if len(said) > 1
    ]


def key_of(entry: Message) -> Key:
    return entry.context, first_of(entry.id)


def forms(text: str | Iterable[str] | None) -> list[str]:
    text = text or ""
    return [text] if isinstance(text, str) else list(text)


def shown(key: Key) -> str:
    context, text = key
    return repr(text) if context is None else f"{text!r} ({context})"
