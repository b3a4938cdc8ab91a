"""The one way out, against real servers on this machine; names lead where a test says."""

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from community.http.outgoing import OutgoingError, OutgoingRefused, fetch
from community.http.public_addresses import is_public

pytestmark = pytest.mark.slow


class Pages(BaseHTTPRequestHandler):
    """What each path answers; asked holds the Host header and path of each request."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/to?"):
            self._answer(302, b"", Location=self.path[4:])
        elif self.path.startswith("/long?"):
            self._answer(200, b"x" * int(self.path[6:]))
        elif self.path == "/packed":
            self._answer(200, b"zip", **{"Content-Encoding": "gzip"})
        elif self.path == "/drip":
            self._drip()
        else:
            self._answer(404 if self.path == "/gone" else 200, b"Hello")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        """One byte after the other, each in good time."""
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b".")
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def server(settings: Settings) -> Iterator[ThreadingHTTPServer]:
    """A server of this machine that may be asked as localhost."""
    handler = type("Handler", (Pages,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        settings.OUTGOING_HOSTS = [f"localhost:{running.server_port}"]
        yield running
        running.shutdown()


def base(server: ThreadingHTTPServer) -> str:
    return f"http://localhost:{server.server_port}"


def asked(server: ThreadingHTTPServer) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = getattr(server.RequestHandlerClass, "asked")  # noqa: B009 - of the class above
    return found


@pytest.fixture
def lead(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let names lead to these addresses, one list after the other, the last one for ever."""

    def say(*answers: list[str]) -> None:
        left, really = list(answers), socket.getaddrinfo

        def look_up(host: str, port: int, *rest: Any, **named: Any) -> list[Any]:
            if host[0].isdigit():
                return really(host, port, *rest, **named)
            found = left.pop(0) if len(left) > 1 else left[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)

    return say


def test_answer_holds_status_headers_and_body(server: ThreadingHTTPServer) -> None:
    answer = fetch(f"{base(server)}/page?q=ä")
    assert (answer.status, answer.body, answer.url) == (200, b"Hello", f"{base(server)}/page?q=ä")
    assert asked(server) == [(f"localhost:{server.server_port}", "/page?q=%C3%A4")]
    assert fetch(f"{base(server)}/gone").status == 404


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user:word@example.org/",
        "http:///nothing",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://[::1",
        "http://example.org/a b",
        "http://example.org/a\r\nHost: other",
        f"http://{'x' * 64}.example/",
        "gopher://example.org/",
        "",
    ],
)
def test_what_is_no_address_of_a_web_page_is_refused(url: str) -> None:
    with pytest.raises(OutgoingRefused):
        fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255"),
        *("240.0.0.1", "192.88.99.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fe80::1", "fe80::1%1"),
        *("fc00::1", "ff02::1", "2001:db8::1", "nonsense"),
    ],
)
def test_address_that_is_not_public_is_none(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111"])
def test_public_address_is_one(address: str) -> None:
    assert is_public(address)


def test_own_network_is_never_connected_to(server: ThreadingHTTPServer) -> None:
    for host in ("127.0.0.1", "[::1]", "0.0.0.0", "2130706433", "127.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(OutgoingError):
            fetch(f"http://{host}/")
        with pytest.raises(OutgoingRefused):
            fetch(f"http://{host}:{server.server_port}/")
    assert asked(server) == []


def test_one_private_address_among_public_ones_refuses_the_host(
    lead: Callable[..., None],
) -> None:
    lead(["93.184.215.14", "10.0.0.1"])
    with pytest.raises(OutgoingRefused, match="Only public addresses"):
        fetch("http://mixed.example/")


def test_name_is_looked_up_once_and_only_that_address_connected_to(
    lead: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(["93.184.215.14"], ["127.0.0.1"])
    connected: list[object] = []

    def connect(address: object, *_rest: object) -> socket.socket:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(OutgoingError, match="did not answer"):
        fetch("http://rebinding.example/")
    assert connected == [("93.184.215.14", 80)]


def test_three_redirects_are_followed_and_a_fourth_is_not(server: ThreadingHTTPServer) -> None:
    assert fetch(f"{base(server)}/to?/to?/to?/end").url == f"{base(server)}/end"
    with pytest.raises(OutgoingError, match="too often"):
        fetch(f"{base(server)}/to?/to?/to?/to?/end")


@pytest.mark.parametrize("place", ["http://127.0.0.1/", "file:///etc/passwd", "//10.0.0.1/x"])
def test_redirect_is_checked_like_the_first_address(
    server: ThreadingHTTPServer, place: str
) -> None:
    with pytest.raises(OutgoingRefused):
        fetch(f"{base(server)}/to?{place}")


def test_answer_has_the_limit_and_not_a_byte_more(
    server: ThreadingHTTPServer, settings: Settings
) -> None:
    settings.OUTGOING_BYTES = 100_000
    assert len(fetch(f"{base(server)}/long?100000").body) == 100_000
    with pytest.raises(OutgoingError, match="too long"):
        fetch(f"{base(server)}/long?100001")
    assert len(fetch(f"{base(server)}/long?100001", whole=False).body) == 100_000


def test_answer_that_drips_ends_with_the_time(
    server: ThreadingHTTPServer, settings: Settings
) -> None:
    settings.OUTGOING_SECONDS = 1
    begun = time.monotonic()
    with pytest.raises(OutgoingError):
        fetch(f"{base(server)}/drip")
    assert time.monotonic() - begun < 3


def test_packed_answer_is_not_unpacked(server: ThreadingHTTPServer) -> None:
    with pytest.raises(OutgoingError, match="can't be read"):
        fetch(f"{base(server)}/packed")


def test_secure_site_is_asked_by_its_name_and_must_prove_it(
    server: ThreadingHTTPServer,
    settings: Settings,
    lead: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificate = _certificate("wiki.example", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names = [f"{name}.example:{server.server_port}" for name in ("wiki", "other")]
    settings.OUTGOING_HOSTS = names
    lead(["127.0.0.1"])
    assert fetch(f"https://{names[0]}/").body == b"Hello"
    with pytest.raises(OutgoingError, match="did not answer"):
        fetch(f"https://{names[1]}/")


def _certificate(name: str, folder: Path) -> Path:
    """A file with a key and a certificate for name that signs itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{name}.pem"
    path.write_bytes(private + built.public_bytes(pem))
    return path
