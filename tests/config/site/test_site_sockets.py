from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from config.site.sockets import read_origin

pytestmark = pytest.mark.slow

ORIGIN = "https://guildhall.example"


def open_socket(site: Any, origin: str | None = ORIGIN, path: str = "/ws/") -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{site.port}{path}", origin=Origin(origin) if origin is not None else None
    )


def test_socket_of_our_own_origin_opens(site: Any) -> None:
    with open_socket(site) as socket:
        socket.send("hello")
        assert socket.recv(timeout=5) == "hello"


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://guildhall.example",
        "https://guildhall.example:8443",
        "https://a.guildhall.example",
        "https://guildhall.example.evil",
        "https://evil@guildhall.example",
        "https://guildhall.example/path",
    ],
)
def test_socket_of_another_origin_is_refused(site: Any, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        open_socket(site, origin)
    assert refused.value.response.status_code == 403


def test_handshake_with_a_broken_origin_is_refused(site: Any) -> None:
    with pytest.raises(InvalidStatus) as refused:
        open_socket(site, "https://guildhall.example:port")
    assert refused.value.response.status_code == 400


def test_default_port_is_the_same_origin() -> None:
    assert read_origin("https://guildhall.example:443") == read_origin(ORIGIN)


def test_unknown_path_is_closed_with_4404(site: Any) -> None:
    with open_socket(site, path="/other/") as socket, pytest.raises(ConnectionClosed):
        socket.recv(timeout=5)
    assert socket.close_code == 4404


def test_frame_at_the_limit_passes_and_one_above_closes(serve: Any) -> None:
    site = serve(max_frame_bytes=1000)
    with open_socket(site) as socket:
        socket.send("x" * 1000)
        assert socket.recv(timeout=5) == "x" * 1000
        socket.send("x" * 1001)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)
    assert socket.close_code == 1009
