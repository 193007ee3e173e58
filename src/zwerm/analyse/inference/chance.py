"""Chance from the seed and the name of what is drawn, so that nothing else changes a figure."""

from __future__ import annotations

import hashlib

import numpy as np


def rng_of(seed: int, *names: str) -> np.random.Generator:
    """The draws for one thing of one network, whatever else is asked for.

    >>> rng_of(1, "qap", "all").integers(9) == rng_of(1, "qap", "all").integers(9)
    np.True_
    """
    named = "\x1f".join([str(seed), *names]).encode("utf-8", "surrogatepass")
    return np.random.default_rng(int.from_bytes(hashlib.sha256(named).digest()))
