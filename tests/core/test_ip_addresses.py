"""Which IP addresses a feed may be fetched from."""

from __future__ import annotations

import ipaddress

import pytest

from rag.core.ip_addresses import is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("64:ff9b:1:ffff:7f00:1::", False),
        ("64:ff9b:2::1", True),
        ("::10.0.0.1", False),
        ("::1.1.1.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:1.1.1.1", True),
        ("fec0::1", False),
        ("feff::1", False),
        ("2002:a00:1::", False),
    ],
)
def test_what_lies_on_the_open_internet(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) == public
