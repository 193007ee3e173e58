"""What happens around every page."""

from __future__ import annotations

from django.http import HttpResponse

from zwerm.core.middleware import ProxyMiddleware


def seen_address(rf, **headers):
    """The address under which a visit is counted."""
    seen = []

    def page(request):
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ProxyMiddleware(page)(rf.get("/", REMOTE_ADDR="127.0.0.1", headers=headers))
    return seen[0]


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(rf, settings):
    settings.BEHIND_PROXY = True
    assert seen_address(rf, x_forwarded_for="203.0.113.7") == "203.0.113.7"
    assert seen_address(rf, x_forwarded_for="198.51.100.1, 203.0.113.7") == "203.0.113.7"
    assert seen_address(rf) == "127.0.0.1"


def test_without_a_proxy_nobody_chooses_their_own_address(rf, settings):
    settings.BEHIND_PROXY = False
    assert seen_address(rf, x_forwarded_for="203.0.113.7") == "127.0.0.1"
