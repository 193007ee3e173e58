"""Who knows every answer but one guesses badly how many colleagues that one person named."""

from __future__ import annotations

import numpy as np
import pytest
from bench._attacker import Guess, attacks, guess

ENOUGH = 20
"""With fewer plausible rows that fit, certainty only says that too few rows were tried."""
LIMITS = {10: (0.40, 0.35), 14: (0.40, 0.35), 20: (0.30, 0.17), 48: (0.30, 0.17)}


@pytest.mark.parametrize(
    ("people", "answered", "seeds", "rows"),
    [(12, 10, 5, 150), (16, 14, 4, 150), (25, 20, 4, 150), (60, 48, 1, 100)],
)
def test_knowing_everybody_else_does_not_tell_how_many_names_one_person_gave(
    people: int, answered: int, seeds: int, rows: int
) -> None:
    """Twenty seeds, and schools of 84 and 150 people, are in `./zwerm bench attackers`."""
    found = [one for seed in range(seeds) for one in attacks(people, answered, seed, rows=rows)]
    right, sure = LIMITS[answered]
    assert np.mean([one.posterior for one in found]) <= right
    assert np.mean([one.sure for one in found]) <= sure
    assert not any(one.certain for one in found if one.fitting >= ENOUGH)


def test_the_attacker_does_find_what_is_published_exactly() -> None:
    """With exact figures only one number of names fits: the attack itself works."""
    assert guess({4: 1.0}, 4, 9) == Guess(
        right=True, sure=True, certain=True, posterior=1.0, fitting=9
    )
    assert guess({3: 0.2, 4: 0.3, 5: 0.2, 9: 0.3}, 4, 9).sure is False
    exact = list(attacks(12, 10, 1, rows=200, exact=True))
    assert all(one.right and one.certain for one in exact)
