"""Keep memory between one large array and the next."""

from __future__ import annotations

import numpy as np

LARGE = 2**24


def keep_memory() -> None:
    """Let arrays of up to 16 MB be made again and again without asking the system each time.

    The allocator of Linux gives large blocks back at once, and the system clears every page before
    it hands it out again: for arrays that live shortly that costs more than the work on them. It
    keeps blocks up to the largest that it saw returned. So one such block is taken, not touched,
    and returned; elsewhere this does nothing.
    """
    np.empty(LARGE, dtype=np.uint8)
