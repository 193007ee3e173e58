"""What somebody who knows every other answer learns of one person from the verdicts on change."""

from __future__ import annotations

import argparse
from collections import Counter
from statistics import mean

import numpy as np

from bench._attacker import LEADERS, TEMPERS, Crowd, plausible_rows
from bench.machine import describe_machine
from bench.spread import table
from zwerm.analysis.arcs import Arcs, arcs_of
from zwerm.analysis.change import change_of
from zwerm.analysis.simulation import bonds, occasion

SIZES = ("25/23", "60/51", "84/71", "150/128")
SHUFFLES = 50
EXPLAINED = """
right: how often the best guess of how many names somebody gave is right, over all that they may
have answered: without the verdicts, with them, and with verdicts shuffled among those answers (by
luck: what a guess gains in so few). same words: how often the verdicts are the likeliest anyhow."""
Words = tuple[str, ...]


def main() -> int:
    options = read_options()
    print(f"{__doc__}\n\n{describe_machine()}\n", flush=True)
    heads = ("people", "answered", "right without", "with", "by luck", "same words")
    rows = []
    for size in options.sizes:
        people, answered = map(int, size.split("/"))
        found = [attack(people, answered, seed, options.rows) for seed in range(options.seeds)]
        said = [f"{mean(column):.2f}" for column in zip(*found, strict=True)]
        rows.append([str(people), str(answered), *said])
        print("  ".join(rows[-1]), flush=True)
    print(f"\n{table(heads, rows)}")
    print(EXPLAINED)
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./zwerm bench verdicts", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="how many invented schools (20)")
    parser.add_argument("--rows", type=int, default=300, help="plausible answers tried (300)")
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="people/answered, as 25/23")
    return parser.parse_args()


def attack(people: int, answered: int, seed: int, rows: int) -> tuple[float, ...]:
    """One victim of one school that was asked twice, of whom somebody knows the answer of then."""
    rng = np.random.default_rng([seed, people])
    then, now = two_scans(people, answered, rng, seed)
    both = np.flatnonzero(then.respondents & now.respondents)
    victim = int(rng.choice(both))
    before = arcs_of(then.ties, then.respondents)
    pairs = []
    for row in plausible_rows(now, victim, rows, rng):
        ties = now.ties.copy()
        ties[victim] = row
        pairs.append((int(row.sum()), words(before, arcs_of(ties, now.respondents), now, rng)))
    names, seen = zip(*pairs, strict=True)
    luck = mean(right(names, shuffled(seen, rng)) for _ in range(SHUFFLES))
    same = Counter(seen).most_common(1)[0][1] / rows
    return right(names, [()] * rows), right(names, seen), luck, same


def two_scans(
    people: int, answered: int, rng: np.random.Generator, seed: int
) -> tuple[Crowd, Crowd]:
    """The same school asked twice; in half of the schools something truly changed."""
    team = (np.arange(people) * max(1, people // 14) // people).astype(np.int64)
    leader = rng.permutation(people) < max(round(LEADERS * people), min(10, people // 3))
    lasting = bonds(people, rng)
    tempers = TEMPERS[seed % 3], TEMPERS[(seed + seed // 3 % 2) % 3]
    crowds = []
    for temper in tempers:
        respondents = rng.permutation(people) < answered
        ties = occasion(lasting, team, leader, temper, rng) & respondents[:, None]
        crowds.append(Crowd(ties, respondents, team, leader))
    return crowds[0], crowds[1]


def words(before: Arcs, after: Arcs, crowd: Crowd, rng: np.random.Generator) -> Words:
    """The verdicts as they are published, with draws that the attacker does not know."""
    leader = crowd.leader if min(crowd.leader.sum(), (~crowd.leader).sum()) >= 10 else None
    change = change_of(before, after, rng=rng, leader=leader)
    return tuple(one.word for one in change.verdicts.values())


def right(names: tuple[int, ...], seen: list[Words] | tuple[Words, ...]) -> float:
    """How often the likeliest number of names is right, for who knows the verdicts."""
    among: dict[Words, Counter[int]] = {}
    for number, said in zip(names, seen, strict=True):
        among.setdefault(said, Counter())[number] += 1
    return sum(max(one.values()) for one in among.values()) / len(names)


def shuffled(seen: tuple[Words, ...], rng: np.random.Generator) -> list[Words]:
    return [seen[i] for i in rng.permutation(len(seen))]


if __name__ == "__main__":
    raise SystemExit(main())
