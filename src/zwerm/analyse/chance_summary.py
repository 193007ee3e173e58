"""Doubt, tests and change in a few lines on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zwerm.analyse.chance_page import chance, ends_of, statistic_of
from zwerm.analyse.change_page import signed, verdict_in_words
from zwerm.analyse.inference.inferred import Inferred
from zwerm.analyse.inference.sure import NAMES, Sure
from zwerm.analyse.inference.tested import Tested
from zwerm.analyse.inference.waves import Course
from zwerm.analyse.results import Results
from zwerm.analyse.words import Words
from zwerm.analysis.intervals import FIGURES

GAP = 2


def chance_summary(results: Results, words: Words) -> list[str]:
    """A block for each network that has something to say, then one for each course of waves."""
    is_only = len(results.figures) == 1
    blocks = [
        aligned(title if is_only else f"{title}, {name}", rows)
        for name, one in results.inferred.items()
        for title, rows in parts_of(one, words)
    ]
    return [*blocks, *(aligned(*part) for one in results.courses for part in change(one, words))]


def parts_of(one: Inferred, words: Words) -> Iterator[tuple[str, list[list[str]]]]:
    if one.sure is not None and one.sure.found.observed:
        yield words("sure"), margins(one.sure, words)
    if one.tested.qap:
        yield "QAP", correlations(one.tested, words)
    if one.tested.mrqap is not None:
        is_linear = one.tested.family == "linear"
        yield "MRQAP" if is_linear else words("short_logistic"), regression(one.tested, words)


def margins(sure: Sure, words: Words) -> list[list[str]]:
    """Both intervals of each figure; a dash where one is withheld."""
    rows = [["", words("column_completion"), words("column_again")]]
    for name in FIGURES:
        if name in sure.found.completion:
            ends = (of.get(name) for of in (sure.found.completion, sure.found.remeasurement))
            said = ("–" if one is None else words("from_to", **ends_of(one, words)) for one in ends)
            rows.append([words(f"figure_{NAMES[name]}"), *said])
    return rows


def correlations(found: Tested, words: Words) -> list[list[str]]:
    rows = [[term, words.number(one.r), chance(one.p, words)] for term, one in found.qap.items()]
    return [["", words("column_r"), words("column_p")], *rows]


def regression(found: Tested, words: Words) -> list[list[str]]:
    terms = found.mrqap.terms if found.mrqap else ()
    rows = [
        [one.name, words.number(one.b), words.number(one.t, 2), chance(one.p, words)]
        for one in terms
    ]
    statistic = words(f"column_{statistic_of(found.family)}")
    return [["", words("column_b"), statistic, words("column_p")], *rows]


def change(course: Course, words: Words) -> Iterator[tuple[str, list[list[str]]]]:
    """The verdict on each figure from each wave to the next."""
    for one in course.compared:
        title = words("change_between", earlier=one.earlier.name, later=one.later.name)
        verdicts = [(name, one.change.verdicts[name]) for name in one.told]
        yield (
            title,
            [
                [
                    words(f"figure_{NAMES[name]}"),
                    signed(verdict.difference, words),
                    verdict_in_words(verdict, words),
                ]
                for name, verdict in verdicts
            ],
        )


def aligned(title: str, rows: Sequence[Sequence[str]]) -> str:
    """The rows below their title, the first column to the left and the others to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = [title]
    for row in rows:
        first, *rest = row
        cells = "".join(
            f"{cell:>{width + GAP}}" for cell, width in zip(rest, widths[1:], strict=True)
        )
        lines.append(f"{first:<{widths[0]}}{cells}")
    return "\n".join(lines)
