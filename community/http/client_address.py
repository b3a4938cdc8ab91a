"""The client's address and scheme, which only configured proxies may tell."""

import re
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

WITH_PORT = re.compile(r"(?:(?P<plain>[0-9.]+)|\[(?P<bracketed>[^\]]+)\])(?::[0-9]{1,5})?")
TOLD_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


def trust_proxies(get_response: GetResponse) -> GetResponse:
    """Take REMOTE_ADDR from X-Forwarded-For where the peer is a proxy of TRUSTED_PROXIES.

    What anybody else claims about themselves is dropped, before other middleware believes it.
    """
    proxies = [ip_network(text) for text in settings.TRUSTED_PROXIES]

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_proxy(request.META.get("REMOTE_ADDR", ""), proxies):
            request.META["REMOTE_ADDR"] = _client(request, proxies)
        else:
            for header in TOLD_BY_PROXIES:
                request.META.pop(header, None)
        return get_response(request)

    return middleware


def _client(request: HttpRequest, proxies: list[Network]) -> str:
    """The last address of the chain that is no proxy of ours: those before it can be made up."""
    peer: str = request.META["REMOTE_ADDR"]
    chain: list[str] = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    ]
    for text in reversed(chain):
        address = _address(text)
        if address is None:
            break
        if not _is_proxy(text, proxies):
            return str(address)
    return peer


def _is_proxy(text: str, proxies: list[Network]) -> bool:
    address = _address(text)
    return address is not None and any(address in proxy for proxy in proxies)


def _address(text: str) -> Address | None:
    """Some proxies add the port; a socket for both kinds calls 10.0.0.1 ::ffff:10.0.0.1."""
    if found := WITH_PORT.fullmatch(text):
        text = found["plain"] or found["bracketed"]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
