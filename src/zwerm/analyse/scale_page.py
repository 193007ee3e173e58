"""What is said of scales: in the report, and in a few lines on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from zwerm.analyse.markup import Markup, el, folded, table_of
from zwerm.analyse.scale_figures import ScaleFigures
from zwerm.analyse.words import Words

BELOW = {"h2": "h3", "h3": "h4"}
COLUMNS = ("answered", "mean", "alpha", "omega", "rwgj", "icc_one", "icc_two")
LABEL, WIDTH = 24, 11


def scale_parts(found: Mapping[str, ScaleFigures], words: Words, heading: str) -> Markup:
    """Every scale of one network, each under a heading of its own."""
    told = [
        el("p", words("scales_says")),
        *(one_scale(one, words, heading) for one in found.values()),
    ]
    return el("section", el(heading, words("scales")), *told, class_="part")


def one_scale(one: ScaleFigures, words: Words, heading: str) -> Markup:
    """One scale: who answered, how it hangs together, each item, each group."""
    answered = one.described
    lead = words(
        "scale_lead",
        answered=words.number(answered.answered),
        people=words.number(answered.people),
        mean=number(answered.mean, words),
        sd=number(answered.sd, words),
    )
    groups = [folded(words, group_table(one, words))] if one.agreement else []
    return el(
        "section",
        el(BELOW[heading], one.scale.name),
        el("p", lead),
        figure_table(one, words),
        item_table(one, words),
        *groups,
        class_="part",
    )


def figure_table(one: ScaleFigures, words: Words) -> Markup:
    """Each figure of the whole scale with what it says; nothing when there is none."""
    rows = [
        [words(f"scale_{name}"), value, words(f"scale_says_{name}")]
        for name, value in written_figures(one, words).items()
    ]
    if not rows:
        return Markup("")
    headings = [words("column_figure"), words("column_value"), words("column_says")]
    caption = words("scale_figures_caption", scale=one.scale.name, how=words(one.scale.missing))
    return table_of(caption, headings, rows, class_="told")


def written_figures(one: ScaleFigures, words: Words) -> dict[str, str]:
    """The figures that are there, as they are written: alpha with its interval."""
    found: dict[str, str] = {}
    if one.alpha:
        ends = {"low": number(one.alpha.low, words), "high": number(one.alpha.high, words)}
        found["alpha"] = words("scale_interval", value=number(one.alpha.value, words), **ends)
    if one.omega:
        found["omega"] = number(one.omega.value, words)
    if one.rwgj is not None:
        found["rwgj"] = number(one.rwgj, words)
    if one.agreement:
        found["rwgj_mean"] = number(one.agreement.mean, words)
    if one.icc:
        found["icc_one"] = number(one.icc.one, words)
        found["icc_two"] = number(one.icc.two, words)
    return found


def item_table(one: ScaleFigures, words: Words) -> Markup:
    """Each item: how it was answered, and what it does to the scale."""
    points = point_names(one)
    headings = [
        words("column_item"),
        *(words(f"column_{name}") for name in ("answered", "mean", "sd", "item_rest", "without")),
        *points,
    ]
    rows = []
    for place, column in enumerate(one.scale.items):
        item = one.described.items[place]
        rest = one.alpha.item_rest[place] if one.alpha else None
        without = one.alpha.without[place] if one.alpha else None
        cells = [number(value, words) for value in (item.mean, item.sd, rest, without)]
        counts = [words.number(count) for count in item.counts or ()] or [""] * len(points)
        name = words("reversed_item", column=column) if place in one.scale.reverse else column
        rows.append([name, words.number(item.answered), *cells, *counts])
    caption = words("scale_items_caption", scale=one.scale.name)
    return table_of(caption, headings, rows, class_="numbers")


def point_names(one: ScaleFigures) -> list[str]:
    """The points as headings; none when no item was answered on points only."""
    if one.scale.points is None or not any(item.counts for item in one.described.items):
        return []
    lowest, highest = one.scale.points
    return [str(point) for point in range(lowest, highest + 1)]


def group_table(one: ScaleFigures, words: Words) -> Markup:
    """How far the people of each group agree."""
    people, values = (one.agreement.people, one.agreement.values) if one.agreement else ((), ())
    rows = [
        [name, words.number(number_of), number(value, words)]
        for name, number_of, value in zip(one.groups, people, values, strict=False)
    ]
    headings = [words("column_group"), words("column_whole"), words("scale_rwgj")]
    caption = words("scale_groups_caption", scale=one.scale.name)
    return table_of(caption, headings, rows, class_="numbers")


def number(value: float | None, words: Words) -> str:
    """A figure, or a dash where there is none; never a zero with a minus before it."""
    return words.number(float("nan") if value is None else round(value, 3) + 0.0)


def scale_summary(
    found: Mapping[str, Mapping[str, ScaleFigures] | None], words: Words
) -> list[str]:
    """A table for each network with scales: a row per scale."""
    return [
        summary_table(name, scales, words, is_only=len(found) == 1)
        for name, scales in found.items()
        if scales
    ]


def summary_table(
    network: str, found: Mapping[str, ScaleFigures], words: Words, *, is_only: bool
) -> str:
    label = max(LABEL, *(len(name) + 1 for name in found))
    title = words("scales") if is_only else f"{words('scales')}, {network}"
    head = "".join(f"{words(f'short_{name}'):>{WIDTH}}" for name in COLUMNS)
    lines = [f"{title:<{label}}{head}"]
    for name, one in found.items():
        cells = "".join(f"{cell:>{WIDTH}}" for cell in summary_cells(one, words))
        lines.append(f"{name:<{label}}{cells}")
    return "\n".join(lines)


def summary_cells(one: ScaleFigures, words: Words) -> list[str]:
    return [
        words.number(one.described.answered),
        number(one.described.mean, words),
        number(one.alpha.value if one.alpha else None, words),
        number(one.omega.value if one.omega else None, words),
        number(one.rwgj, words),
        number(one.icc.one if one.icc else None, words),
        number(one.icc.two if one.icc else None, words),
    ]
