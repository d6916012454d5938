"""Where a call may go: only to public addresses, on the usual ports, over https; inner hosts only by name of the operator.

The name is resolved once and every address that it has is looked at; the call then connects to the very address that was
checked, so that a name which answers differently a moment later leads nowhere else.
"""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]

LONGEST = 2_000
PORTS = frozenset({443, 8443})
DEFAULT_PORTS = {"https": 443, "http": 80}

# What `is_global` lets through and is inner all the same, or has been in some version of Python.
INNER: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(text)
    for text in (
        "168.63.129.16/32",  # a cloud's wire server, on a public address
        "192.88.99.0/24",  # relays of 6to4
        "192.0.0.0/24",
        "100.64.0.0/10",  # carriers' NAT; a cloud's metadata too
        "198.18.0.0/15",
        "fec0::/10",  # site-local
        "2001::/23",  # tunnels and registries: Teredo, ORCHID
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "64:ff9b:1::/48",  # NAT64 of one's own network: where it leads nobody can say
        "100::/64",
    )
)
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")
V4_COMPATIBLE = IPv6Network("::/96")


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address that was checked, and the one place to connect to."""

    scheme: str
    host: str  # for the certificate and the Host header
    port: int
    address: str  # numeric
    path: str  # with the query


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a call is not made."""

    code: str  # address_wrong, address_refused, name_unknown


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a name, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check(url: str, resolver: Resolver = resolve) -> Target | Refusal:
    """Return where to connect for an address, or why not."""
    parts = split(url)
    if parts is None:
        return Refusal(code="address_wrong")
    host = str(parts.hostname)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    is_named = is_named_by_operator(host, port)
    if not is_named and (parts.scheme != "https" or port not in PORTS) and not _inner_networks():
        return Refusal(code="address_refused")
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError):
        return Refusal(code="name_unknown")
    is_usual = parts.scheme == "https" and port in PORTS
    if not addresses or not all(is_named or _may_connect(one, is_usual=is_usual) for one in addresses):
        return Refusal(code="address_refused")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=parts.scheme, host=host, port=port, address=addresses[0], path=path)


def split(url: str) -> SplitResult | None:
    """Return the parts of an address, or None for one that two programs could read differently."""
    if (
        len(url) > LONGEST
        or not url.isascii()
        or any(ord(sign) <= 32 or sign in '\\"<>^`{|}\x7f' for sign in url)
    ):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "%" in parts.netloc or port == 0:
        return None
    return None if "@" in parts.netloc or parts.fragment or "#" in url else parts


def _may_connect(text: str, *, is_usual: bool) -> bool:
    address = read(text)
    if address is None:
        return False
    if any(address in network for network in _inner_networks()):
        return True
    return is_usual and is_public(address)


def read(text: str) -> Address | None:
    """Return a numeric address; one with a zone is of this link only, so it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Say whether an address is on the open internet, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = wrapped(address)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in INNER):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def wrapped(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address to which an IPv6 address leads: mapped, compatible, NAT64, 6to4."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in NAT64 or address in V4_COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return None


# What the operator lets through -------------------------------------------------------------------------


def is_named_by_operator(host: str, port: int) -> bool:
    """Say whether the operator has named this host, or this host and port (SHULI_INNER_HOSTS)."""
    shown = f"[{host}]" if ":" in host else host
    return bool({host, f"{shown}:{port}"} & set(settings.SHULI_INNER_HOSTS))


def _inner_networks() -> list[IPv4Network | IPv6Network]:
    return list(_networks(settings.SHULI_INNER_HOSTS))


def _networks(names: Iterable[str]) -> Iterable[IPv4Network | IPv6Network]:
    for name in names:
        if "/" in name:
            try:
                yield ip_network(name)
            except ValueError:
                continue
