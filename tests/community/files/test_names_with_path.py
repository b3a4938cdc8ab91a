"""A name that holds a path is refused, where Django would keep its last part without a word."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.files.models import File
from discussions.topics.models import Topic
from tests.factories.tokens import make_secret

BOUNDARY = "a-line-between"
KIND = f"multipart/form-data; boundary={BOUNDARY}"
NAMES = ["../notes.txt", "/etc/notes.txt", "C:\\Users\\Ada\\notes.txt", "a/notes.txt"]


def body(name: str, field: str = "file", **fields: str) -> bytes:
    """As a browser never sends it: test clients cut such names themselves."""
    parts = [f'name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'name="{field}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\nOne')
    lines = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return f"{lines}--{BOUNDARY}--\r\n".encode()


def api(client: Client, person: User, name: str) -> Any:
    headers = {"Authorization": f"Bearer {make_secret(person)}"}
    return client.generic("POST", "/api/v1/files", body(name), KIND, headers=headers)


@pytest.mark.parametrize("name", NAMES)
def test_upload_of_a_name_with_a_path_is_refused(client: Client, ada: User, name: str) -> None:
    client.force_login(ada)
    answer = client.generic("POST", "/files", body(name, key="k"), KIND)
    assert answer.status_code == 422
    assert answer.json() == {"error": f"{name} holds a path. Send the file by its name alone."}
    assert not File.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_program_that_sends_a_path_is_told_the_field(client: Client, ada: User, name: str) -> None:
    answer = api(client, ada, name)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "#/file"
    assert error["detail"] == f"{name} holds a path. Send the file by its name alone."
    assert not File.objects.exists()


def test_form_without_scripts_keeps_its_text(client: Client, question: Topic, ada: User) -> None:
    client.force_login(ada)
    sent = body("../notes.txt", "files", source="See the file.", key="k")
    answer = client.generic("POST", f"/topics/{question.public_id}/answers", sent, KIND)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("../notes.txt holds a path." in page, "See the file." in page) == (True, True)
    assert not File.objects.exists()


def test_plain_names_are_taken(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert client.generic("POST", "/files", body("notes.txt", key="k"), KIND).status_code == 201
    assert api(client, ada, "notes.txt").status_code == 201
    assert {file.name for file in File.objects.all()} == {"notes.txt"}


def test_broken_multipart_is_no_mistake_of_ours(client: Client, ada: User) -> None:
    headers = {"Authorization": f"Bearer {make_secret(ada)}"}
    kind = "multipart/form-data"
    assert client.generic("POST", "/api/v1/files", b"x", kind, headers=headers).status_code == 400
    client.force_login(ada)
    assert client.generic("POST", "/files", b"x", kind).status_code == 400
