"""Where a request came from: its network address, behind the site's own proxies too."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
LENGTH = 45  # of the longest address


def client_address(request: HttpRequest) -> str:
    """The network address a request came from, as paces, locks and audit take it; "" where nobody says."""
    peer = str(request.META.get("REMOTE_ADDR") or "")
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "")
    return last_untrusted(peer, forwarded, settings.HUIYIN_TRUSTED_PROXIES)[:LENGTH]


def last_untrusted(peer: str, forwarded: str, trusted: Collection[Network]) -> str:
    """The nearest hop that is no proxy of ours: the peer itself, or what a proxy of ours says stood before it.

    forwarded: X-Forwarded-For, whose left part anybody may write. Each hop is believed only when the one after it is
    trusted; a hop that is no address is believed to nobody, the proxy that passed it on counts instead."""
    nearest = peer
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while _is_trusted(nearest, trusted) and hops:
        before = _address(hops.pop())
        if before is None:
            break
        nearest = str(before)
    return nearest


def _is_trusted(text: str, trusted: Collection[Network]) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in trusted)


def _address(text: str) -> Address | None:
    """192.0.2.1, 192.0.2.1:5000, 2001:db8::1, [2001:db8::1]:5000, ::ffff:192.0.2.1."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
