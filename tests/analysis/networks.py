"""Networks to compute on: drawn by chance, and known by heart."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st


@st.composite
def tables(draw, least=1, most=9):
    """Any table of who names whom."""
    people = draw(st.integers(least, most))
    cells = draw(st.lists(st.booleans(), min_size=people**2, max_size=people**2))
    return np.array(cells, dtype=bool).reshape(people, people)


@st.composite
def answered(draw, least=1, most=9):
    """Any table, and who answered."""
    ties = draw(tables(least, most))
    mask = draw(st.lists(st.booleans(), min_size=len(ties), max_size=len(ties)))
    return ties, np.array(mask, dtype=bool)


def ring(people):
    """Each names the next one."""
    return np.roll(np.eye(people, dtype=bool), 1, axis=1)


def star(people):
    """Everybody names the first."""
    ties = np.zeros((people, people), dtype=bool)
    ties[1:, 0] = True
    return ties


def complete(people):
    """Everybody names everybody."""
    return ~np.eye(people, dtype=bool)


def empty(people):
    return np.zeros((people, people), dtype=bool)


def arcs_table(people, arcs):
    """The table with just these arcs."""
    ties = empty(people)
    for one, other in arcs:
        ties[one, other] = True
    return ties
