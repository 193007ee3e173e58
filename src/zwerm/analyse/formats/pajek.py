"""Pajek's networks (.net): vertices with labels; arcs, edges, lists and matrices of relations.

Source: De Nooy, Mrvar & Batagelj (2018), Exploratory Social Network Analysis with Pajek,
appendix 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zwerm.analyse.formats.found import (
    Found,
    Tie,
    found_of,
    is_zero,
    lines_of,
    people_in,
    person_in,
)
from zwerm.analyse.people import number_in
from zwerm.analyse.reading import Row
from zwerm.analyse.words import Fault

START = re.compile(r"(?:\s*%[^\n]*\n|\s)*\*\s*(?:vertices|network)\b", re.IGNORECASE)
WORD = re.compile(r'"([^"]*)"|(\S+)')
LISTS = {"arcs", "edges", "arcslist", "edgeslist"}
WITHOUT_DIRECTION = {"edges", "edgeslist"}


@dataclass(slots=True)
class Part:
    """A line that begins with a star, and the lines below it: each its number and its words."""

    line: int
    kind: str
    words: list[str]
    body: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def relation(self) -> str:
        """`*Arcs :2 "friends"` is the relation friends; without a label its number."""
        number = next((word[1:] for word in self.words if word.startswith(":")), "")
        label = next((word for word in self.words if not word.startswith(":")), "")
        return label or number


def is_pajek(text: str) -> bool:
    """Whether a text looks like a network of Pajek."""
    return bool(START.match(text))


def pajek_of(name: str, text: str) -> Found:
    """The people and ties of one Pajek file.

    Raises:
        Fault: a line is not as Pajek writes it, or is about people who are not there.
    """
    parts = parts_of(name, text)
    vertices = next((part for part in parts if part.kind == "vertices"), None)
    if vertices is None:
        raise Fault("no_vertices", file=name)
    people = people_of(name, vertices)
    ids = [row.cells[0] for row in people]
    ties = [tie for part in parts for tie in ties_of(name, part, ids)]
    return found_of(name, people, ties)


def parts_of(name: str, text: str) -> list[Part]:
    """The parts of the file, each opened by a line with a star."""
    parts: list[Part] = []
    for line, written in lines_of(text):
        if not written or written.startswith("%"):
            continue
        if written.startswith("*"):
            parts.append(part_of(name, line, written, parts))
        elif not parts:
            raise Fault("no_vertices", file=name)
        else:
            parts[-1].body.append((line, words_of(written)))
    return parts


def part_of(name: str, line: int, written: str, before: list[Part]) -> Part:
    """One opening line, of a kind that is known and at a place where it may be."""
    kind, *words = words_of(written[1:].strip()) or [""]
    kind = kind.casefold()
    if kind not in LISTS | {"vertices", "matrix", "network"}:
        raise Fault("pajek_part", file=name, row=line, found=f"*{kind}")
    has_vertices = any(part.kind == "vertices" for part in before)
    if kind == "vertices" and has_vertices:
        raise Fault("second_network", file=name, row=line)
    if kind in LISTS | {"matrix"} and not has_vertices:
        raise Fault("no_vertices", file=name)
    return Part(line, kind, words)


def words_of(written: str) -> list[str]:
    """The words of a line; what stands between quotes is one.

    >>> words_of('1 "Pam de Boer" 0.1')
    ['1', 'Pam de Boer', '0.1']
    """
    return [" ".join(quoted.split()) or bare for quoted, bare in WORD.findall(written)]


def people_of(name: str, part: Part) -> list[Row]:
    """Everybody in the order of their numbers; who has no label is called by their number."""
    if not 1 <= len(part.words) <= 2:
        raise Fault("not_a_count", file=name, row=part.line, found=" ".join(part.words))
    count = people_in(name, part.line, part.words[0], least=1)
    if len(part.words) == 2 and part.words[1] != part.words[0]:
        raise Fault("two_mode", file=name, row=part.line)
    people = [Row(part.line, (str(number),)) for number in range(1, count + 1)]
    numbers = [str(number) for number in range(1, count + 1)]
    for line, words in part.body:
        number = int(person_in(name, line, "number", words[0], numbers))
        label = words[1] if len(words) > 1 and words[1] else words[0]
        people[number - 1] = Row(line, (label,))
    return people


def ties_of(name: str, part: Part, ids: Sequence[str]) -> Iterator[Tie]:
    """The ties in one part."""
    is_both = part.kind in WITHOUT_DIRECTION
    if part.kind == "matrix":
        yield from matrix(name, part, ids)
    elif part.kind in LISTS:
        for line, words in part.body:
            if len(words) < 2:
                raise Fault("no_second_person", file=name, row=line)
            is_list = part.kind.endswith("list")
            source = person_in(name, line, "source", words[0], ids)
            for word in words[1:] if is_list else words[1:2]:
                target = person_in(name, line, "target", word, ids)
                value = "1" if is_list else value_of(name, line, words[2:])
                yield Tie(line, source, target, value, part.relation, is_both)


def value_of(name: str, line: int, rest: Sequence[str]) -> str:
    """The value of an arc, 1 when only its looks follow or nothing."""
    if not rest or number_in(rest[0]) is None:
        if rest and re.match(r"[-+.\d]", rest[0]):
            raise Fault("not_a_number", file=name, row=line, column="value", found=rest[0])
        return "1"
    return rest[0]


def matrix(name: str, part: Part, ids: Sequence[str]) -> Iterator[Tie]:
    """A row per person, a cell per person."""
    if len(part.body) != len(ids):
        raise Fault("matrix_rows", file=name, row=part.line, found=len(part.body), people=len(ids))
    for source, (line, cells) in zip(ids, part.body, strict=True):
        if len(cells) != len(ids):
            raise Fault("matrix_cells", file=name, row=line, found=len(cells), people=len(ids))
        for target, cell in zip(ids, cells, strict=True):
            if number_in(cell) is None:
                raise Fault("not_a_number", file=name, row=line, column=target, found=cell)
            if not is_zero(cell):
                yield Tie(line, source, target, cell, part.relation)
