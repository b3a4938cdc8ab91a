"""One's own photo, for programs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.files.models import File
from community.jobs.models import BackgroundJob
from community.photos.tasks import make_photo
from tests.factories.files import picture_bytes
from tests.factories.tokens import Program, make_secret


def send(secret: str, content: bytes | None = None, **fields: str) -> Any:
    photo = SimpleUploadedFile("me.png", picture_bytes(200, 300) if content is None else content)
    return Client(raise_request_exception=False).generic(
        "PUT",
        "/api/v1/me/photo",
        encode_multipart(BOUNDARY, {"photo": photo, **fields}),
        content_type=MULTIPART_CONTENT,
        headers={"Authorization": f"Bearer {secret}"},
    )


def run_job() -> None:
    """What the worker does with the newest upload."""
    make_photo.function(None, *BackgroundJob.objects.latest("pk").args)


@pytest.mark.parametrize(
    ("square", "cut"),
    [
        ({}, [0, 50, 200]),
        ({"left": "10", "top": "20", "side": "100"}, [10, 20, 100]),
        ({"left": "0", "top": "0", "side": "200"}, [0, 0, 200]),
    ],
)
def test_photo_is_cut_shown_to_others_and_removed(
    ada: User, zed: User, square: dict[str, str], cut: list[int]
) -> None:
    program, other = Program(ada), Program(zed)
    assert other.get("/people/ada").json()["photo"] is None

    sent = send(program.secret, None, **square)

    file = File.objects.get()
    assert (sent.status_code, sent.json()["id"]) == (202, file.public_id)
    assert BackgroundJob.objects.get().args == [file.pk, ada.pk, *cut]
    assert program.get("/me").json()["photo"] is None
    assert other.get(f"/files/{file.public_id}").status_code == 404
    run_job()
    assert other.get("/people/ada").json()["photo"] == file.public_id
    assert other.get(f"/files/{file.public_id}/content")["Content-Type"] == "image/webp"

    assert program.ask("DELETE", "/me/photo").status_code == 204
    assert program.ask("DELETE", "/me/photo").status_code == 204
    assert other.get("/people/ada").json()["photo"] is None
    assert other.get(f"/files/{file.public_id}").status_code == 404


def test_newer_photo_takes_the_place_of_the_older(ada: User) -> None:
    program = Program(ada)
    ids = []
    for width in (200, 300):
        ids.append(send(program.secret, picture_bytes(width, width)).json()["id"])
        run_job()
    assert program.get("/me").json()["photo"] == ids[1]


@pytest.mark.parametrize(
    ("content", "fields", "pointers"),
    [
        (b"", {}, ["#/photo"]),
        (b"Words.", {}, ["#/photo"]),
        (picture_bytes(63, 200), {}, ["#/photo"]),
        (None, {"left": "150", "top": "0", "side": "100"}, ["#/photo"]),
        (None, {"left": "-1", "top": "0", "side": "100"}, ["#/photo"]),
        (None, {"left": "0"}, ["#/top", "#/side"]),
        (None, {"left": "x", "top": "0", "side": "100"}, ["#/left"]),
        (None, {"person": "ben"}, ["#/person"]),
    ],
)
def test_what_is_wrong_is_pointed_at(
    ada: User, content: bytes | None, fields: dict[str, str], pointers: list[str]
) -> None:
    refused = send(make_secret(ada), content, **fields)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert not File.objects.exists()


def test_photo_is_a_form_within_limits_from_somebody_known(ada: User, settings: Settings) -> None:
    assert Program(ada).ask("PUT", "/me/photo", {"photo": "x"}).status_code == 415
    assert send(make_secret(ada, "community:read")).status_code == 403
    assert send("made-up").status_code == 401
    assert Client().delete("/api/v1/me/photo").status_code == 401
    settings.MAX_UPLOAD_BYTES = 100
    assert send(make_secret(ada)).status_code == 413
    assert not File.objects.exists()


def test_guest_has_a_photo_that_colleagues_see(ada: User, gil: User) -> None:
    file = send(make_secret(gil)).json()
    run_job()
    assert Program(ada).get("/people/gil").json()["photo"] == file["id"]
