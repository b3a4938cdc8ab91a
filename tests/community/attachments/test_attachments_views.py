from urllib.parse import unquote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.accounts.models import User
from community.files.models import File
from community.spaces.models import Space
from tests.factories.discussions import make_topic
from tests.factories.files import make_file, make_picture, picture_bytes, run_make_sizes

pytestmark = pytest.mark.slow


@pytest.fixture
def reader(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def path_of(header: str) -> str:
    return unquote(header).removeprefix(f"{settings.MEDIA_ROOT}/")


def test_file_is_sent_by_its_path_with_what_protects_the_reader(reader: Client, ada: User) -> None:
    file = make_file(ada, b"Words\n", "notes.txt")
    answer = reader.get(file.get_absolute_url())

    wanted = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": 'inline; filename="notes.txt"',
        "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self';"
        " style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256[:32]}-0"',
    }
    assert (answer.status_code, answer.content) == (200, b"")
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert path_of(answer.headers["X-Guildhall-File"]) == file.stored_as


@pytest.mark.parametrize(
    ("content", "name", "kind", "disposition"),
    [
        (b"<svg onload='alert(1)'/>", "a.svg", "application/octet-stream", "attachment"),
        (b"<!doctype html>", "a.html", "application/octet-stream", "attachment"),
        (b"%PDF-1.7 PK\x05\x06", "a.pdf", "application/pdf", "attachment"),
        (b"PK\x03\x04", "a.docx", "application/zip", "attachment"),
        (b"\0\0\0\x18ftypisom", "a.mp4", "video/mp4", "inline"),
    ],
)
def test_only_listed_types_are_shown(
    reader: Client, ada: User, content: bytes, name: str, kind: str, disposition: str
) -> None:
    answer = reader.get(make_file(ada, content, name).get_absolute_url())
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f'{disposition}; filename="{name}"'


@pytest.mark.parametrize(
    ("query", "width"),
    [
        ("", 960),
        ("?w=480", 480),
        ("?w=1", 480),
        ("?w=481", 960),
        ("?w=99999", 960),
        ("?w=x", 960),
        ("?w=%D9%A3", 960),
    ],
)
def test_picture_is_sent_in_the_size_that_fits(
    reader: Client, ada: User, query: str, width: int
) -> None:
    file = make_picture(ada, width=960, height=10, name="plan.png")
    answer = reader.get(file.get_absolute_url() + query)
    assert path_of(answer.headers["X-Guildhall-File"]) == file.stored_size(width)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Disposition"] == 'inline; filename="plan.webp"'


def test_picture_that_is_not_made_yet_keeps_its_place(reader: Client, ada: User) -> None:
    file = make_picture(ada, made=False, width=1000, height=500)
    answer = reader.get(f"{file.get_absolute_url()}?w=480")

    assert (answer.status_code, answer.headers["Retry-After"]) == (202, "2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == (
        480,
        240,
    )


def test_known_version_is_not_sent_again(reader: Client, ada: User) -> None:
    file = make_file(ada)
    etag = reader.get(file.get_absolute_url()).headers["ETag"]
    answer = reader.get(file.get_absolute_url(), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.headers["ETag"]) == (304, etag)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "X-Guildhall-File" not in answer.headers


def test_known_version_is_not_confirmed_to_a_stranger(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    file = make_file(ada)
    make_topic(secret, by=ada, source=f"[it]({file.get_absolute_url()})")
    client.force_login(zed)
    etag = f'"{file.sha256[:32]}-0"'
    hidden = client.get(file.get_absolute_url(), headers={"If-None-Match": etag})
    missing = client.get("/f/zzzzzzzzzz/notes.txt", headers={"If-None-Match": etag})
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_file_and_its_permission_are_one_query(reader: Client, ada: User) -> None:
    """Beside the session, the person, and where the live updates stand."""
    file = make_file(ada)
    with CaptureQueriesContext(connection) as asked:
        reader.get(file.get_absolute_url())
    assert len(asked) == 4


def test_truncated_picture_is_offered_to_save(reader: Client, ada: User) -> None:
    file = make_file(ada, picture_bytes(400, 400, "JPEG", quality=95)[:700], "photo.jpg")
    run_make_sizes(file)
    answer = reader.get(file.get_absolute_url())
    assert answer.headers["Content-Disposition"] == 'attachment; filename="photo.jpg"'
    assert File.objects.get().media_type == "application/octet-stream"
