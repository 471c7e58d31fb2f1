"""Where a request comes from, also behind proxies. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Union

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]
Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
UNKNOWN = "unknown"


def client_address(peer: str, forwarded_for: str | None, trusted: Sequence[Network]) -> str:
    """The client's address, for counting: IPv4 whole, IPv6 as its /64 ("2001:db8:1:2::/64"), which is one household.

    `peer` is who opened the connection. Only if that is a trusted proxy, X-Forwarded-For counts, read from the right:
    the first address that is no trusted proxy. What stands left of it the client may have made up.
    """
    found = _parse(peer)
    hops = [part.strip() for part in (forwarded_for or "").split(",") if part.strip()]
    while hops and found is not None and _is_trusted(found, trusted):
        before = _parse(hops.pop())
        if before is None:
            break
        found = before
    if found is None:
        return UNKNOWN
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _parse(text: str) -> Address | None:
    """An address, also as "[::1]:443", "10.0.0.1:80" or with a zone; None if it is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(peer: str, trusted: Sequence[Network]) -> bool:
    """Whether who opened the connection is a trusted proxy."""
    address = _parse(peer)
    return address is not None and _is_trusted(address, trusted)


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)
