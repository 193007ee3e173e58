"""Answers to scales: computed by R on invented people, published ones, and drawn by chance."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume
from hypothesis import strategies as st

REFERENCE: dict[str, Any] = json.loads(
    Path(__file__).with_name("scales_reference.json").read_text(encoding="utf-8")
)
"""What R says of answers that it invented; `tool` and `made_by` say with what."""
SHARED = Path(__file__).resolve().parents[3] / "shared/data"

Table = npt.NDArray[np.float64]


def answers_of(name: str) -> Table:
    return np.array(REFERENCE[name]["answers"], dtype=np.float64)


def published(folder: str) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """The columns of a published data set, and what R says of it; set aside when not there."""
    if not (SHARED / folder).is_dir():
        pytest.skip(f"the published data of {folder} are not beside the checkout")
    with (SHARED / folder / "data.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return columns, json.loads((SHARED / folder / "expected.json").read_text(encoding="utf-8"))


def numbers(columns: dict[str, list[str]], *names: str) -> Table:
    """Some columns as people by items."""
    cells = [[float("nan") if cell == "NA" else float(cell) for cell in columns[n]] for n in names]
    return np.array(cells).T


def numbered(names: list[str]) -> npt.NDArray[np.int64]:
    """The group of each person as a number, in alphabetical order of the groups."""
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


@st.composite
def answered(draw: st.DrawFn, least_items: int = 2, share: float = 0.0) -> Table:
    """Any answers on five points that allow an alpha: every item differs somewhere."""
    items, people = draw(st.integers(least_items, 6)), draw(st.integers(8, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    load = draw(st.floats(0.3, 2.0))
    raw = load * rng.normal(size=(people, 1)) + rng.normal(size=(people, items))
    table = np.clip(np.round(3 + raw), 1, 5)
    table[0], table[1] = 1, 5
    table[rng.random(table.shape) < share] = np.nan
    table[2], table[3] = 2, 5
    return table


@st.composite
def factorable(draw: st.DrawFn, least_items: int = 3) -> Table:
    """Any answers that allow an omega: no item is a copy or a sum of others."""
    table = draw(answered(least_items))
    assume(np.linalg.eigvalsh(np.corrcoef(table.T))[0] > 1e-3)
    return table
