"""Addresses outside: whether anybody on the internet is meant, and to which one a connection is made.

The connection is made to the very address that was checked, so that a name cannot point elsewhere a moment later.
"""

from __future__ import annotations

import ipaddress
import socket

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether anybody on the internet is meant; what hides another address inside counts as not public."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in _NAT64
    ):
        return False
    return ip.is_global and not ip.is_multicast


def checked_address(host: str, port: int, *, allow_private: bool = False) -> str | None:
    """An address of the name to connect to; None where one of its addresses is not public. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not (allow_private or all(is_public(each) for each in addresses)):
        return None
    return addresses[0]
