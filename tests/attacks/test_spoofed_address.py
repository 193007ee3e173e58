"""Whoever makes up another address for each visit is counted as one visitor all the same."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import Client

from zwerm.core.proxies import visitor

TRIES = 8
LIMIT = 5


@pytest.fixture(autouse=True)
def _narrow(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": f"{LIMIT}/m/ip"}
    settings.BEHIND_PROXY = True


def statuses(peer: str, header: str) -> list[int]:
    """Asking for codes again and again, each time with another address before one's own."""
    return [
        Client(REMOTE_ADDR=peer)
        .post(
            "/account/sign-in/",
            {"email": f"stranger-{number}@elsewhere.example"},
            headers={"x-forwarded-for": header.format(number=number)},
        )
        .status_code
        for number in range(TRIES)
    ]


# 302: to the page for the code. 200: the same form, which says to wait.
COUNTED = [302] * LIMIT + [200] * (TRIES - LIMIT)


@pytest.mark.parametrize(
    ("peer", "header"),
    [
        ("203.0.113.9", "198.51.100.{number}"),  # past the proxy, straight to the site
        ("127.0.0.1", "198.51.100.{number}, 203.0.113.9"),  # through the proxy, which adds its own
        ("::1", "198.51.100.{number}, not-an-address"),
        ("127.0.0.1", "198.51.100.{number}, , 203.0.113.9, 127.0.0.1"),
    ],
)
def test_an_address_that_somebody_made_up_is_no_other_visitor(peer, header):
    assert statuses(peer, header) == COUNTED


def test_behind_the_proxy_each_visitor_is_counted_apart():
    assert statuses("127.0.0.1", "198.51.100.{number}") == [302] * TRIES


@pytest.mark.parametrize(
    ("peer", "header"),
    [
        ("203.0.113.9", "198.51.100.{number}"),
        ("127.0.0.1", "198.51.100.{number}, 203.0.113.9"),
    ],
)
def test_without_the_names_of_the_proxies_the_same_attack_goes_on_for_ever(settings, peer, header):
    settings.PROXIES = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    assert statuses(peer, header) == [302] * TRIES


@pytest.mark.parametrize("is_proxy", [False, True])
def test_only_a_proxy_says_that_a_visit_came_by_https(settings, is_proxy):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    browser = Client(REMOTE_ADDR="127.0.0.1" if is_proxy else "203.0.113.9")
    answer = browser.get("/account/sign-in/", headers={"x-forwarded-proto": "https"})
    assert answer.status_code == (200 if is_proxy else 301)


def test_of_a_chain_of_proxies_the_first_that_is_not_ours_is_the_visitor():
    ours = [ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("fd00::/8")]
    chains = {
        ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.1.2.3, fd00::5"): "203.0.113.9",
        ("", "203.0.113.9"): "203.0.113.9",  # by a socket in a folder
        ("::ffff:10.1.0.1", "203.0.113.9"): "203.0.113.9",
        ("203.0.113.8", "203.0.113.9"): "203.0.113.8",
        ("127.0.0.1", "10.1.0.9"): "10.1.0.9",  # a machine of ours looks
    }
    assert {chain: visitor(*chain, ours) for chain in chains} == chains
