"""What tests of attacks share: the browser of who keeps the staff list."""

from tests.people.conftest import keeper

__all__ = ["keeper"]
