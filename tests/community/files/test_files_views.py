import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.accounts.models import User
from community.files.models import File
from tests.factories.files import picture_bytes


def send(client: Client, name: str = "a.txt", content: bytes = b"One\n", **more: str) -> Any:
    return client.post("/files", {"file": SimpleUploadedFile(name, content), **more})


def test_upload_answers_with_its_address(client: Client, ada: User) -> None:
    client.force_login(ada)
    answer = send(client, "über plan.png", picture_bytes())

    file = File.objects.get()
    assert (answer.status_code, file.owner) == (201, ada)
    assert answer.json() == {
        "id": file.public_id,
        "url": f"/f/{file.public_id}/%C3%BCber%20plan.png",
        "name": "über plan.png",
        "picture": True,
    }


def test_upload_again_with_its_key_is_the_same_file(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert send(client, key="k").json() == send(client, key="k").json()


def test_refused_upload_says_why(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert send(client, content=b"MZ\0").status_code == 422
    assert send(client, content=b"").json() == {"error": "This file is empty."}
    assert client.post("/files", {}).json() == {"error": "Choose a file first."}
    assert File.objects.count() == 0


def test_stranger_to_the_site_uploads_nothing(client: Client, db: None) -> None:
    assert send(client).status_code == 302
    assert File.objects.count() == 0


def test_large_upload_is_kept_on_disk(client: Client, ada: User) -> None:
    """Django keeps up to 2.5 MB of a file in memory."""
    client.force_login(ada)
    assert send(client, content=b"a" * 3_000_000).status_code == 201
    assert re.fullmatch(r"[0-9a-f]{64}", File.objects.get().sha256)
