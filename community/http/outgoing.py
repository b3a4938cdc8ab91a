"""The only way out: an address is checked, and nothing but the checked one is connected to."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from community.http.public_addresses import is_public

PORTS = {"http": 80, "https": 443}
MOVED = frozenset({301, 302, 303, 307, 308})
MAX_MOVES = 3
BLOCK = 64 * 1024


class OutgoingError(Exception):
    """A sentence for people: why nothing came back."""


class OutgoingRefused(OutgoingError):  # noqa: N818 - what it is
    """The address is none that this site asks; trying again changes nothing."""


@dataclass(frozen=True)
class Answer:
    """url is where the answer came from in the end; headers have names in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(url: str, *, accept: str = "*/*", whole: bool = True) -> Answer:
    """Ask url by GET within 10 seconds in all and return up to 1 MiB.

    whole=False cuts a longer answer off where whole=True refuses it. At most three redirects are
    followed, each checked like the first address. Raises OutgoingRefused for addresses that are
    not public, other schemes and ports, and OutgoingError for whatever else goes wrong.
    """
    deadline = time.monotonic() + settings.OUTGOING_SECONDS
    for _move in range(MAX_MOVES + 1):
        answer = _ask(_target(url), accept, whole, deadline)
        moved_to = answer.headers.get("location")
        if answer.status not in MOVED or not moved_to:
            return answer
        url = urljoin(url, moved_to)
    raise OutgoingError(_("That address leads on to others too often."))


@dataclass(frozen=True)
class _Target:
    url: str
    is_secure: bool
    host: str
    port: int
    path: str
    # Named in OUTGOING_HOSTS: may lie in the own network, on any port.
    is_trusted: bool


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise OutgoingRefused(_("That is no address of a page.")) from error
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise OutgoingRefused(_("Only addresses that begin with http:// or https:// are asked."))
    is_trusted = {host, f"{host}:{port}"} & set(settings.OUTGOING_HOSTS) != set()
    if port not in PORTS.values() and not is_trusted:
        raise OutgoingRefused(_("Only the usual ports of web sites are asked."))
    return _Target(url, parts.scheme == "https", host, port, _path(parts), is_trusted)


def _path(parts: SplitResult) -> str:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.startswith("/") or any(letter <= " " or letter == "\x7f" for letter in path):
        raise OutgoingRefused(_("That is no address of a page."))
    return "".join(letter if letter.isascii() else _quoted(letter) for letter in path)


def _quoted(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode(errors="replace"))


def _ask(target: _Target, accept: str, whole: bool, deadline: float) -> Answer:
    address = _resolve(target, deadline)
    connection = _Connection(target, address, _left(deadline))
    # A timeout of the socket counts from byte to byte: this one counts from the beginning.
    timer = threading.Timer(_left(deadline), connection.break_off)
    timer.start()
    try:
        connection.request("GET", target.path, headers=_headers(accept))
        with connection.getresponse() as response:
            headers = {name.lower(): value for name, value in response.getheaders()}
            body = b"" if response.status in MOVED else _read(response, whole, deadline)
            return Answer(target.url, response.status, headers, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutgoingError(_("That site did not answer.")) from error
    finally:
        timer.cancel()
        connection.close()


def _headers(accept: str) -> dict[str, str]:
    return {
        "User-Agent": f"Guildhall ({settings.SITE_URL})",
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutgoingError(_("That site took too long to answer."))
    return left


def _resolve(target: _Target, deadline: float) -> str:
    """Return the first address of the host. One that is not public refuses them all."""
    looking = ThreadPoolExecutor(max_workers=1)
    try:
        asked = looking.submit(
            socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM
        )
        found = [str(row[4][0]) for row in asked.result(timeout=_left(deadline))]
    except (OSError, UnicodeError, TimeoutError) as error:
        raise OutgoingError(_("There is no site of that name.")) from error
    finally:
        looking.shutdown(wait=False)
    if not target.is_trusted and not all(is_public(address) for address in found):
        raise OutgoingRefused(_("Only public addresses are asked."))
    return found[0]


class _Connection(http.client.HTTPConnection):
    """To one checked address, whatever its host's name would lead to by now."""

    def __init__(self, target: _Target, address: str, timeout: float) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target, self._address = target, address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self._target.port), self.timeout)
        # Kept before the handshake, which must be broken off, too.
        self.sock = plain
        if self._target.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._target.host)

    def break_off(self) -> None:
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                # Closed in the meantime, which is what is wanted.
                return


def _read(response: http.client.HTTPResponse, whole: bool, deadline: float) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise OutgoingError(_("That site answers in a form that can't be read."))
    read, limit = bytearray(), settings.OUTGOING_BYTES
    while block := response.read1(min(BLOCK, limit + 1 - len(read))):
        read += block
        _left(deadline)
        if len(read) > limit:
            if whole:
                raise OutgoingError(_("What that site answers is too long."))
            return bytes(read[:limit])
    _left(deadline)
    return bytes(read)
