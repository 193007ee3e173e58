"""How often plain intervals hold the truth in schools that the model behind them made."""

from __future__ import annotations

import argparse
import math

import numpy as np
import numpy.typing as npt

from bench.installation import run
from bench.machine import describe_machine
from bench.spread import table
from zwerm.analysis.intervals import FIGURES, Draws, Networks, draws_of_many

Values = npt.NDArray[np.float64]
SIZES = (16, 30)
GROUP = 8
"""Of so many people a group is made, and one of them leads."""
GOAL = (0.87, 0.93)


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    rng = np.random.default_rng(options.seed)
    rows = [
        row(people, options.schools, options.response, rng, options.draws)
        for people in options.people
    ]
    print(table(("people", "schools", "error", *FIGURES), rows))
    print("\nnot widened, the silent naming as many as others like them; nine in ten is right.")
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench model", description=__doc__)
    parser.add_argument("--schools", type=int, default=500, help="how many invented schools (500)")
    parser.add_argument("--people", type=int, nargs="+", default=SIZES, help="16 and 30")
    parser.add_argument("--response", type=float, default=0.7, help="how many answer (0.7)")
    parser.add_argument("--draws", type=int, default=500, help="draws of each school (500)")
    parser.add_argument("--seed", type=int, default=1, help="another gives other schools (1)")
    return parser.parse_args()


def row(
    people: int, schools: int, response: float, rng: np.random.Generator, draws: int
) -> tuple[str, ...]:
    """One size: the share of the schools in which each figure was held."""
    whole = invented(people, schools, rng)
    silent = people - math.ceil(response * people)
    answered = rng.random((schools, people)).argsort(axis=1) >= silent
    part = Networks(whole.ties, answered, whole.group, whole.leader)
    truth = draws_of_many(whole, rng=rng, stability=0.5, draws=8)
    told = draws_of_many(part, rng=rng, stability=0.5, draws=draws)
    held = np.array([holds(*both) for both in zip(truth, told, strict=True)]).mean(axis=0)
    error = math.sqrt(0.9 * 0.1 / schools)
    return str(people), str(schools), f"{error:.3f}", *(f"{share:.3f}" for share in held)


def holds(truth: Draws, told: Draws) -> list[bool]:
    """Whether each figure lies within the 5 and 95 % quantiles of its draws."""
    low, high = np.quantile(told.drawn.at_random, [0.05, 0.95], axis=0)
    values = np.array([truth.observed[figure] for figure in FIGURES])
    within: list[bool] = ((low - 1e-9 <= values) & (values <= high + 1e-9)).tolist()
    return within


def invented(people: int, schools: int, rng: np.random.Generator) -> Networks:
    """Schools out of the model, in which about a tenth to a quarter of all pairs ask."""
    size = (schools, people)
    group = np.tile(np.arange(people) // GROUP, (schools, 1))
    leader = np.tile(np.arange(people) % GROUP == 0, (schools, 1))
    spread_a, spread_b = np.sqrt(rng.uniform(0.2, 0.8, (2, schools, 1)))
    level, tie, lead = rng.normal([-2.2, 0, 0.3], [0.3, 0.3, 0.5], (schools, 3)).T[:, :, None]
    b = lead * leader + spread_b * rng.standard_normal(size)
    a = level + tie * b + spread_a * rng.standard_normal(size)
    inside, bonus = np.exp(rng.normal([0.5, 1], [0.5, 1], (schools, 2))).T[:, :, None, None]
    odds = np.exp(a[:, :, None] + b[:, None, :])
    odds *= np.where(group[:, :, None] == group[:, None, :], inside, 1)
    return Networks(answers(odds, bonus, rng), np.ones(size, dtype=bool), group, leader)


def answers(odds: Values, bonus: Values, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Both answers of each pair at once."""
    back = odds.swapaxes(1, 2)
    both = bonus * odds * back
    luck = np.triu(rng.random(odds.shape), 1)
    luck = (luck + luck.swapaxes(1, 2)) * (1 + odds + back + both)
    first = luck < odds + both
    second = (luck >= back) & (luck < back + both + odds)
    people = np.arange(odds.shape[1])
    return np.where(people[:, None] < people[None, :], first, second) & ~np.eye(
        len(people), dtype=bool
    )


if __name__ == "__main__":
    run(main)
