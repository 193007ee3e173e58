"""What happens around every page."""

from __future__ import annotations

from django.http import HttpResponse

from zwerm.core.middleware import LargestBodyMiddleware, ProxyMiddleware, sent_bytes


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


def test_what_is_too_large_passes_by_and_what_is_not_is_left_for_the_page(rf, settings):
    settings.LARGEST_BODY = 100_000
    seen = {}
    for size in (99_000, 300_000):
        request = rf.post("/", bytes(size), content_type="application/octet-stream")
        answer = LargestBodyMiddleware(lambda request: HttpResponse(request.read(5)))(request)
        seen[size] = (answer.status_code, len(request.read()))
    assert seen == {99_000: (200, 98_995), 300_000: (413, 0)}


def test_how_much_comes_is_what_the_visitor_says(rf):
    said = {"12": 12, "": 0, "many": 0, "-5": 0, "\u0662": 2}
    requests = {one: rf.get("/", CONTENT_LENGTH=one) for one in said}
    assert {one: sent_bytes(request) for one, request in requests.items()} == said
