import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.two_step.access import passkey_id
from tests.factories.two_step import confirm

pytestmark = pytest.mark.slow

BROKEN: list[Any] = [
    "",
    "nonsense",
    "[]",
    "1",
    json.dumps({"id": "x"}),
    json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": []}),
    json.dumps(
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                "authenticatorData": "eA",
                "signature": "eA",
                "userHandle": "enp6enp6enp6enp6enp6enp6",
            },
        }
    ),
]


@pytest.fixture
def key(ida: User) -> Authenticator:
    return Authenticator.objects.create(
        user=ida, type="webauthn", data={"name": "Old laptop", "credential": {}}
    )


@pytest.mark.parametrize("credential", BROKEN)
def test_broken_answer_at_the_door_signs_nobody_in(
    client: Client, ida: User, credential: str
) -> None:
    headers = {"Accept": "application/json"}
    assert client.get("/account/2fa/passkeys/login/", headers=headers).status_code == 200

    answer = client.post("/account/2fa/passkeys/login/", {"credential": credential})

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("credential", BROKEN)
def test_broken_answer_adds_no_passkey(client: Client, ida: User, credential: str) -> None:
    client.force_login(ida)
    confirm(client)
    client.get("/account/2fa/passkeys/add/")

    fields = {"credential": credential, "passwordless": "True", "name": "Typed name"}
    answer = client.post("/account/2fa/passkeys/add/", fields)

    assert answer.context["form"].errors
    assert "Typed name" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_passkey_is_renamed(client: Client, ida: User, key: Authenticator) -> None:
    client.force_login(ida)
    confirm(client)
    url = f"/account/2fa/passkeys/{passkey_id(key)}/"

    refused = client.post(url, {"name": "x" * 61})
    renamed = client.post(url, {"name": "Desk"})

    key.refresh_from_db()
    assert (refused.status_code, renamed.status_code, key.data["name"]) == (422, 303, "Desk")


def test_passkey_of_somebody_else_is_404_like_a_missing_one(
    client: Client, zed: User, key: Authenticator
) -> None:
    client.force_login(zed)
    url = f"/account/2fa/passkeys/{passkey_id(key)}/"

    assert client.get(url).status_code == 404
    assert client.get("/account/2fa/passkeys/0000000000/").status_code == 404
    assert client.post(f"{url}removal/").status_code == 404
    assert Authenticator.objects.exists()


def test_passkey_is_removed(client: Client, ida: User, key: Authenticator) -> None:
    client.force_login(ida)
    confirm(client)

    answer = client.post(f"/account/2fa/passkeys/{passkey_id(key)}/removal/")

    assert (answer.status_code, answer["Location"]) == (303, "/me/account")
    assert not Authenticator.objects.exists()


def test_no_more_than_the_limit(
    client: Client, ida: User, key: Authenticator, settings: Settings
) -> None:
    settings.MAX_PASSKEYS = 1
    client.force_login(ida)
    Authenticator.objects.filter(pk=key.pk).update(user=ida)

    page = client.get("/me/account").content.decode()

    assert ("Old laptop" in page, "/account/2fa/passkeys/add/" in page) == (True, False)
