"""What alpha, omega, rwg(j) and ICC to one decimal tell somebody who knows every other answer."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from bench.machine import describe_machine
from bench.spread import table
from zwerm.analysis import disclosure, scales
from zwerm.analysis.disclosure.scales import AGREE_OVER, COEFFICIENT_STEP, DISAGREE_UNDER
from zwerm.analysis.scales.omega import LEAST_UNIQUE

Table = npt.NDArray[np.float64]
Chances = npt.NDArray[np.float64]

NONE = -1.0
"""Stands for an omega that is not shown, a Heywood case."""
GROUPS = 3
SURE = 0.9
KNOWN = ("nothing", "shares", "shares and coefficients", "the same, to the nearest", "exact")


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row of answers that the last person may have given."""

    answers: Table
    """Shape (rows, items)."""
    prior: Chances
    """How often each comes, among many people."""
    side: npt.NDArray[np.int64]
    """0 disagrees, 1 stands between, 2 agrees."""


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    heads = ("people", "items", "known", "side right", "side sure", "item right", "item sure")
    rows = [
        (f"{people}", f"{items}", known, *(f"{one:.2f}" for one in found))
        for people in options.people
        for items in options.items
        for known, found in attacked(people, items, options.schools)
    ]
    print(table(heads, rows))
    print(
        "\nside: disagrees, between or agrees; item: the answer to the first sentence."
        "\nsure: the attacker gives it a chance of nine in ten or more."
    )
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench coefficients", description=__doc__)
    parser.add_argument("--schools", type=int, default=2000, help="invented schools a line (2000)")
    parser.add_argument("--people", type=int, nargs="+", default=(50, 75, 120))
    parser.add_argument("--items", type=int, nargs="+", default=(2, 3), choices=(2, 3))
    return parser.parse_args()


def attacked(people: int, items: int, schools: int) -> Iterator[tuple[str, tuple[float, ...]]]:
    """How often the guess is right and sure, by what the attacker knows."""
    rng = np.random.default_rng([people, items])
    rows = rows_of(items, rng)
    outcomes: dict[str, list[tuple[bool, ...]]] = {known: [] for known in KNOWN}
    for _school in range(schools):
        others = invented(people - 1, items, rng)
        last = int(rng.choice(len(rows.answers), p=rows.prior))
        for known, fits in seen(others, rows, last, rng).items():
            outcomes[known].append(judged(rows, rows.prior * fits, last))
    for known, each in outcomes.items():
        yield known, tuple(np.mean(each, axis=0).tolist())


def invented(people: int, items: int, rng: np.random.Generator) -> Table:
    """Answers on five points that share something: alpha about .6 with three items."""
    raw = 3.4 + 0.9 * rng.normal(size=(people, 1)) + rng.normal(size=(people, items))
    found: Table = np.clip(np.round(raw), 1, 5)
    return found


def rows_of(items: int, rng: np.random.Generator) -> Rows:
    answers = np.array(list(product(range(1, 6), repeat=items)), dtype=np.float64)
    place = 5 ** np.arange(items)[::-1]
    many = ((invented(200_000, items, rng) - 1) @ place).astype(np.int64)
    times = np.bincount(many, minlength=len(answers)) + 0.5
    value = answers.mean(axis=1)
    side = np.where(value < DISAGREE_UNDER, 0, np.where(value > AGREE_OVER, 2, 1))
    return Rows(answers, times / times.sum(), side)


def seen(others: Table, rows: Rows, last: int, rng: np.random.Generator) -> dict[str, Chances]:
    """How well each row fits what was published of the row that was really given."""
    shares = shares_of(others, rows, rng)
    exact = coefficients_of(others, rows.answers)
    by_shares = (shares == shares[last]).all(axis=1).astype(np.float64)
    nearest = np.where(exact == NONE, NONE, np.clip(np.round(exact, 1), 0.1, 0.9))
    by_nearest = (np.abs(nearest - nearest[last]) < 1e-9).all(axis=1)
    return {
        "nothing": np.ones(len(rows.answers)),
        "shares": by_shares,
        "shares and coefficients": by_shares * at_random(exact, last, len(others) + 1, rng),
        "the same, to the nearest": by_shares * by_nearest,
        "exact": (np.abs(exact - exact[last]) < 1e-9).all(axis=1).astype(np.float64),
    }


def shares_of(others: Table, rows: Rows, rng: np.random.Generator) -> Table:
    """The published shares when the last person stands on each of the three sides."""
    values = others.mean(axis=1)
    by_side = []
    for value in (1.0, 3.0, 5.0):
        found = disclosure.show_scale(np.append(values, value), rng=rng)
        assert isinstance(found, disclosure.ShownScale)
        by_side.append([one.value for one in (found.disagree, found.between, found.agree)])
    return np.array(by_side)[rows.side]


