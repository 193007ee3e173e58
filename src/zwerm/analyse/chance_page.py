"""What chance says of one network, for the report: intervals, the p of coupling, tests."""

from __future__ import annotations

from collections.abc import Iterator

from zwerm.analyse.figures import Figures
from zwerm.analyse.inference.inferred import Inferred
from zwerm.analyse.inference.sure import NAMES, Sure
from zwerm.analyse.inference.tested import Tested
from zwerm.analyse.markup import Markup, el, table_of
from zwerm.analyse.summary import value_of
from zwerm.analyse.words import Words
from zwerm.analysis.intervals import FIGURES, Interval, Intervals
from zwerm.analysis.intervals.withheld import FEWEST_MEMBERS
from zwerm.analysis.mrqap import Family, Mrqap


def chance_of_coupling(inferred: Inferred | None, words: Words) -> list[str]:
    """How sure coupling is, and how often chance alone would give as much."""
    if inferred is None or inferred.coupling_p is None:
        return []
    again = inferred.sure.found.remeasurement.get("coupling") if inferred.sure else None
    sure = [] if again is None else [words("coupling_again", **ends_of(again, words))]
    return [*sure, words("coupling_p", p=chance(inferred.coupling_p, words, "less_than"))]


def ends_of(one: Interval, words: Words) -> dict[str, str]:
    return {"low": words.number(one.low, 2), "high": words.number(one.high, 2)}


def chance(p: float, words: Words, below: str = "below") -> str:
    """A p for the eye; `below` says in which words it is too small to write.

    >>> chance(0.0004, Words("en")), chance(0.04, Words("nl"))
    ('< 0.001', '0,040')
    """
    least = 0.001
    return words(below, p=words.number(least)) if p < least else words.number(p)


def sure_table(figures: Figures, sure: Sure, words: Words) -> Iterator[Markup]:
    """Each figure with its two intervals, or the reason why one is not there."""
    if not sure.found.observed:
        yield el("p", words("sure_none", fewest=FEWEST_MEMBERS))
        return
    yield el("p", words("sure_says", stability=words.number(round(100 * sure.stability))))
    has_silent = figures.answered is not None
    if has_silent:
        yield el("p", words("sure_silent"))
    rows = [
        [
            words(f"figure_{NAMES[name]}"),
            words.number(observed(figures, name), 2),
            *margins(sure.found, name, has_silent, words),
        ]
        for name in FIGURES
        if name in sure.found.completion or name in sure.found.withheld
    ]
    kinds = ("completion", "at_random", "again") if has_silent else ("completion", "again")
    headings = [words(f"column_{key}") for key in ("figure", "value", *kinds)]
    yield table_of(words("sure_caption"), headings, rows, class_="margins")
    if (ratio := sure.found.silent_asked_ratio) is not None:
        yield el("p", words("silent_ratio", ratio=words.number(ratio, 2)), class_="soft")


def margins(found: Intervals, name: str, has_silent: bool, words: Words) -> list[str]:
    """The two margins of one figure; of silent people that of a milder assumption between them."""
    why = found.withheld.get(name)
    said = [interval(found.completion.get(name), why, words)]
    if has_silent:
        said.append(interval(found.completion_at_random.get(name), why, words))
    again = found.withheld_again.get(name) or why
    return [*said, interval(found.remeasurement.get(name), again, words)]


def observed(figures: Figures, name: str) -> float:
    found = value_of(figures, NAMES[name])
    return float("nan") if found is None else float(found)


def interval(one: Interval | None, reason: str | None, words: Words) -> str:
    if one is None:
        return words("cannot_say", reason=words(f"reason_{reason}"))
    return words("from_to", **ends_of(one, words))


def tests(found: Tested, words: Words) -> Iterator[Markup]:
    """The correlations, then the regression, each as a table below what it says."""
    if found.qap:
        rows = [
            [term, words.number(one.r), chance(one.p, words)] for term, one in found.qap.items()
        ]
        count = next(iter(found.qap.values())).permutations
        yield el("p", words("qap_says", permutations=words.number(count)))
        headings = [words("column_term"), words("column_r"), words("column_p")]
        yield table_of(words("qap_caption"), headings, rows, class_="numbers")
    if found.mrqap is not None:
        yield from regression(found.mrqap, found.family, words)


def regression(found: Mrqap, family: Family, words: Words) -> Iterator[Markup]:
    explained = words.number(round(100 * found.r_squared))
    pairs = words.number(found.pairs)
    statistic = statistic_of(family)
    yield el("p", words(f"mrqap_says_{family}", percent=explained, pairs=pairs))
    rows = [
        [
            words("intercept") if one.name == "(intercept)" else one.name,
            words.number(one.b),
            words.number(one.t, 2),
            chance(one.p, words),
        ]
        for one in found.terms
    ]
    headings = [words(f"column_{key}") for key in ("term", "b", statistic, "p")]
    yield table_of(words(f"mrqap_caption_{family}"), headings, rows, class_="numbers")
    count = words.number(found.permutations)
    told = words("mrqap_p", statistic=words(f"column_{statistic}"), permutations=count)
    yield el("p", told, class_="soft")


def statistic_of(family: Family) -> str:
    """What b divided by its standard error is called."""
    return "z" if family == "logistic" else "t"
