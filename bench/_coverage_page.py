"""The tables and the goals in docs/methods/coverage.md; the text around them is written by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import choice
from bench._coverage_goals import Goal
from bench._coverage_grid import GOAL_SILENCES
from bench._coverage_real import KNOWN, Deletion
from bench._coverage_score import Row, Score, together

HEADS = ("mean named", "reciprocity", "centralization", "Gini", "coupling", "across", "unnamed")
REAL_HEADS = tuple(HEADS[choice.FIGURES.index(figure)] for figure in KNOWN)
NOWHERE = "–"
Ranged = tuple[float, float, float]
Write = Callable[[Row, int], str]


def parts(rows: Sequence[Row], goals: Sequence[Goal], made: str) -> dict[str, str]:
    """Every part of the page about invented schools, by its name."""
    ours = [row for row in rows if row.silence in GOAL_SILENCES]
    partly = [row for row in ours if row.response < 1]
    harder = [row for row in rows if row.silence not in GOAL_SILENCES]
    found = {
        "made": made,
        "goals": "\n".join(goal_lines(goals)),
        "completion": table(partly, pooled_and_worst("completion")),
        "width": table(partly, width),
        "remeasurement": table(ours, pooled_and_worst("remeasurement")),
        "remeasurement width": table(ours, again_width),
        "withheld": table([row for row in rows if row.response < 1], withheld("completion")),
        "withheld again": table(ours, withheld("remeasurement")),
        "plain": table(partly, pooled_and_worst("plain")),
    }
    return found | ({"harder": table(harder, shown_and_all)} if harder else {})


def made_lines(
    counts: tuple[Mapping[int, int], Mapping[int, int]], wanted: tuple[int, int], draws: int
) -> str:
    """Of how many schools the tables are made, and plainly where that is too few.

    Args:
        counts: by people, the schools of a cell of the goals, and of one of a harder silence.
        wanted: how many there should be of each.
        draws: per school.

    Example:
        >>> print(made_lines(({12: 100, 25: 100}, {}), (100, 20), 500))
        500 draws per school. Schools in each cell of the goals: 100 of 12 people, 100 of 25 people.
    """
    named = zip(("the goals", "a harder silence"), counts, wanted, strict=True)
    known = [one for one in named if one[1]]
    said = [f"{draws} draws per school.", *(each(kind, found) for kind, found, _ in known)]
    missing = [line for kind, found, some in known for line in unfinished(kind, found, some)]
    return "\n\n".join([" ".join(said), *missing])


def each(kind: str, found: Mapping[int, int]) -> str:
    schools = ", ".join(f"{number} of {people} people" for people, number in found.items())
    return f"Schools in each cell of {kind}: {schools}."


def unfinished(kind: str, found: Mapping[int, int], wanted: int) -> list[str]:
    few = " and ".join(str(people) for people, number in found.items() if number < wanted)
    if not few:
        return []
    return [
        f"**Not finished**: fewer than {wanted} schools in a cell of {kind} with {few} people, "
        "so those figures are less sure."
    ]


def real_parts(
    scores: Sequence[tuple[Deletion, Score]], alike: Mapping[str, Mapping[str, Ranged]]
) -> dict[str, str]:
    """The parts about the real schools."""
    return {"real": real_table(scores), "resemblance": resemblance_table(alike)}


def real_table(scores: Sequence[tuple[Deletion, Score]]) -> str:
    """Coverage pooled over the real schools, and the lowest of one school."""
    lines = [("response", "silent", *REAL_HEADS), ("---",) * (2 + len(REAL_HEADS))]
    grouped: dict[tuple[float, str], list[Score]] = {}
    for deletion, score in scores:
        grouped.setdefault((deletion.response, deletion.silence), []).append(score)
    for (response, silence), each in grouped.items():
        start = (f"{round(100 * response)} %", silence.replace("_", " "))
        lines.append((*start, *(lowest_of(each, choice.FIGURES.index(one)) for one in KNOWN)))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def lowest_of(each: Sequence[Score], figure: int) -> str:
    """Pooled coverage and the lowest of one school, where the figure is shown."""
    pooled = together(each).coverage("completion", figure)
    found = [score.coverage("completion", figure) for score in each]
    values = [share.value for share in found if share is not None]
    return f"{short(pooled.value)} / {short(min(values))}" if pooled else NOWHERE


def resemblance_table(alike: Mapping[str, Mapping[str, Ranged]]) -> str:
    """Each real school beside the range of invented ones."""
    heads = ("school", *REAL_HEADS[1:])
    lines = [heads, ("---",) * len(heads)]
    lines += [(school, *map(ranged, found.values())) for school, found in alike.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def ranged(found: Ranged) -> str:
    """A real figure and the range of the invented, with a mark when it lies outside."""
    real, low, high = found
    outside = "" if low <= real <= high else " (outside)"
    return f"{short(real)} in {short(low)} to {short(high)}{outside}"


def goal_lines(goals: Sequence[Goal]) -> list[str]:
    """One line per goal, and one under it for each place where it is not held."""
    lines = []
    for goal in goals:
        held = "held" if goal.is_held else "**not held**"
        where = f"{goal.checked} figures looked at; nearest to the edge: {goal.nearest}"
        lines += [f"- {goal.says}: {held} ({where})."]
        lines += [f"  - not held: {place}" for place in goal.broken]
    return lines


def table(rows: Sequence[Row], write: Write) -> str:
    """One line per row, one column per figure."""
    heads = ("people", "response", "silent", "world", *HEADS)
    lines = [heads, ("---",) * len(heads)]
    for row in rows:
        told = row.silence.replace("_", " ") if row.response < 1 else "nobody"
        start = (str(row.people), f"{round(100 * row.response)} %", told, row.world)
        lines.append((*start, *(write(row, number) for number in range(len(HEADS)))))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pooled_and_worst(of: str) -> Write:
    """Coverage of the row, and of the worst of its cells."""

    def write(row: Row, figure: int) -> str:
        pooled, worst = row.pooled.coverage(of, figure), row.worst(of, figure)
        if pooled is None or worst is None:
            return NOWHERE
        return f"{short(pooled.value)} / {short(worst.value)}"

    return write


def width(row: Row, figure: int) -> str:
    """The mean width, and how many times the plain one."""
    beside = row.pooled.beside_plain(figure)
    if math.isnan(beside):
        return NOWHERE
    return f"{row.pooled.mean_width('width', figure):.2f} ({beside:.2f})"


def again_width(row: Row, figure: int) -> str:
    found = row.pooled.mean_width("again_width", figure)
    return NOWHERE if math.isnan(found) else f"{found:.2f}"


def withheld(of: str) -> Write:
    """In which share of schools the figure is not shown."""

    def write(row: Row, figure: int) -> str:
        share = row.pooled.withheld(of, figure)
        return f"{100 * share:.0f} %" if share else NOWHERE

    return write


def shown_and_all(row: Row, figure: int) -> str:
    """Coverage where the figure is shown, and where it would be if it were shown everywhere."""
    shown = row.pooled.coverage("completion", figure)
    everywhere = row.pooled.coverage("completion", figure, only_shown=False)
    told = short(shown.value) if shown else NOWHERE
    return f"{told} / {short(everywhere.value) if everywhere else NOWHERE}"


def short(share: float) -> str:
    """A share as papers print it.

    Example:
        >>> short(0.934), short(1.0)
        ('.93', '1.00')
    """
    return f"{share:.2f}".removeprefix("0")


def fill(page: Path, written: Mapping[str, str]) -> None:
    """Write each part between its marks; the rest of the page stays as it is."""
    page.write_text(filled(page.read_text(encoding="utf-8"), written), encoding="utf-8")


def filled(text: str, written: Mapping[str, str]) -> str:
    """The text with each part between its marks.

    Raises:
        ValueError: the marks of a part are not there.

    Example:
        >>> filled("a\\n<!-- made -->\\nold\\n<!-- end of made -->\\nb", {"made": "new"})
        'a\\n<!-- made -->\\nnew\\n<!-- end of made -->\\nb'
    """
    for name, content in written.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        found = re.search(f"{re.escape(begin)}\n.*?{re.escape(end)}", text, re.DOTALL)
        if not found:
            raise ValueError(f"the page has no marks {begin} and {end}")
        text = f"{text[: found.start()]}{begin}\n{content}\n{end}{text[found.end() :]}"
    return text
