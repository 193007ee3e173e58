"""What changed between waves, for the report: slopes with their verdicts, and the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zwerm.analyse.chance_page import chance
from zwerm.analyse.drawings.sure import exact
from zwerm.analyse.figures import Figures
from zwerm.analyse.inference.waves import NAMES, Compared, Course
from zwerm.analyse.markup import Markup, el, figure_of, joined, table_of
from zwerm.analyse.networks import ALL
from zwerm.analyse.summary import value_of
from zwerm.analyse.words import Words
from zwerm.analysis.change import Verdict
from zwerm.pictures import svg
from zwerm.pictures.change import Slope, draw_change
from zwerm.pictures.dials import Verdict as Mark
from zwerm.pictures.figures import Step

MARKS: dict[str, Mark] = {
    "risen": "risen",
    "fallen": "fallen",
    "no_clear_change": "no clear change",
    "cannot_say": "cannot say",
}
CUTS = {
    "mean_named": (2.0, 5.0),
    "reciprocity": (0.2, 0.5),
    "centralization": (0.2, 0.4),
    "coupling": (0.55, 0.7),
}


def course_part(course: Course, figures: Mapping[str, Figures], words: Words) -> Markup:
    """All waves of one network, each beside the one before it."""
    title = words("change") if course.name == ALL else f"{words('change')}: {course.name}"
    made = [part for one in course.compared for part in comparison(one, figures, words)]
    falls = [
        el("p", words(f"falling_{how}", figure=words(f"figure_{name}")))
        for name, how in course.falling.items()
        if how is not None
    ]
    return el(
        "section",
        el("h2", title),
        el("p", words("change_says")),
        *falls,
        joined(made),
        class_="part",
    )


def comparison(one: Compared, figures: Mapping[str, Figures], words: Words) -> Iterator[Markup]:
    """Two waves: the slopes, who came and went, the arcs, and the numbers."""
    earlier, later = one.earlier.wave, one.later.wave
    yield el("h3", words("change_between", earlier=earlier, later=later))
    yield el("p", people_in(one, words))
    yield el("p", arcs_in(one, words))
    both = figures[one.earlier.name], figures[one.later.name]
    slopes = [
        slope
        for name in one.told
        if (slope := slope_of(name, one.change.verdicts[name], both, words)) is not None
    ]
    if slopes:
        told = "; ".join(f"{one.name}: {one.verdict_label}" for one in slopes)
        spoken = svg.Words(words("change_between", earlier=earlier, later=later), told)
        yield figure_of(draw_change(slopes, earlier, later, spoken), words("slopes_say"))
    yield numbers(one, words)


def people_in(one: Compared, words: Words) -> str:
    return words(
        "change_people",
        people=words.number(one.change.people),
        twice=words.number(one.change.answered_twice),
        came=words.number(one.stayers.came),
        went=words.number(one.stayers.went),
    )


def arcs_in(one: Compared, words: Words) -> str:
    arcs = one.change.arcs
    return words(
        "change_arcs",
        kept=words.number(arcs.kept),
        made=words.number(arcs.made),
        ended=words.number(arcs.ended),
        jaccard=words.number(float("nan") if arcs.jaccard is None else arcs.jaccard, 2),
    )


def slope_of(
    name: str, verdict: Verdict, both: tuple[Figures, Figures], words: Words
) -> Slope | None:
    """The figure of all who answered then and now; None where it is not there both times."""
    then, now = (exact(value_in(one, name), words) for one in both)
    if not isinstance(then, Step) or not isinstance(now, Step):
        return None
    most = max(1.0, 1.1 * max(then.value, now.value))
    return Slope(
        name=words(f"figure_{NAMES[name]}"),
        least=0.0,
        most=most,
        cuts=CUTS[name],
        then=then,
        then_label=words.number(then.value, 2),
        now=now,
        now_label=words.number(now.value, 2),
        verdict=MARKS[verdict.word],
        verdict_label=verdict_in_words(verdict, words),
    )


def value_in(figures: Figures, name: str) -> float | None:
    """The figure that verdicts are about: reciprocity is that among respondents."""
    asked = "reciprocity_among_respondents" if name == "reciprocity" else NAMES[name]
    found = value_of(figures, asked)
    return None if found is None else float(found)


def verdict_in_words(verdict: Verdict, words: Words) -> str:
    said = words(f"verdict_{verdict.word}")
    return f"{said}: {words(f'no_verdict_{verdict.reason}')}" if verdict.reason else said


def numbers(one: Compared, words: Words) -> Markup:
    """Every difference with its interval and p, and beside it who came, went or was silent."""
    rows = []
    for name in one.told:
        verdict, parts = one.change.verdicts[name], one.parts.get(name)
        rows.append(
            [
                words(f"figure_{NAMES[name]}"),
                verdict_in_words(verdict, words),
                signed(verdict.difference, words),
                between(verdict, words),
                "" if verdict.p is None else chance(verdict.p, words),
                "" if parts is None else signed(parts.composition, words),
            ]
        )
    keys = ("figure", "verdict", "difference", "interval", "p", "composition")
    headings = [words(f"column_{key}") for key in keys]
    return table_of(words("change_caption"), headings, rows, class_="margins")


def signed(value: float | None, words: Words) -> str:
    """A difference with its sign, as people write it.

    >>> signed(0.5, Words("en")), signed(-0.5, Words("nl")), signed(-1e-9, Words("en"))
    ('+0.50', '−0,50', '0.00')
    """
    if value is None:
        return ""
    shown = round(value, 2)
    sign = "−" if shown < 0 else "+" if shown > 0 else ""
    return f"{sign}{words.number(abs(shown), 2)}"


def between(verdict: Verdict, words: Words) -> str:
    if verdict.low is None or verdict.high is None:
        return ""
    return words("from_to", low=signed(verdict.low, words), high=signed(verdict.high, words))
