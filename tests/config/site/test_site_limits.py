import contextlib
import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.slow

LIMIT = 200_000
UPLOAD_LIMIT = 700_000
UPLOAD = "Multipart/Form-Data; boundary=x"
SIGNED_IN = "theme=dark; sessionid=x"


@pytest.fixture(scope="module")
def limited(serve: Callable[..., Any]) -> Any:
    return serve(max_body_bytes=LIMIT, max_upload_bytes=UPLOAD_LIMIT)


def chunks(length: int) -> Iterator[bytes]:
    whole, rest = divmod(length, 50_000)
    yield from [bytes(50_000)] * whole
    if rest:
        yield bytes(rest)


def test_body_at_the_limit_arrives(limited: Any) -> None:
    assert limited.ask("/body", "POST", body=bytes(LIMIT)).body == b"200000"


def test_chunked_body_at_the_limit_arrives_with_its_length(limited: Any) -> None:
    answer = limited.ask("/body", "POST", body=chunks(LIMIT), encode_chunked=True)
    assert answer.body == b"200000"


def test_body_over_the_limit_is_refused_with_a_sentence(limited: Any) -> None:
    answer = limited.ask("/body", "POST", body=bytes(LIMIT + 1))

    assert (answer.status, answer.headers["Connection"]) == (413, "close")
    assert answer.body == b"What you sent is too large: at most 200,000 bytes are taken.\n"
    assert limited.ask("/").status == 200


def test_body_over_the_limit_is_refused_to_programs_with_a_problem(limited: Any) -> None:
    for body, chunked in ((bytes(LIMIT + 1), False), (chunks(LIMIT + 1), True)):
        answer = limited.ask("/api/v1/topics", "POST", body=body, encode_chunked=chunked)

        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.body)["status"] == answer.status == 413


def test_upload_has_a_limit_of_its_own(limited: Any) -> None:
    at = limited.ask(
        "/body", "POST", body=bytes(UPLOAD_LIMIT), Content_Type=UPLOAD, Cookie=SIGNED_IN
    )
    over = limited.ask(
        "/body", "POST", body=bytes(UPLOAD_LIMIT + 1), Content_Type=UPLOAD, Cookie=SIGNED_IN
    )
    assert at.body == b"700000"
    assert over.status == 413
    assert over.body == b"What you sent is too large: at most 700,000 bytes are taken.\n"


@pytest.mark.parametrize("cookies", [{}, {"Cookie": "theme=dark"}])
def test_files_of_people_who_are_not_signed_in_are_refused(
    limited: Any, cookies: dict[str, str]
) -> None:
    at, over = (
        limited.ask("/body", "POST", body=bytes(length), Content_Type=UPLOAD, **cookies)
        for length in (LIMIT, LIMIT + 1)
    )
    assert (at.body, over.status) == (b"200000", 413)


def test_upload_of_a_program_has_the_same_limit(limited: Any) -> None:
    at, over = (
        limited.ask(
            "/body",
            "POST",
            body=bytes(length),
            Content_Type=UPLOAD,
            Authorization="Bearer guildhall_x",
        )
        for length in (UPLOAD_LIMIT, UPLOAD_LIMIT + 1)
    )
    assert (at.body, over.status) == (b"700000", 413)


def test_chunked_upload_has_a_limit_of_its_own(limited: Any) -> None:
    at, over = (
        limited.ask(
            "/body",
            "POST",
            body=chunks(length),
            encode_chunked=True,
            Content_Type=UPLOAD,
            Cookie=SIGNED_IN,
        )
        for length in (UPLOAD_LIMIT, UPLOAD_LIMIT + 1)
    )
    assert (at.body, over.status) == (b"700000", 413)


def test_body_over_the_limit_is_refused_before_it_is_sent(limited: Any) -> None:
    with limited.connect() as connection:
        connection.sendall(
            b"POST /body HTTP/1.1\r\nHost: site\r\nContent-Length: 200001\r\n"
            b"Expect: 100-continue\r\n\r\n"
        )
        received = connection.recv(1000)
        connection.settimeout(0.5)
        with contextlib.suppress(TimeoutError):
            received += connection.recv(1000)

    assert received.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in received


def test_chunked_body_over_the_limit_is_refused(limited: Any) -> None:
    answer = limited.ask("/body", "POST", body=chunks(LIMIT + 1), encode_chunked=True)
    assert answer.status == 413


def test_large_refused_body_takes_no_memory(limited: Any) -> None:
    before = limited.memory_bytes()
    answer = limited.ask("/body", "POST", body=bytes(60 * 1024 * 1024))

    assert answer.status == 413
    assert limited.memory_bytes() - before < 5 * 1024 * 1024


def test_refused_client_that_sends_on_is_cut_off(limited: Any, eventually: Any) -> None:
    with limited.connect() as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 99999999\r\n\r\n")
        eventually(lambda: not takes(connection))


def takes(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"x")
    except ConnectionError:
        return False
    return True


def test_large_upload_leaves_memory_flat(serve: Callable[..., Any]) -> None:
    """It lies on disk until the application asks for it."""
    site = serve(max_upload_bytes=50 * 1024 * 1024)
    before = site.memory_bytes()
    answer = site.ask(
        "/empty", "POST", body=bytes(40 * 1024 * 1024), Content_Type=UPLOAD, Cookie=SIGNED_IN
    )
    assert answer.status == 204
    assert site.memory_bytes() - before < 10 * 1024 * 1024
