"""MRQAP on years and on near copies: another way to write the same predictors says the same."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from bench import _dense

from tests.analysis.pairs_table import table_of
from zwerm.analysis.mrqap import Family, Mrqap, mrqap
from zwerm.analysis.predictors import Apart, Ends, Tied, absdiff, receiver, sender
from zwerm.analysis.regression.fits import Scheme

PEOPLE = 14
EACH_FAMILY = pytest.mark.parametrize("family", get_args(Family))
EACH_SCHEME = pytest.mark.parametrize("scheme", get_args(Scheme))


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def drawn() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties that follow a first number of who is asked somewhat, and a second one not."""
    draw = rng(3)
    level, other = draw.normal(size=(2, PEOPLE))
    chance = 1 / (1 + np.exp(1.2 - 0.6 * level))
    return (draw.random((PEOPLE, PEOPLE)) < chance).astype(float), level, other


def regression(family: Family, scheme: Scheme, **xs: np.ndarray) -> Mrqap:
    y, predictors = drawn()[0], {name: receiver(x) for name, x in xs.items()}
    return mrqap(y, predictors, rng=rng(), permutations=200, family=family, scheme=scheme)


@EACH_FAMILY
@EACH_SCHEME
@pytest.mark.parametrize("far", [2_015.0, -3e6])
def test_numbers_far_from_zero_say_what_they_say_near_it(
    family: Family, scheme: Scheme, far: float
) -> None:
    _y, level, other = drawn()
    near = regression(family, scheme, level=level, other=other)
    moved = regression(family, scheme, level=level + far, other=other)
    assert moved.r_squared == pytest.approx(near.r_squared, rel=1e-7)
    for one, there in zip(moved.terms[1:], near.terms[1:], strict=True):
        assert one.b == pytest.approx(there.b, rel=1e-6)
        assert one.t == pytest.approx(there.t, rel=1e-6)
        assert one.p == there.p
    assert moved.terms[0].b == pytest.approx(near.terms[0].b - far * near.terms[1].b, rel=1e-6)


@EACH_SCHEME
@pytest.mark.parametrize("far", [0.0, 2_015.0, 3e6, 1e9])
def test_the_intercept_is_as_sure_as_where_it_lies(scheme: Scheme, far: float) -> None:
    """Its variance is that of a sum of coefficients around the middle."""
    y, level, _other = drawn()
    off = ~np.eye(PEOPLE, dtype=bool)
    columns = np.stack([np.ones(off.sum()), np.tile(level, (PEOPLE, 1))[off]])
    inverse = np.linalg.inv(columns @ columns.T)
    b = inverse @ columns @ y[off]
    left = ((y[off] - b @ columns) ** 2).sum() / (off.sum() - 2)
    toward = np.array([1, -far])
    found = regression("linear", scheme, level=level + far).terms[0]
    assert found.t == pytest.approx(
        toward @ b / np.sqrt(left * toward @ inverse @ toward), rel=1e-6
    )


@EACH_FAMILY
@EACH_SCHEME
@pytest.mark.parametrize("apart", [1e-2, 1e-4])
def test_a_near_copy_says_what_it_has_of_its_own(
    family: Family, scheme: Scheme, apart: float
) -> None:
    _y, level, other = drawn()
    plain = regression(family, scheme, level=level, other=other)
    copied = regression(family, scheme, level=level, other=level + apart * other)
    assert copied.r_squared == pytest.approx(plain.r_squared, rel=1e-6)
    for place in (0, 2):
        assert copied.terms[place].t == pytest.approx(plain.terms[place].t, rel=1e-5)
        assert copied.terms[place].p == plain.terms[place].p
    assert copied.terms[2].b == pytest.approx(plain.terms[2].b / apart, rel=1e-5)


@EACH_SCHEME
@pytest.mark.parametrize("middle", [0.0, 4.0, 5.5])
def test_around_what_middle_ties_are_kept_makes_no_difference(
    scheme: Scheme, middle: float
) -> None:
    """Also not to the intercept, which alone moves with the ties."""
    _y, level, other = drawn()
    one, two = np.nonzero(~np.eye(PEOPLE, dtype=bool))
    values = rng(5).normal(size=len(one)) + 5 + level[two]
    table = np.zeros((PEOPLE, PEOPLE))
    table[one, two] = values
    kept = Tied(PEOPLE, one, two, values - middle, np.ones(PEOPLE, dtype=bool), middle)
    xs: dict[str, Ends | Apart] = {"level": sender(level + 3), "other": absdiff(other)}
    plain, again = (mrqap(y, xs, rng=rng(), permutations=200, scheme=scheme) for y in (table, kept))
    b, t, _p = _dense.mrqap(table, [table_of(x) for x in xs.values()], rng(), 1)
    assert [term.b for term in plain.terms] == pytest.approx(b.tolist())
    assert [term.t for term in plain.terms] == pytest.approx(t.tolist())
    for term, there in zip(again.terms, plain.terms, strict=True):
        assert (term.b, term.t) == pytest.approx((there.b, there.t))
        assert term.p == there.p


def test_the_p_of_an_intercept_is_that_of_a_plain_loop() -> None:
    y, level, other = drawn()
    ties, xs = y - 0.2, {"level": receiver(level + 1), "other": sender(other - 1)}
    p = _dense.mrqap(ties, [table_of(x) for x in xs.values()], rng(2), 4_000)[2][0]
    found = mrqap(ties, xs, rng=rng(), permutations=4_000).terms[0].p
    assert 0.01 < p < 0.99
    assert found == pytest.approx(p, abs=3 * np.sqrt(2 * p * (1 - p) / 4_000))
