"""What tests of attacks share: the browser of who keeps the staff list, and a provider."""

from tests.people.conftest import keeper, provider, running

__all__ = ["keeper", "provider", "running"]
