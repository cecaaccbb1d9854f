"""Which IP addresses are on the open internet."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
"""An IP address."""
_NOT_PUBLIC = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64: each address hides an IPv4 address, which could be a private one
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 of one network
    ipaddress.ip_network("::/96"),  # IPv4-compatible: hides an IPv4 address too
    ipaddress.ip_network("fec0::/10"),  # site-local, the private networks of old
)
"""Networks of IPv6 whose addresses can lead into a private network, though Python counts some of them as global."""


def is_public(address: Address) -> bool:
    """Whether an IP address is on the open internet, not in a private network."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or any(address in network for network in _NOT_PUBLIC):
            return False
    return address.is_global and not address.is_multicast
