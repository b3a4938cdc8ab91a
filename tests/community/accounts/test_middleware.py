from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from community.accounts.models import User


def next_page(client: Client, referer: str) -> list[str]:
    answer = client.post("/s/workshop/membership", headers={"Referer": referer})
    assert answer.status_code == 302
    place = urlsplit(answer["Location"])
    assert place.path == "/account/login/"
    return parse_qs(place.query)["next"]


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/s/workshop?tab=new#p3", "/s/workshop?tab=new"),
        ("http://testserver", "/"),
        ("", "/"),
        ("https://evil.example/trap", "/"),
        ("http://testserver@evil.example/", "/"),
        ("http://[::1", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver//evil.example/", "/"),
    ],
)
def test_form_without_a_session_leads_back_to_its_page(
    client: Client, db: None, referer: str, page: str
) -> None:
    assert next_page(client, referer) == [page]


def test_page_without_a_session_leads_back_to_itself(client: Client, db: None) -> None:
    answer = client.get("/people?q=ada")

    assert answer["Location"] == "/account/login/?next=/people%3Fq%3Dada"


def test_address_for_forms_explains_itself(client: Client, ada: User) -> None:
    client.force_login(ada)

    answer = client.get("/me/handle")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address is not a page" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
