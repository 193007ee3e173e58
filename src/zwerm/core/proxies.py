"""Who visits: the address that a proxy of ours saw, and never one that a visitor made up."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

SOCKET = ""
"""What stands for an address when the proxy comes by a socket in a folder: only who may open that
file comes that way."""


def address_of(word: str) -> Address | None:
    """An address as written in a header; None when it is none. An IPv4 one in IPv6 clothes counts
    as what it is.

    Example:
        >>> address_of(" ::ffff:203.0.113.7 ")
        IPv4Address('203.0.113.7')
        >>> address_of("unknown") is None
        True
    """
    try:
        address = ip_address(word.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_proxy(word: str, proxies: Sequence[Network]) -> bool:
    """Whether this is the address of a proxy of ours."""
    if word == SOCKET:
        return True
    address = address_of(word)
    return address is not None and any(address in network for network in proxies)


def visitor(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The last address that no proxy of ours has, read from our side: what stands before it is
    whatever the visitor sent.

    Example:
        >>> from ipaddress import ip_network
        >>> visitor("127.0.0.1", "1.2.3.4, 203.0.113.7", [ip_network("127.0.0.1")])
        '203.0.113.7'
    """
    seen = peer
    for word in reversed(forwarded.split(",")):
        address = address_of(word)
        if address is None or not is_proxy(seen, proxies):
            break
        seen = str(address)
    return seen
