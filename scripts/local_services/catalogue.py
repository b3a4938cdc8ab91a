"""The services by name, and one way to get an address of each."""

import os
import socket
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import chromium, elasticsearch, postgresql, redis
from .processes import Servers
from .unavailable import UnavailableError


@dataclass(frozen=True)
class Service:
    """One service: the variable tests read, the one a person may set, and how to start it."""

    variable: str
    given: str | None
    start: Callable[[Servers], str]


SERVICES = {
    "postgresql": Service("GUILDHALL_TEST_POSTGRES", "DATABASE_URL", postgresql.start),
    "postgresql-2": Service("GUILDHALL_TEST_POSTGRES_2", None, postgresql.start_second),
    "redis": Service("GUILDHALL_TEST_REDIS", "REDIS_URL", redis.start),
    "elasticsearch": Service(
        "GUILDHALL_TEST_ELASTICSEARCH", "ELASTICSEARCH_URL", elasticsearch.start
    ),
    "chromium": Service("GUILDHALL_TEST_CHROMIUM", "CHROMIUM", chromium.start),
}


def obtain(name: str, servers: Servers) -> dict[str, str]:
    """Environment variables for one service: its address, or why it is missing."""
    service = SERVICES[name]
    try:
        return {service.variable: _given(service) or service.start(servers)}
    except (UnavailableError, OSError) as error:
        return {f"{service.variable}_MISSING": " ".join(str(error).split())}


def _given(service: Service) -> str | None:
    """The address in the environment, proven to answer; SQLite in DATABASE_URL counts as none."""
    for variable in filter(None, (service.variable, service.given)):
        address = os.environ.get(variable, "")
        if not address or address.startswith("sqlite"):
            continue
        if not _reachable(address):
            raise UnavailableError(f"{variable} is {address}, and nothing answers there")
        return address
    return None


def _reachable(address: str) -> bool:
    if "://" not in address:
        return Path(address).exists()
    url = urllib.parse.urlsplit(address)
    ports = {"http": 80, "https": 443, "redis": 6379, "rediss": 6379}
    try:
        socket.create_connection(
            (url.hostname or "127.0.0.1", url.port or ports.get(url.scheme, 5432)), timeout=5
        ).close()
    except OSError:
        return False
    return True
