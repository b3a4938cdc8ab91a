"""Sending and reading files, for programs."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from tests.factories.discussions import make_topic
from tests.factories.files import make_file, picture_bytes, run_make_sizes
from tests.factories.tokens import Program, make_secret


def send(person: User, content: bytes, name: str = "plan.png", **headers: str) -> Any:
    """headers are written with underscores."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return Client(raise_request_exception=False).post(
        "/api/v1/files",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Authorization": f"Bearer {make_secret(person)}"} | named,
    )


def test_picture_is_sent_shown_in_a_post_and_read_by_its_readers(
    closed: Space, ada: User, mia: User, zed: User
) -> None:
    sent = send(ada, picture_bytes())
    file = File.objects.get()
    path = f"/files/{file.public_id}"
    assert (sent.status_code, sent["Location"]) == (201, f"/api/v1{path}")
    assert (sent.json()["url"], sent.json()["is_picture"]) == (file.get_absolute_url(), True)
    assert Program(mia).get(path).status_code == 404

    topic = {"space": closed.slug, "kind": "question", "title": "Where is it?", "tags": ["maps"]}
    asked = Program(ada).ask(
        "POST", "/topics", topic | {"source": f"![Plan]({sent.json()['url']})"}
    )
    assert asked.status_code == 201
    assert Program(mia).get(path).json() == sent.json()
    assert Program(mia).get(f"{path}/content").status_code == 202
    run_make_sizes(file)
    shown = Program(mia).get(f"{path}/content")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert Path(unquote(shown["X-Guildhall-File"])).read_bytes()[:4] == b"RIFF"
    hidden, missing = Program(zed).get(f"{path}/content"), Program(zed).get("/files/none/content")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_repeat_with_the_same_key_keeps_one_file(ada: User) -> None:
    first, again = (send(ada, b"Words.\n", "a.txt", idempotency_key="k") for _try in range(2))

    assert first.json() == again.json()
    assert File.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x02\x01\x01" + bytes(100)])
def test_file_that_cannot_be_taken_is_pointed_at(ada: User, content: bytes) -> None:
    refused = send(ada, content, "x.bin")

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["#/file"]
    assert File.objects.count() == 0


def test_file_may_be_larger_than_other_bodies_and_not_larger_than_files(
    ada: User, settings: Settings
) -> None:
    settings.MAX_BODY_BYTES, settings.MAX_UPLOAD_BYTES = 1_000, 5_000

    assert send(ada, b"Word " * 500, "a.txt").status_code == 201
    assert send(ada, b"Word " * 2_000, "a.txt").status_code == 413


def test_files_come_as_forms_and_what_is_missing_is_told(ada: User) -> None:
    program = Program(ada)

    assert program.ask("POST", "/files", {"file": "x"}).status_code == 415
    bare = Client().post("/api/v1/files", {"name": "x"}, headers={"Authorization": "Bearer x"})
    assert bare.status_code == 401
    empty = Client().post(
        "/api/v1/files", {"name": "x"}, headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert (empty.status_code, [one["pointer"] for one in empty.json()["errors"]]) == (
        422,
        ["#/name"],
    )


def test_loose_file_is_its_senders_alone(space: Space, ada: User, ben: User) -> None:
    file = make_file(ada)
    make_topic(space, by=ben, source=f"[notes]({file.get_absolute_url()})")

    assert Program(ada).get(f"/files/{file.public_id}").status_code == 200
    assert Program(ben).get(f"/files/{file.public_id}").status_code == 404
