"""Scales of somebody's own: which columns of people.csv belong together, from scales.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt
import yaml

from zwerm.analyse.people import ABSENT, People, number_in
from zwerm.analyse.reading import bytes_of
from zwerm.analyse.words import Fault
from zwerm.analysis.scales import Answers, Missing, keyed

OPTION = "--scales"
EVERYWHERE = ("points", "group", "missing", "enough")
"""What may stand once for all scales, and with one scale."""
OF_ONE = ("name", "items", "reversed", *EVERYWHERE)
FREE = "any"
"""Written for `points`, when answers are any number."""


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale as it was asked for."""

    name: str
    items: tuple[str, ...]
    """Columns of people.csv."""
    reverse: tuple[int, ...]
    """Which of the items are reversed, from 0."""
    points: tuple[int, int] | None
    """The lowest and highest answer; None when answers are any number."""
    group: str | None
    missing: Missing
    enough: int | None

    @property
    def ends(self) -> tuple[float, float]:
        return self.points or (-np.inf, np.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """One scale with the answers of one network's people, keyed."""

    scale: Scale
    answers: Answers
    names: tuple[str, ...]
    """The groups, in order of appearance."""
    group: npt.NDArray[np.int64] | None
    """Each one's group by its number, -1 for none."""


def read_scales(path: Path) -> tuple[Scale, ...]:
    """The scales that a file asks for.

    Raises:
        Fault: it is no such file, or a scale is not complete; says which and what to write.
    """
    found = mapping_in(path)
    check_keys(path, found, ("scales", *EVERYWHERE), "scales")
    listed = found.get("scales")
    if not isinstance(listed, list) or not listed:
        raise Fault("no_scales", file=path.name)
    shared = {key: found[key] for key in EVERYWHERE if key in found}
    scales = tuple(scale_of(path, one, shared, place) for place, one in enumerate(listed, 1))
    names = [one.name for one in scales]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Fault("scale_twice", file=path.name, scale=twice)
    return scales


def mapping_in(path: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(bytes_of(path))
    except yaml.YAMLError as fault:
        line = mark.line + 1 if (mark := getattr(fault, "problem_mark", None)) else 1
        raise Fault("no_yaml", file=path.name, row=line) from fault
    if not isinstance(found, dict):
        raise Fault("no_scales", file=path.name)
    return found


def check_keys(path: Path, found: Mapping[str, Any], known: tuple[str, ...], where: object) -> None:
    """A word that is spelled wrong would silently change what is computed."""
    unknown = next((str(key) for key in found if key not in known), None)
    if unknown is not None:
        raise Fault("scale_key", file=path.name, scale=where, found=unknown, known=", ".join(known))


def scale_of(path: Path, found: Any, shared: Mapping[str, Any], place: int) -> Scale:
    """One scale of the list, with what holds for all where it says nothing itself."""
    if not isinstance(found, dict) or not is_word(found.get("name")):
        raise Fault("scale_no_name", file=path.name, place=place)
    name = str(found["name"])
    check_keys(path, found, OF_ONE, name)
    asked = {**shared, **found}
    items = columns_in(path, name, asked, "items")
    if not items:
        raise Fault("scale_no_items", file=path.name, scale=name)
    group = asked.get("group")
    if group is not None and not is_word(group):
        raise Fault("scale_list", file=path.name, scale=name, word="group")
    points = points_in(path, name, asked.get("points", [1, 5]))
    return Scale(
        name,
        items,
        reverse_in(path, name, items, columns_in(path, name, asked, "reversed"), points),
        points,
        None if group is None else str(group),
        missing_in(path, name, asked.get("missing", "pairwise")),
        enough_in(path, name, asked.get("enough"), len(items)),
    )


def is_word(found: Any) -> bool:
    """Text, or the number that YAML makes of a column called 1."""
    return isinstance(found, str | int) and not isinstance(found, bool) and str(found) != ""


def columns_in(path: Path, name: str, asked: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of columns, each once."""
    listed = asked.get(key, [])
    if not isinstance(listed, list) or not all(is_word(one) for one in listed):
        raise Fault("scale_list", file=path.name, scale=name, word=key)
    columns = [str(one) for one in listed]
    twice = next((one for one in columns if columns.count(one) > 1), None)
    if twice is not None:
        raise Fault("scale_item_twice", file=path.name, scale=name, word=key, column=twice)
    return tuple(columns)


def reverse_in(
    path: Path,
    name: str,
    items: tuple[str, ...],
    listed: tuple[str, ...],
    points: tuple[int, int] | None,
) -> tuple[int, ...]:
    """Which items are reversed; each must be one of the items, and points say what to turn."""
    unknown = next((one for one in listed if one not in items), None)
    if unknown is not None:
        columns = ", ".join(items)
        raise Fault("scale_key_item", file=path.name, scale=name, column=unknown, columns=columns)
    if listed and points is None:
        raise Fault("scale_turn_free", file=path.name, scale=name)
    return tuple(items.index(one) for one in listed)


def points_in(path: Path, name: str, found: Any) -> tuple[int, int] | None:
    """The ends of the answers: two whole numbers, or `any`."""
    if found == FREE:
        return None
    whole = isinstance(found, list) and [type(one) for one in found] == [int, int]
    if not whole or not found[0] < found[1]:
        raise Fault("scale_points", file=path.name, scale=name)
    return found[0], found[1]


def missing_in(path: Path, name: str, found: Any) -> Missing:
    if found not in {"pairwise", "listwise"}:
        raise Fault("scale_missing", file=path.name, scale=name, found=found)
    return cast("Literal['pairwise', 'listwise']", found)


def enough_in(path: Path, name: str, found: Any, items: int) -> int | None:
    if found is None:
        return None
    if type(found) is not int or not 1 <= found <= items:
        raise Fault("scale_enough", file=path.name, scale=name, items=items)
    return found


def answered_by(people: People, scales: tuple[Scale, ...]) -> tuple[Answered, ...]:
    """Each scale with the answers of these people.

    Raises:
        Fault: a column is not there, or a cell is no answer; says which row.
    """
    return tuple(answered_scale(people, scale) for scale in scales)


def answered_scale(people: People, scale: Scale) -> Answered:
    columns = [answers_in(people, scale, column) for column in scale.items]
    lowest, highest = scale.ends
    answers = np.array(columns, dtype=np.float64).reshape(len(columns), len(people)).T
    turned = keyed(answers, lowest=lowest, highest=highest, reverse=scale.reverse)
    if scale.group is None:
        return Answered(scale, turned, (), None)
    cells = [cell for _row, cell in people.cells(OPTION, scale.group)]
    names = tuple(dict.fromkeys(cell for cell in cells if cell.casefold() not in ABSENT))
    number = {name: place for place, name in enumerate(names)}
    group = np.array([number.get(cell, -1) for cell in cells], dtype=np.int64)
    return Answered(scale, turned, names, group)


def answers_in(people: People, scale: Scale, column: str) -> list[float]:
    """The answers in one column: NaN for an empty cell, refused outside the points."""
    file = people.table.name if people.table else ""
    lowest, highest = scale.ends
    answers = []
    for row, cell in people.cells(OPTION, column):
        found = float("nan") if cell.casefold() in ABSENT else number_in(cell)
        told = {"file": file, "row": row.number, "column": column, "found": cell}
        if found is None:
            raise Fault("not_an_answer", **told)
        if found < lowest or found > highest:
            points = f"{lowest:g}-{highest:g}"
            raise Fault("answer_outside", **told, points=points, scale=scale.name)
        answers.append(found)
    return answers
