"""UCINET's DL files: full and half matrices, edge and node lists, labels apart or embedded.

Source: Borgatti, Everett & Freeman (2002), UCINET 6 for Windows: reference guide, DL protocol.
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

START = re.compile(r"\s*dl\b[\s,]*(?:title|n|nr|nm|nc|format|diagonal)\s*=", re.IGNORECASE)
DATA = re.compile(r"\bdata\s*:", re.IGNORECASE)
SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*([\w.]+)", re.IGNORECASE)
LABELS = re.compile(
    r"\b(?:(row|col|column|matrix|level)\s+)?labels?\s*(embedded)?\s*(?::|$|(?=\n))", re.IGNORECASE
)
WORD = re.compile(r'"([^"]*)"|([^\s,"]+)')

FORMATS = {
    "fullmatrix": "full",
    "fm": "full",
    "lowerhalf": "lower",
    "lh": "lower",
    "upperhalf": "upper",
    "uh": "upper",
    "edgelist1": "edges",
    "el1": "edges",
    "nodelist1": "nodes",
    "nl1": "nodes",
}
TWO_MODE = {"edgelist2", "el2", "nodelist2", "nl2", "rankedlist2", "edgearray2", "ea2"}

Lines = list[tuple[int, list[str]]]


@dataclass(slots=True)
class Head:
    """What stands before the data."""

    people: int
    line: int
    form: str = "full"
    matrices: int = 1
    has_diagonal: bool = True
    is_embedded: bool = False
    labels: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)


def is_dl(text: str) -> bool:
    """Whether a text looks like a DL file of UCINET."""
    return bool(START.match(text))


def dl_of(name: str, text: str) -> Found:
    """The people and ties of one DL file.

    Raises:
        Fault: the head lacks something, or the data are not what it announces.
    """
    opening = DATA.search(text)
    if opening is None:
        raise Fault("no_data", file=name)
    head = head_of(name, text[: opening.start()])
    first = text.count("\n", 0, opening.end()) + 1
    body = [
        (first - 1 + line, words_of(written)) for line, written in lines_of(text[opening.end() :])
    ]
    blocks = blocks_of(name, head, [(line, words) for line, words in body if words])
    ids, ties = Ids(name, head), []
    for relation, block in zip(head.relations, blocks, strict=True):
        ties += list(READERS[head.form](name, head, block, ids, relation))
    return found_of(name, ids.people(), ties)


def words_of(written: str) -> list[str]:
    """The words of a line, between spaces or commas; what stands between quotes is one.

    >>> words_of('"Pam, de Boer", 1 0')
    ['Pam, de Boer', '1', '0']
    """
    return [" ".join(quoted.split()) or bare for quoted, bare in WORD.findall(written)]


def head_of(name: str, text: str) -> Head:
    """Numbers, form and labels."""
    settings, *labels = LABELS.split(text)
    said = {key.casefold(): value for key, value in SETTING.findall(settings)}
    line = 1 + settings[: len(settings) - len(settings.lstrip())].count("\n")
    form = said.get("format", "fullmatrix").casefold()
    if form in TWO_MODE or said.get("nr") != said.get("nc"):
        raise Fault("two_mode", file=name, row=line)
    if form not in FORMATS:
        raise Fault("dl_format", file=name, row=line, found=form, formats=", ".join(FORMATS))
    count = said.get("n", said.get("nr"))
    if count is None:
        raise Fault("dl_no_n", file=name, row=line)
    head = Head(people_in(name, line, count, least=1), line, FORMATS[form])
    head.matrices = people_in(name, line, said.get("nm", "1"), least=1)
    head.has_diagonal = said.get("diagonal", "present").casefold() != "absent"
    add_labels(name, head, labels)
    if head.is_embedded and head.form in {"lower", "upper"}:
        raise Fault("dl_half_embedded", file=name, row=line)
    return head


def add_labels(name: str, head: Head, found: list[str]) -> None:
    """The labels of people and of matrices, from the pieces between the words that open them."""
    for kind, embedded, body in zip(found[::3], found[1::3], found[2::3], strict=True):
        words = words_of(SETTING.sub("", body))
        is_of_matrices = (kind or "").casefold() in {"matrix", "level"}
        if embedded:
            head.is_embedded = True
        elif is_of_matrices:
            head.relations = check_labels(name, head, words, head.matrices)
        elif head.labels and words != head.labels:
            raise Fault("two_mode", file=name, row=head.line)
        else:
            head.labels = check_labels(name, head, words, head.people)
    head.relations = head.relations or [str(number + 1) for number in range(head.matrices)]


def check_labels(name: str, head: Head, words: list[str], wanted: int) -> list[str]:
    if len(words) != wanted:
        raise Fault("dl_labels", file=name, row=head.line, found=len(words), wanted=wanted)
    return words


@dataclass(slots=True)
class Ids:
    """Who is who: by number in the labels, or by the labels in the data."""

    name: str
    head: Head
    lines: dict[str, int] = field(default_factory=dict)

    def of(self, line: int, column: str, word: str) -> str:
        """The id of a person as the data name them."""
        if not self.head.is_embedded:
            return person_in(self.name, line, column, word, self.all())
        if word not in self.lines:
            self.lines[word] = line
            if len(self.lines) > self.head.people:
                raise Fault(
                    "dl_people", file=self.name, row=line, people=self.head.people, found=word
                )
        return word

    def all(self) -> list[str]:
        """Everybody in order; those whom no label names by their number."""
        if self.head.is_embedded:
            return list(self.lines)
        if not self.head.labels:
            self.head.labels = [str(number + 1) for number in range(self.head.people)]
        return self.head.labels

    def people(self) -> list[Row]:
        """A row each; `n` people, also those whom embedded labels never name."""
        rows = [Row(self.lines.get(one, self.head.line), (one,)) for one in self.all()]
        unnamed = range(len(rows) + 1, self.head.people + 1)
        return [*rows, *(Row(self.head.line, (f"#{number}",)) for number in unnamed)]


def blocks_of(name: str, head: Head, body: Lines) -> list[Lines]:
    """The data of each matrix: lists are parted by a line `!`, matrices follow each other."""
    if head.form in {"edges", "nodes"}:
        blocks: list[Lines] = [[]]
        for line, words in body:
            if words == ["!"]:
                blocks.append([])
            else:
                blocks[-1].append((line, words))
    else:
        blocks = equal_blocks(name, head, body)
    if len(blocks) != head.matrices:
        raise Fault(
            "dl_matrices", file=name, row=head.line, found=len(blocks), wanted=head.matrices
        )
    return blocks


def equal_blocks(name: str, head: Head, body: Lines) -> list[Lines]:
    """As many cells for each matrix, however they are spread over lines."""
    cells = [(line, word) for line, words in body for word in words]
    size = cells_in(head) + labels_in(head)
    if len(cells) != size * head.matrices:
        wrong = uneven_line(head, body)
        raise Fault(
            "dl_cells",
            file=name,
            row=wrong,
            found=len(cells),
            wanted=size * head.matrices,
            people=head.people,
        )
    blocks = [cells[start : start + size] for start in range(0, len(cells), size)]
    return [[(line, [word]) for line, word in block] for block in blocks]


def uneven_line(head: Head, body: Lines) -> int:
    """The first line that has another number of cells than most have; the last when all agree."""
    usual = head.people + head.is_embedded
    odd = (line for line, words in body if len(words) not in {usual, head.people})
    return next(odd, body[-1][0] if body else head.line) if head.form == "full" else head.line


def labels_in(head: Head) -> int:
    """How many words of a matrix are labels: one per column and one per row."""
    return 2 * head.people if head.is_embedded and head.form == "full" else 0


def cells_in(head: Head) -> int:
    """How many cells a matrix has."""
    off = head.people * (head.people - 1)
    return (off if head.form == "full" else off // 2) + head.people * head.has_diagonal


def columns_of(head: Head, row: int) -> Iterator[int]:
    """The columns that have a cell in this row."""
    first = row if head.form == "upper" else 0
    last = row + 1 if head.form == "lower" else head.people
    return (column for column in range(first, last) if head.has_diagonal or column != row)


def matrix(name: str, head: Head, block: Lines, ids: Ids, relation: str) -> Iterator[Tie]:
    """A full matrix, or half of one whose ties have no direction."""
    cells = iter([(line, words[0]) for line, words in block])
    if labels_in(head):
        read_columns(name, head, cells, ids)
    names, is_both = ids.all(), head.form != "full"
    for row in range(head.people):
        source = ids.of(*labelled(cells)) if labels_in(head) else names[row]
        for column in columns_of(head, row):
            line, cell = next(cells)
            check_number(name, line, names[column], cell)
            if not is_zero(cell):
                yield Tie(line, source, names[column], cell, relation, is_both)


def read_columns(name: str, head: Head, cells: Iterator[tuple[int, str]], ids: Ids) -> None:
    """The labels above a matrix, each once."""
    labels = [ids.of(*labelled(cells)) for _ in range(head.people)]
    if len(set(labels)) < head.people:
        raise Fault(
            "dl_labels", file=name, row=head.line, found=len(set(labels)), wanted=head.people
        )


def labelled(cells: Iterator[tuple[int, str]]) -> tuple[int, str, str]:
    """The next word of the data, which is a label."""
    line, word = next(cells)
    return line, "label", word


def edges(name: str, head: Head, block: Lines, ids: Ids, relation: str) -> Iterator[Tie]:
    """On each line who names, who is named, and perhaps a value."""
    for line, words in block:
        pair = pair_of(name, line, words, ids)
        if len(words) > 3:
            raise Fault("dl_edge", file=name, row=line, found=len(words))
        value = words[2] if len(words) == 3 else "1"
        check_number(name, line, "value", value)
        yield Tie(line, *pair, value, relation)


def pair_of(name: str, line: int, words: Sequence[str], ids: Ids) -> tuple[str, str]:
    if len(words) < 2:
        raise Fault("no_second_person", file=name, row=line)
    return ids.of(line, "source", words[0]), ids.of(line, "target", words[1])


def nodes(name: str, head: Head, block: Lines, ids: Ids, relation: str) -> Iterator[Tie]:
    """On each line who names, and everybody they name; alone on a line names nobody."""
    for line, words in block:
        source = ids.of(line, "source", words[0])
        for word in words[1:]:
            yield Tie(line, source, ids.of(line, "target", word), "1", relation)


def check_number(name: str, line: int, column: str, cell: str) -> None:
    """A cell of the data is a number; what UCINET writes for missing is named apart."""
    if cell.casefold() in {".", "na", "-"}:
        raise Fault("missing_cell", file=name, row=line, column=column, found=cell)
    if number_in(cell) is None:
        raise Fault("not_a_number", file=name, row=line, column=column, found=cell)


READERS = {"full": matrix, "lower": matrix, "upper": matrix, "edges": edges, "nodes": nodes}
