import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def environ_of(answer: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(answer.body)
    return found


def test_environ_keeps_bytes_of_path_and_query(site: Any) -> None:
    environ = environ_of(site.ask("/caf%C3%A9/a%2Fb?q=%C3%BC&q=2"))

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/café/a/b"
    assert environ["QUERY_STRING"] == "q=%C3%BC&q=2"
    assert environ["SCRIPT_NAME"] == ""
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    assert environ["wsgi.url_scheme"] == "http"
    assert "HTTPS" not in environ


def test_environ_joins_repeated_headers(site: Any) -> None:
    with site.connect() as connection:
        connection.sendall(
            b"GET / HTTP/1.1\r\nHost: site\r\nConnection: close\r\nCookie: a=1\r\nCookie: b=2\r\n"
            b"Accept: text/html\r\nAccept: text/plain\r\nContent-Type: x/y\r\n"
            b"Under_Score: spoofed\r\nDaphne-Root-Path: //evil\r\n\r\n"
        )
        environ = json.loads(connection.makefile("rb").read().partition(b"\r\n\r\n")[2])

    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_ACCEPT"] == "text/html,text/plain"
    assert environ["CONTENT_TYPE"] == "x/y"
    assert environ["SCRIPT_NAME"] == ""
    assert "HTTP_UNDER_SCORE" not in environ
    assert "HTTP_DAPHNE_ROOT_PATH" not in environ


def test_answer_keeps_repeated_headers(site: Any) -> None:
    assert site.ask("/").headers.get_all("X-Twice") == ["one", "two"]


def test_head_has_headers_of_get_and_no_body(site: Any) -> None:
    with site.connect() as connection:
        connection.sendall(
            b"HEAD /stream?mebibytes=1 HTTP/1.1\r\nHost: site\r\n\r\n"
            b"HEAD /closed-streams HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n"
        )
        streamed, whole, body = connection.makefile("rb").read().split(b"\r\n\r\n")

    assert streamed.startswith(b"HTTP/1.1 200 OK")
    assert whole.startswith(b"HTTP/1.1 200 OK")
    assert b"Content-Length: 1" in whole
    assert body == b""


def test_empty_answer_has_neither_body_nor_length(site: Any) -> None:
    answer = site.ask("/empty")

    assert (answer.status, answer.body) == (204, b"")
    assert "Content-Length" not in answer.headers


def test_error_before_the_answer_gives_500(site: Any) -> None:
    answer = site.ask("/fail")

    assert (answer.status, answer.body) == (500, b"Something went wrong.\n")
    assert site.ask("/").status == 200


def test_error_in_the_middle_does_not_pass_for_a_whole_answer(site: Any) -> None:
    with site.open_request("/fail-midway") as connection:
        try:
            received = connection.makefile("rb").read()
        except ConnectionResetError:
            received = b""

    assert not received.endswith(b"0\r\n\r\n")
    assert site.ask("/").status == 200


def test_twenty_broken_off_answers_leave_the_threads_free(
    site: Any, eventually: Callable[..., Any]
) -> None:
    before = int(site.ask("/closed-streams").body)
    started_at = time.monotonic()
    for _ in range(20):
        with site.open_request("/stream?mebibytes=10000000") as connection:
            connection.recv(1024)

    assert site.ask("/").status == 200
    eventually(lambda: int(site.ask("/closed-streams").body) == before + 20)
    # Daphne itself would free them after ten seconds.
    assert time.monotonic() - started_at < 8


def test_readers_that_stop_are_cut_off(
    serve: Callable[..., Any], eventually: Callable[..., Any]
) -> None:
    site = serve(threads=2, stall_seconds=1)
    connections = [site.open_request("/stream?mebibytes=60") for _ in range(2)]

    eventually(lambda: site.ask("/closed-streams").body == b"2")
    for connection in connections:
        connection.close()


def test_overload_is_told_to_come_back_and_passes(serve: Callable[..., Any]) -> None:
    site = serve(threads=2, queue=2)
    with ThreadPoolExecutor(12) as people:
        answers = list(people.map(lambda _: site.ask("/slow?seconds=0.5"), range(12)))

    by_status = sorted(answer.status for answer in answers)
    assert by_status == [200] * 4 + [503] * 8
    refused = next(answer for answer in answers if answer.status == 503)
    assert refused.headers["Retry-After"] == "1"
    assert b"Please try again" in refused.body
    assert site.ask("/").status == 200


def test_overload_is_told_to_programs_with_a_problem(serve: Callable[..., Any]) -> None:
    site = serve(threads=1, queue=1)
    with ThreadPoolExecutor(6) as programs:
        answers = list(programs.map(lambda _: site.ask("/api/slow?seconds=0.5"), range(6)))

    refused = next(answer for answer in answers if answer.status == 503)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.body)["status"] == 503


def test_requests_of_people_who_left_the_queue_are_skipped(serve: Callable[..., Any]) -> None:
    site = serve(threads=1, queue=20)
    running = threading.Thread(target=site.ask, args=["/slow?seconds=1"])
    running.start()
    time.sleep(0.2)
    for _ in range(10):
        site.open_request("/slow?seconds=1").close()
    started_at = time.monotonic()

    assert site.ask("/").status == 200
    assert time.monotonic() - started_at < 5
    running.join()


def test_slow_client_leaves_memory_flat(site: Any) -> None:
    before = site.memory_bytes()
    with site.open_request("/stream?mebibytes=60"):
        time.sleep(1.5)
        assert site.memory_bytes() - before < 5 * 1024 * 1024
    assert site.ask("/").status == 200


@pytest.mark.proof
def test_many_slow_clients_leave_memory_flat_for_long(serve: Callable[..., Any]) -> None:
    site = serve(threads=4, stall_seconds=120)
    before = site.memory_bytes()
    connections = [site.open_request("/stream?mebibytes=300") for _ in range(4)]
    for _ in range(60):
        time.sleep(1)
        for connection in connections:
            connection.recv(1024)
    assert site.memory_bytes() - before < 20 * 1024 * 1024
    for connection in connections:
        connection.close()
