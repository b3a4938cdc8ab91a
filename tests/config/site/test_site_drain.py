import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin

pytestmark = pytest.mark.slow

ORIGIN = Origin("https://guildhall.example")


@pytest.fixture
def site(serve: Callable[..., Any]) -> Any:
    """A server that the test may end."""
    return serve()


def test_sigterm_answers_what_runs_and_exits_cleanly(site: Any) -> None:
    answers = []
    running = threading.Thread(target=lambda: answers.append(site.ask("/slow?seconds=1")))
    running.start()
    time.sleep(0.3)

    site.process.send_signal(signal.SIGTERM)
    running.join()

    assert answers[0].body == b"slow answer"
    assert site.process.wait(timeout=5) == 0


def test_sigterm_waits_for_a_reader_of_a_stream(site: Any) -> None:
    with site.open_request("/stream?mebibytes=5") as connection:
        site.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        connection.settimeout(10)
        received = connection.makefile("rb").read()

    assert len(received) > 5 * 1024 * 1024
    assert received.endswith(b"0\r\n\r\n")
    assert site.process.wait(timeout=5) == 0


def test_drain_ends_in_time_whatever_still_runs(serve: Any) -> None:
    site = serve(drain_seconds=1)
    with site.open_request("/slow?seconds=30"):
        time.sleep(0.3)
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(timeout=5) == 0


def test_request_that_is_on_its_way_is_answered_and_told_to_close(site: Any) -> None:
    with site.connect() as connection:
        connection.sendall(b"GET / HT")
        time.sleep(0.2)
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        connection.sendall(b"TP/1.1\r\nHost: site\r\n\r\n")
        received = connection.makefile("rb").read()

    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"connection: close" in received.lower()
    assert site.process.wait(timeout=5) == 0


def test_sockets_are_closed_with_a_code_and_a_retry_time(site: Any) -> None:
    with connect(f"ws://127.0.0.1:{site.port}/ws/", origin=ORIGIN) as socket:
        site.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=5)

    assert (socket.close_code, socket.close_reason) == (4012, "retry=2")
    assert site.process.wait(timeout=5) == 0


def test_second_ctrl_c_ends_at_once(site: Any) -> None:
    with site.open_request("/slow?seconds=30"):
        time.sleep(0.3)
        site.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert site.process.poll() is None
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(timeout=3) == 0
