"""Which addresses may be asked: the web's own, and never this machine, its network or its cloud."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from retold.fetching.answering import LaterError
from retold.model.errors import SourceError

if TYPE_CHECKING:
    from httpx2 import URL

Resolver = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host: the system's own, or a test's."""

SCHEMES = ("http", "https")
HOST = re.compile(r"[A-Za-z0-9_.:-]+")  # a name in ASCII (IDNA made it so), or an IP address
CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
WANTED = "A public address such as https://outlet.example/news is wanted"
ALLOW = "say --private (in Python: private=True) if this machine or network is meant"
MISSING = (
    "cannot be read, since a package for it is not installed ({name}). "
    'Install them: pip install "retold[fetch]"; or save the page, and give the file.'
)

# From the IANA registries of special addresses (RFC 6890 and after it); the first line that holds an address names it.
SPECIAL = (
    ("169.254.169.254/32", "the metadata service of a cloud"),
    ("100.100.100.200/32", "the metadata service of a cloud"),
    ("168.63.129.16/32", "the metadata service of a cloud"),  # Azure's, and within the public addresses
    ("fd00:ec2::254/128", "the metadata service of a cloud"),
    ("127.0.0.0/8", "this machine itself (loopback)"),
    ("::1/128", "this machine itself (loopback)"),
    ("0.0.0.0/8", "this machine itself (unspecified)"),
    ("::/128", "this machine itself (unspecified)"),
    ("10.0.0.0/8", "a private network"),
    ("172.16.0.0/12", "a private network"),
    ("192.168.0.0/16", "a private network"),
    ("fc00::/7", "a private network"),
    ("fec0::/10", "a private network"),
    ("100.64.0.0/10", "a provider's inner network (CGNAT)"),
    ("169.254.0.0/16", "a local link"),
    ("fe80::/10", "a local link"),
    ("224.0.0.0/4", "many machines at once (multicast)"),
    ("ff00::/8", "many machines at once (multicast)"),
    ("::ffff:0:0/96", "an IPv4 address in the clothes of IPv6"),
    ("64:ff9b:1::/48", "a private network"),
    ("2001::/32", "an IPv4 address in the clothes of IPv6 (Teredo)"),
    ("2002::/16", "an IPv4 address in the clothes of IPv6 (6to4)"),
    ("192.0.0.0/24", "a reserved address"),
    ("192.0.2.0/24", "an address for examples"),
    ("198.51.100.0/24", "an address for examples"),
    ("203.0.113.0/24", "an address for examples"),
    ("2001:db8::/32", "an address for examples"),
    ("3fff::/20", "an address for examples"),
    ("192.88.99.0/24", "a reserved address"),
    ("198.18.0.0/15", "an address for measurements"),
    ("2001::/23", "a reserved address"),
    ("240.0.0.0/4", "a reserved address"),
)
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are the IPv4 address that is meant
PUBLIC = ipaddress.IPv6Network("2000::/3")  # all that is given out of IPv6 for the public so far


@cache
def _special() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, str], ...]:
    return tuple((ipaddress.ip_network(network), what) for network, what in SPECIAL)


def refusal(address: str) -> str | None:
    """What an IP address leads to that is not the public web; None for one of the public web.

    >>> refusal("192.168.0.1"), refusal("93.184.215.14")
    ('a private network', None)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])  # without the name of an interface
    except ValueError:
        return "no IP address"
    if isinstance(ip, ipaddress.IPv6Address) and ip in TRANSLATED:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    named = next((what for network, what in _special() if ip.version == network.version and ip in network), None)
    if named is None and isinstance(ip, ipaddress.IPv6Address) and ip not in PUBLIC:
        return "a reserved address"
    return named


def shown(url: str) -> str:
    """An address as it may be told and kept: without the name and password in it.

    >>> shown("https://reader:secret@outlet.example/news")
    'https://outlet.example/news'
    """
    return CREDENTIALS.sub("", url, count=1)


def checked(url: str) -> URL:
    """The parsed address, without what follows "#"; raises SourceError for one that may not be asked."""
    httpx2 = library(url)
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise SourceError(shown(url), f"is no address ({error}). {WANTED}; check it.") from None
    for reason in _faults(parsed):
        raise SourceError(shown(url), f"{reason}. {WANTED}.")
    without_fragment: URL = parsed.copy_with(fragment=None)
    return without_fragment


def _faults(url: URL) -> Iterator[str]:
    """What is wrong with a parsed address, before anybody is asked."""
    if url.scheme not in SCHEMES:
        yield f"has the scheme {url.scheme!r}, and only http and https are read" if url.scheme else "has no scheme"
    if url.userinfo:
        yield "holds a name or password, which would be kept and shown with it; give it without"
    if not HOST.fullmatch(url.raw_host.decode("ascii", "replace")):
        yield "names no host"
    if url.port is not None and not 0 < url.port < 65536:
        yield f"has the port {url.port}, and ports run from 1 to 65535"


def library(url: str) -> ModuleType:
    """The library that speaks HTTP; raises SourceError where the extra "fetch" is not installed."""
    try:
        import httpx2
        import protego  # noqa: F401
    except ImportError as error:
        raise SourceError(shown(url), MISSING.format(name=error.name)) from None
    return httpx2


def system_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host as the system tells them, each once; raises OSError where it knows none."""
    import socket

    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def allowed(host: str, port: int, *, private: bool, resolver: Resolver) -> list[str]:
    """The IP addresses of a host that may be connected to; raises SourceError where there is none."""
    told = _addresses(host, port, resolver)
    open_ones = told if private else [address for address in told if refusal(address) is None]
    if not open_ones:
        where = f"{told[0]}, {refusal(told[0])}" if told else "no address at all"
        raise SourceError(host, f"leads to {where}. {WANTED}; {ALLOW}.")
    return open_ones


def _addresses(host: str, port: int, resolver: Resolver) -> list[str]:
    """The IP addresses of a host, asked for once: what is checked here is what is connected to."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    try:
        return list(resolver(host, port))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LaterError(host, f"cannot be found ({reason}). Check the address and the network.") from None
