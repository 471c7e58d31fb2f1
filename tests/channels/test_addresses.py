"""The client's address: what the proxies that we trust have seen, never what the client says."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from channels.addresses import client_address

TRUSTED = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.5", "192.0.2.1"),
        ("10.1.1.1", "203.0.113.5", "203.0.113.5"),
        ("10.1.1.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("10.1.1.1", "198.51.100.1, 203.0.113.5, 10.2.2.2", "203.0.113.5"),
        ("10.1.1.1", "10.2.2.2", "10.2.2.2"),
        ("10.1.1.1", None, "10.1.1.1"),
        ("10.1.1.1", "", "10.1.1.1"),
        ("10.1.1.1", "nonsense", "10.1.1.1"),
        ("10.1.1.1", "203.0.113.5, nonsense", "10.1.1.1"),
        ("10.1.1.1", "203.0.113.5:4711", "203.0.113.5"),
        ("10.1.1.1", " 203.0.113.5 ,", "203.0.113.5"),
        ("10.1.1.1", '"[2001:db8:1:2:3:4:5:6]:80"', "2001:db8:1:2::/64"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", None, "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8::1", "2001:db8::/64"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("::ffff:10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("fe80::1%eth0", None, "fe80::/64"),
        ("", None, "unknown"),
        ("unix:", "203.0.113.5", "unknown"),
    ],
)
def test_addresses(peer: str, forwarded: str | None, expected: str) -> None:
    assert client_address(peer, forwarded, TRUSTED) == expected


def test_without_trusted_proxies_the_peer_counts() -> None:
    assert client_address("10.1.1.1", "203.0.113.5", []) == "10.1.1.1"
