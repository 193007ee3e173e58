"""Whose rows may be seen now: kept beside the code that runs, not in a query.

What the keys are of is said by the room that sets them. Both walls read this: the managers of that
room, and the connection with PostgreSQL, which tells it to the database.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final
from uuid import UUID

EVERYTHING: Final = "everything"

Scope = UUID | str | None
"""One key, `EVERYTHING`, or None: nothing."""

scope: ContextVar[Scope] = ContextVar("scope", default=None)