def at_random(exact: Table, last: int, people: int, rng: np.random.Generator) -> Chances:
    """The chance that each row leads to what was published, as rounding goes up or down."""
    chance = np.ones(len(exact))
    for column in exact.T:
        if column[last] == NONE:
            chance *= column == NONE
            continue
        found = disclosure.show_coefficient(float(column[last]), people, rng=rng)
        assert isinstance(found, disclosure.Shown)
        assert found.value is not None
        chance *= np.where(column == NONE, 0.0, leads_to(column, found.value))
    return chance


def leads_to(column: Chances, published: float) -> Chances:
    """The chance that each exact value is published so: the tenth below it, or the one above."""
    below = np.floor(column / COEFFICIENT_STEP + 1e-9)
    up = column / COEFFICIENT_STEP - below
    is_below, is_above = (
        np.abs(np.clip(tenths * COEFFICIENT_STEP, 0.1, 0.9) - published) < 1e-9
        for tenths in (below, below + 1)
    )
    chance: Chances = is_below * (1 - up) + is_above * up
    return chance


def coefficients_of(others: Table, rows: Table) -> Table:
    """Alpha, rwg(j), ICC(1) and with three items omega, when the last person gave each row.

    All rows at once, from sums: a factor fits three items exactly. The first row is computed as
    the report does it too, and must be the same.
    """
    people, items = len(others) + 1, rows.shape[1]
    total = others.sum(axis=0) + rows
    squares = others.T @ others + rows[:, :, None] * rows[:, None, :]
    shared = (squares - total[:, :, None] * total[:, None, :] / people) / (people - 1)
    own = np.trace(shared, axis1=1, axis2=2)
    spread = np.minimum(own / items / scales.uniform_variance(5), 1)
    agreed = items * (1 - spread)
    found = [alphas(shared), agreed / (agreed + spread)]
    found.append(iccs(others.mean(axis=1), rows.mean(axis=1)))
    if items == 3:
        found.append(omegas(shared))
    every = np.column_stack(found)
    check(np.vstack([others, rows[0]]), every[0])
    return every


def alphas(shared: Table) -> Chances:
    """Alpha; of a pair the coefficient of Spearman and Brown, as in the report."""
    items = shared.shape[1]
    own = np.diagonal(shared, axis1=1, axis2=2)
    if items == 2:
        r = shared[:, 0, 1] / np.sqrt(own.prod(axis=1))
        pair: Chances = 2 * r / (1 + r)
        return pair
    found: Chances = items / (items - 1) * (1 - own.sum(axis=1) / shared.sum(axis=(1, 2)))
    return found


def iccs(others: Chances, last: Chances) -> Chances:
    """ICC(1) of three groups; the last person stands in the last of them."""
    group = np.arange(len(others) + 1) % GROUPS
    people, known = len(group), group[:-1]
    size = np.bincount(group)
    total: Table = np.tile(np.bincount(known, others).astype(np.float64), (len(last), 1))
    total[:, group[-1]] += last
    squares = (others**2).sum() + last**2
    between = (total**2 / size).sum(axis=1) - total.sum(axis=1) ** 2 / people
    within = squares - (total**2 / size).sum(axis=1)
    b, w = between / (GROUPS - 1), within / (people - GROUPS)
    found: Chances = (b - w) / (b + (people / GROUPS - 1) * w)
    return found


def omegas(shared: Table) -> Chances:
    """Omega of three items: each squared loading from three covariances."""
    first, second, third = shared[:, 0, 1], shared[:, 0, 2], shared[:, 1, 2]
    with np.errstate(all="ignore"):
        squared = np.column_stack(
            [first * second / third, first * third / second, second * third / first]
        )
    own = np.diagonal(shared, axis1=1, axis2=2)
    fits = np.isfinite(squared) & (squared >= 0) & (squared <= (1 - LEAST_UNIQUE) * own)
    load = np.sqrt(np.where(fits, squared, 0.0))
    common = load.sum(axis=1) ** 2
    return np.where(fits.all(axis=1), common / (common + (own - load**2).sum(axis=1)), NONE)


def check(answers: Table, found: Chances) -> None:
    """The sums give what the report computes."""
    group = np.arange(len(answers)) % GROUPS
    among = scales.icc(answers.mean(axis=1), group)
    alpha = scales.alpha(answers)
    first = (alpha.standardized or 0.0) if answers.shape[1] == 2 else alpha.value
    expected = [first, scales.rwgj(answers), among.one]
    if answers.shape[1] == 3 and found[3] != NONE:
        expected.append(scales.omega(answers).value)
    assert np.allclose(found[: len(expected)], expected, atol=1e-5)


def judged(rows: Rows, weight: Chances, last: int) -> tuple[bool, bool, bool, bool]:
    """Whether the likeliest side and first answer are right, and whether they are sure."""
    chance = weight / weight.sum()
    sides = np.bincount(rows.side, chance, 3)
    first = rows.answers[:, 0].astype(np.int64)
    item = np.bincount(first, chance, 6)
    return (
        bool(sides.argmax() == rows.side[last]),
        bool(sides.max() >= SURE),
        bool(item.argmax() == first[last]),
        bool(item.max() >= SURE),
    )


if __name__ == "__main__":
    raise SystemExit(main())
