import re

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from community.accounts.models import User
from community.roles.models import Capability
from community.roles.queries import held_capabilities
from community.roles.setup import is_setup_token, setup_url

FIELDS = {"name": "Ida", "email": "ida@example.com", "password": "a bridge over cold water"}


def address() -> str:
    found = re.search(r"/welcome\?token=\w+\Z", setup_url())
    assert found is not None
    return found.group()


def test_empty_site_leads_from_today_to_its_first_page(client: Client, db: None) -> None:
    answer = client.get("/", follow=True)

    assert answer.request["PATH_INFO"] == "/welcome"
    assert "at the address that it printed" in answer.content.decode()


def test_page_without_a_token_takes_nothing(client: Client, db: None) -> None:
    client.post("/welcome", FIELDS)

    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["x", "ü", "0" * 32])
def test_wrong_token_is_404(client: Client, db: None, token: str) -> None:
    assert client.get("/welcome", {"token": token}).status_code == 404
    assert client.post(f"/welcome?token={token}", FIELDS).status_code == 404
    assert not User.objects.exists()


def test_first_admin_is_made_and_signed_in(client: Client, db: None) -> None:
    assert client.get(address()).status_code == 200

    answer = client.post(address(), FIELDS)

    admin = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert held_capabilities(admin) == set(Capability.values)
    assert get_user(client) == admin


def test_bad_password_is_told_and_the_rest_kept(client: Client, db: None) -> None:
    answer = client.post(address(), FIELDS | {"password": "tiny"})

    page = answer.content.decode()
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["password"])
    assert ('value="Ida"' in page, "tiny" in page) == (True, False)
    assert not User.objects.exists()


def test_address_works_only_until_there_is_an_admin(client: Client, db: None) -> None:
    url = address()
    client.post(url, FIELDS)

    assert (setup_url(), Client().get(url).status_code) == ("", 404)
    assert Client().post(url, FIELDS | {"email": "eve@example.com"}).status_code == 404
    assert Client().get("/welcome").status_code == 404


def test_token_hangs_on_the_secret_key(db: None, settings: Settings) -> None:
    token = address().rpartition("=")[2]
    assert is_setup_token(token)

    settings.SECRET_KEY = "another"
    assert not is_setup_token(token)
