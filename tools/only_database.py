"""A plugin of pytest: keep only the tests that use the database.

A second run on another database need not repeat what never sees one.
"""

from __future__ import annotations

import pytest

FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Set aside every test without the mark of the database and without its fixtures."""
    used = [item for item in items if uses_database(item)]
    aside = [item for item in items if not uses_database(item)]
    config.hook.pytest_deselected(items=aside)
    items[:] = used


def uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(FIXTURES & fixtures) or item.get_closest_marker("django_db") is not None
