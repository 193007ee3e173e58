"""How properties are tried: as long as it takes, for a slow machine is no fault of a figure."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("as long as it takes", deadline=None)
settings.load_profile("as long as it takes")
