"""The p2 model written out pair by pair, as slowly and plainly as it can be."""

from __future__ import annotations

from itertools import product

import numpy as np


def pair_chance(ties, point, same, i, j):
    """P(y_ij, y_ji), by the four cases."""
    people = len(ties)
    a, b, (g, rho) = point[:people], point[people:-2], point[-2:]
    there = np.exp(a[i] + b[j] + g * same[i, j])
    back = np.exp(a[j] + b[i] + g * same[i, j])
    both = np.exp(rho) * there * back
    weight = {(0, 0): 1.0, (1, 0): there, (0, 1): back, (1, 1): both}
    return weight[int(ties[i, j]), int(ties[j, i])] / (1 + there + back + both)


def chance(ties, point, same):
    """The chance of a whole network."""
    people = len(ties)
    found = 1.0
    for i in range(people):
        for j in range(i + 1, people):
            found *= pair_chance(ties, point, same, i, j)
    return found


def completions(ties, respondents):
    """Every network that the silent could have made of this one."""
    people = len(ties)
    cells = [(i, j) for i in range(people) for j in range(people) if i != j and not respondents[i]]
    for answers in product([False, True], repeat=len(cells)):
        full = ties & respondents[:, None]
        for (i, j), answer in zip(cells, answers, strict=True):
            full[i, j] = answer
        yield full


def drawn_network(point, same, rng):
    """A network out of the model."""
    people = len(same)
    ties = np.zeros((people, people), dtype=bool)
    cases = np.array([(0, 0), (1, 0), (0, 1), (1, 1)], dtype=bool)
    for i in range(people):
        for j in range(i + 1, people):
            chances = []
            for case in cases:
                ties[i, j], ties[j, i] = case
                chances.append(pair_chance(ties, point, same, i, j))
            ties[i, j], ties[j, i] = cases[rng.choice(4, p=chances)]
    return ties
