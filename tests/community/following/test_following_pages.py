"""The button on profiles, the list, and what the API gives."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.following.actions import follow_person
from community.following.queries import followed_by
from tests.factories.community import make_person

pytestmark = pytest.mark.slow


def body(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_button_follows_and_the_list_shows(client: Client, ada: User, ben: User) -> None:
    client.force_login(ada)
    assert 'formaction="/p/ben/following"' in body(client, "/p/ben")
    assert "You follow nobody yet" in body(client, "/following")
    client.post("/p/ben/following")
    html = body(client, "/p/ben")
    assert ('formaction="/p/ben/following/removal"' in html, "1 follower" in html) == (True, True)
    assert "Ben" in body(client, "/following")
    answer = client.post("/p/ben/following/removal", follow=True)
    assert 'action="/p/ben/following"' in answer.content.decode()
    assert not followed_by(ada)


def test_followed_person_learns_a_number(client: Client, ada: User, ben: User) -> None:
    follow_person(ben, by=ada)
    client.force_login(ben)
    html = body(client, "/p/ben")
    assert ("1 follower" in html, "Ada" in html) == (True, False)
    assert "/p/ben/following" not in html


def test_refusal_is_said(client: Client, ada: User) -> None:
    client.force_login(ada)
    answer = client.post("/p/ada/following", follow=True)
    assert "you know already" in answer.content.decode()


def test_who_left_is_unfollowed_only(client: Client, ada: User, ben: User, zed: User) -> None:
    follow_person(ben, by=ada)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    client.force_login(zed)
    assert "/p/ben/following" not in body(client, "/p/ben")
    client.force_login(ada)
    assert 'formaction="/p/ben/following/removal"' in body(client, "/p/ben")
    assert "No account here any more" in body(client, "/following")


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow_with_people(
    client: Client, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        follow_person(make_person(f"Colleague {number}"), by=ada)
    client.force_login(ada)
    body(client, "/following")
    with django_assert_num_queries(6):
        body(client, "/following")


def test_pages_hold_each_person_once(client: Client, ada: User) -> None:
    for number in range(27):
        follow_person(make_person(f"Colleague {number}"), by=ada)
    client.force_login(ada)
    first = client.get("/following")
    second = client.get(f"/following{first.context['older_url']}")
    seen = [person for answer in (first, second) for person in answer.context["people"]]
    assert seen == list(followed_by(ada).order_by("name", "pk"))


def test_programs_follow_too(client: Client, ada: User, ben: User) -> None:
    client.force_login(ada)
    address = "/api/v1/people/ben/following"
    assert client.get(address).json() == {"followers": 0, "is_followed": False}
    assert client.put(address).status_code == 204
    assert client.get(address).json() == {"followers": 1, "is_followed": True}
    found = client.get("/api/v1/following").json()["results"]
    assert [person["handle"] for person in found] == ["ben"]
    assert client.delete(address).status_code == 204
    assert client.get("/api/v1/following").json()["results"] == []
    assert client.put("/api/v1/people/ada/following").status_code == 422
    assert client.put("/api/v1/people/nobody/following").status_code == 404
