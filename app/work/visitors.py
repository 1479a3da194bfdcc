"""Who is who: visitors are told apart by their addresses, and by nothing else. Nobody is given a name or a cookie.

Behind a proxy the address is the one that it passes on, where the settings say whom to believe (`DESCENT_LAB_PROXIES`);
the server puts it in place of the proxy's own before anybody asks here.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

from .pace import Pace

HOUSEHOLD = 64
"""Bits of an IPv6 address that a provider gives; with the others a visitor may do as he likes."""


def visitor_of(connection: HTTPConnection) -> str:
    """Whose connection it is."""
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host)
    except ValueError:  # a socket of this machine has none
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, HOUSEHOLD), strict=False))
    return host


class Paces:
    """How fast each visitor is listened to, all his sockets together. rate: messages in a second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._of: dict[str, tuple[Pace, int]] = {}

    def enter(self, visitor: str) -> Pace:
        """One more socket of his."""
        pace, sockets = self._of.get(visitor, (None, 0))
        pace = pace or Pace(self.rate)
        self._of[visitor] = pace, sockets + 1
        return pace

    def leave(self, visitor: str) -> None:
        """One less; nothing is kept of who has none."""
        pace, sockets = self._of.pop(visitor)
        if sockets > 1:
            self._of[visitor] = pace, sockets - 1
