"""Ends of the F and chi-square distributions. SciPy comes in only when one is asked for."""

from __future__ import annotations


def f_quantile(share: float, between: int, within: int) -> float:
    """The value under which `share` of an F distribution lies."""
    # Heavy, and every page of a site would carry it: only who computes a figure waits for it.
    from scipy.special import fdtri  # noqa: PLC0415

    return float(fdtri(between, within, share))


def f_tail(value: float, between: int, within: int) -> float:
    """The share of an F distribution above `value`."""
    from scipy.special import fdtrc  # noqa: PLC0415  # as above

    return float(fdtrc(between, within, value))


def chi_square_tail(value: float, freedom: int) -> float:
    """The share of a chi-square distribution above `value`."""
    from scipy.special import chdtrc  # noqa: PLC0415  # as above

    return float(chdtrc(freedom, value))
