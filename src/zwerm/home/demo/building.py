"""Making the demo's data once, and refusing to touch any other data."""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from zwerm.core.models import Installation
from zwerm.home.demo import SEED
from zwerm.home.demo.history import make_history
from zwerm.home.demo.schools import make_board
from zwerm.home.serving import holds_demo, holds_somebody


def build() -> bool:
    """Make the demo unless it is there; false when the database holds something else."""
    # A demo collects no files; that the folder is missing would be warned about in every process.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    is_made = holds_demo()
    if not is_made and holds_somebody():
        print(
            "This database holds real data, so the demo does not start. Nothing was changed. "
            "Choose another folder with ZWERM_DATA, or another database with DATABASE_URL.",
            file=sys.stderr,
        )
        return False
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not is_made:
        make_everything()
    return True


@transaction.atomic
def make_everything() -> None:
    """All or nothing: a demo that was stopped halfway is made again from the start."""
    began = perf_counter()
    say("Making the demo: one board, three schools, a few years of scans.")
    make_history(make_board(np.random.default_rng(SEED)), say)
    Installation.objects.create(is_demo=True)
    say(f"The demo is made ({perf_counter() - began:.0f} s).")


def say(sentence: str) -> None:
    print(sentence, flush=True)
