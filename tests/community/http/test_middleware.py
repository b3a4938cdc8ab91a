import pytest
from django.test import Client

from community.accounts.models import User


@pytest.mark.parametrize("path", ["/people?q=a%00b", "/p/a%00b", "/s/a%00b/about"])
def test_nul_byte_in_an_address_is_refused(client: Client, ada: User, path: str) -> None:
    client.force_login(ada)

    answer = client.get(path)

    assert (answer.status_code, "can't be read" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("fields", [{"message": "a\0b"}, {"a\0b": "message"}])
def test_nul_byte_in_a_form_is_refused(client: Client, ada: User, fields: dict[str, str]) -> None:
    client.force_login(ada)

    answer = client.post("/me/handle", fields)

    assert answer.status_code == 400


def test_nul_byte_in_a_short_form_is_refused(client: Client, ada: User) -> None:
    client.force_login(ada)
    body = "handle=a%00b"

    answer = client.post("/me/handle", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


@pytest.mark.parametrize("cookie", ['session="a\\000b"', 'other="a\\000b"', "session=a\0b"])
def test_nul_byte_in_a_cookie_is_refused(client: Client, db: None, cookie: str) -> None:
    answer = client.get("/people", headers={"cookie": cookie})

    assert (answer.status_code, "can't be read" in answer.content.decode()) == (400, True)


def test_pages_stay_out_of_caches(client: Client, ada: User) -> None:
    client.force_login(ada)

    assert client.get("/people")["Cache-Control"] == "no-store"
