"""Django's `migrate`, over every school, and then the rules of who sees which rows."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from zwerm.people import row_security
from zwerm.people.scope import crossing_schools


class Command(migrate.Command):
    """A migration that changes rows would find none of them without a scope."""

    def handle(self, *args: Any, **options: Any) -> None:
        with crossing_schools("a migration changes the rows of every school"):
            super().handle(*args, **options)
            row_security.put_in_place()
