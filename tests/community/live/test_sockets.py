"""Sockets of a real web process, as programs meet them."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from community.accounts.models import User
from community.spaces.models import Space
from community.tokens.models import ApiToken
from discussions.topics.models import Topic
from tests.browser.serving import served
from tests.factories.discussions import make_answer, make_topic
from tests.factories.tokens import make_secret

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(transactional_db: None) -> Iterator[str]:
    with served(
        LIVE_SOCKETS_PER_PERSON="2", LIVE_STREAMS_PER_SOCKET="1", LIVE_FRAMES_PER_10_SECONDS="8"
    ) as address:
        yield address


def program(address: str, secret: str, origin: str | None = None) -> ClientConnection:
    return connect(
        address.replace("http", "ws") + "/ws/",
        additional_headers={"Authorization": f"Bearer {secret}"},
        origin=Origin(origin) if origin else None,
    )


def told(socket: ClientConnection) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if frame["type"] != "beat":
            return frame


def say(socket: ClientConnection, **frame: Any) -> dict[str, Any]:
    socket.send(json.dumps(frame))
    return told(socket)


def end_of(socket: ClientConnection) -> tuple[int | None, str]:
    with suppress(ConnectionClosed):
        for _frame in socket:
            pass
    return socket.close_code, socket.close_reason or ""


def test_program_hears_what_happens_and_is_answered_where_it_errs(
    address: str, question: Topic, ada: User, mia: User
) -> None:
    stream = f"topic:{question.public_id}"
    with program(address, make_secret(ada, "discussions:read")) as socket:
        socket.send(b"bytes")
        assert told(socket)["code"] == "not_json"
        assert say(socket, type="dance")["code"] == "unknown_type"
        assert say(socket, type="subscribe", stream="topic:none")["code"] == "not_found"
        assert say(socket, type="subscribe", stream="weather:Graz")["code"] == "not_found"
        assert say(socket, type="subscribe", stream=stream)["type"] == "subscribed"
        assert say(socket, type="subscribe", stream=stream)["code"] == "too_many"
        make_answer(question, by=mia, source="Here it is.")
        frames = [told(socket) for _ in range(4)]
        assert "Here it is." in frames[-1]["html"]
        assert frames[-1]["number"] == frames[0]["number"]


def test_secret_and_missing_topics_are_answered_alike(
    address: str, closed: Space, mia: User, zed: User
) -> None:
    topic = make_topic(closed, by=mia)
    with program(address, make_secret(zed)) as socket:
        hidden = say(socket, type="subscribe", stream=f"topic:{topic.public_id}")
        missing = say(socket, type="subscribe", stream="topic:AAAAAAAAAA")
    assert hidden | {"stream": ""} == missing | {"stream": ""}


def test_who_has_no_right_to_a_socket_is_told_by_a_code(address: str, ada: User) -> None:
    with connect(address.replace("http", "ws") + "/ws/", origin=Origin(address)) as socket:
        assert end_of(socket) == (4401, "retry=never")
    with program(address, "guildhall_none") as socket:
        assert end_of(socket) == (4401, "retry=never")
    with pytest.raises(InvalidStatus):
        program(address, make_secret(ada), origin="https://evil.example")


def test_sockets_and_frames_have_limits(address: str, ada: User) -> None:
    secret = make_secret(ada)
    with program(address, secret) as first, program(address, secret) as second:
        # Each has been taken in once it is answered.
        assert say(first, type="x")["code"] == say(second, type="x")["code"] == "unknown_type"
        with program(address, secret) as third:
            assert end_of(third) == (4429, "retry=30")
        for _ in range(7):
            assert say(first, type="x")["code"] == "unknown_type"
        first.send("{}")
        assert end_of(first) == (4429, "retry=30")
        second.send("x" * (settings.MAX_FRAME_BYTES + 1))
        assert end_of(second)[0] == 1009


def test_socket_of_a_revoked_token_ends_within_a_second(address: str, ada: User) -> None:
    with program(address, make_secret(ada)) as socket:
        assert say(socket, type="x")["code"] == "unknown_type"
        ApiToken.objects.filter(person=ada).delete()
        began = time.monotonic()
        assert end_of(socket) == (4001, "retry=0")
        assert time.monotonic() - began < 2
