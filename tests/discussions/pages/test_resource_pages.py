"""The pages of sharing: the form, the topic page of a resource, its verbs."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.resources.actions import rate_resource
from discussions.resources.models import Link, Rating, Resource
from discussions.topics.models import Topic
from tests.factories.discussions import make_link

pytestmark = pytest.mark.slow

URL = "https://example.org/tunnels"
TYPED = {
    "url": URL,
    "title": "All about tunnels",
    "source": "Read part two.",
    "space": "workshop",
    "tags": "vpn",
    "minutes": "12",
    "level": "expert",
    "language": "de",
}


@pytest.fixture
def link(space: Space, ada: User) -> Topic:
    return make_link(space, by=ada, url=URL, title="All about tunnels")


def page(client: Client, path: str, by: User) -> str:
    client.force_login(by)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_link_is_shared_from_its_form(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    answer = client.post("/share", TYPED)
    topic = Topic.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, topic.get_absolute_url())
    shown = page(client, topic.get_absolute_url(), ada)
    assert f'href="{URL}" rel="noopener noreferrer nofollow ugc" target="_blank"' in shown
    assert "12 minutes" in shown
    assert "For experts" in shown
    assert "Deutsch" in shown


def test_refused_form_keeps_what_was_typed(client: Client, space: Space, ada: User) -> None:
    client.force_login(ada)
    answer = client.post("/share", TYPED | {"url": "nonsense", "minutes": "ten"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "This is no address of a page" in shown or "whole number" in shown
    assert "Read part two." in shown
    assert "All about tunnels" in shown
    assert not Topic.objects.exists()


def test_page_that_is_shared_already_is_named_first(client: Client, link: Topic, ben: User) -> None:
    client.force_login(ben)
    answer = client.post("/share", TYPED | {"url": f"{URL}?utm_source=mail#part"})
    assert answer.status_code == 422
    assert link.get_absolute_url() in answer.content.decode()
    assert client.post("/share", TYPED | {"again": "on"}).status_code == 303
    assert Topic.objects.count() == 2


def test_form_that_is_sent_twice_leads_to_what_was_shared(
    client: Client, space: Space, ben: User
) -> None:
    client.force_login(ben)
    first, again = (client.post("/share", TYPED | {"key": "k"}) for _try in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]
    assert Topic.objects.count() == 1


def test_known_addresses_are_told_while_typing(
    client: Client, closed: Space, ada: User, zed: User
) -> None:
    hidden = make_link(closed, by=ada, url=URL)
    path = f"/share/known?url={URL}"
    assert hidden.get_absolute_url() in page(client, path, ada)
    assert page(client, path, zed) == page(client, "/share/known?url=https://other.example", zed)
    assert page(client, "/share/known", zed).strip() == ""


def test_page_names_where_else_its_address_is_shared(
    client: Client, link: Topic, secret: Space, ada: User, ben: User, zed: User
) -> None:
    make_link(secret, by=ben, url=URL, title="Among ourselves")
    assert "The same page is shared in:" in page(client, link.get_absolute_url(), ada)
    shown = page(client, link.get_absolute_url(), zed)
    assert "The same page" not in shown
    assert "Among ourselves" not in shown


def test_page_of_a_broken_link_says_so(client: Client, link: Topic, ada: User, ben: User) -> None:
    Link.objects.update(broken_since=link.created_at, checked_at=link.created_at)
    assert "Give it another address" in page(client, link.get_absolute_url(), ada)
    shown = page(client, link.get_absolute_url(), ben)
    assert "Does not answer" in shown
    assert "Give it another address" not in shown


def test_use_is_said_and_taken_back(client: Client, link: Topic, ben: User) -> None:
    client.force_login(ben)
    assert client.post(f"/resources/{link.public_id}/use").status_code == 303
    assert "<b>1 person</b> used it." in page(client, link.get_absolute_url(), ben)
    client.post(f"/resources/{link.public_id}/use/removal")
    assert Resource.objects.get().used_count == 0


def test_rating_is_given_shown_and_taken_back(
    client: Client, link: Topic, ada: User, ben: User
) -> None:
    client.force_login(ben)
    rating = f"/resources/{link.public_id}/rating"
    assert client.post(rating, {"stars": "4", "sentence": "Short."}).status_code == 303
    assert "You gave 4 of 5." in page(client, link.get_absolute_url(), ben)
    assert "4 of 5, Ben" in page(client, link.get_absolute_url(), ada)
    client.force_login(ben)
    client.post(f"{rating}/removal")
    assert not Rating.objects.exists()


def test_rating_without_stars_keeps_the_sentence(client: Client, link: Topic, ben: User) -> None:
    client.force_login(ben)
    answer = client.post(f"/resources/{link.public_id}/rating", {"sentence": "Short."})
    assert answer.status_code == 422
    assert "Give it 1 to 5 stars." in answer.content.decode()
    assert "Short." in answer.content.decode()


def test_own_rating_is_refused(client: Client, link: Topic, ada: User) -> None:
    client.force_login(ada)
    assert client.get(f"/resources/{link.public_id}/rating").status_code == 403


def test_details_that_were_saved_in_between_are_shown(
    client: Client, link: Topic, ada: User
) -> None:
    client.force_login(ada)
    path, typed = f"/resources/{link.public_id}/details", {"url": URL, "minutes": "5"}
    assert client.post(path, typed | {"version": "1"}).status_code == 303
    answer = client.post(path, typed | {"version": "1", "minutes": "9"})
    assert answer.status_code == 409
    assert 'value="9"' in answer.content.decode()
    assert 'value="2"' in answer.content.decode()


@pytest.mark.parametrize("verb", ["details", "rating", "use", "use/removal", "rating/removal"])
def test_hidden_resource_is_a_missing_one(
    client: Client, closed: Space, ada: User, zed: User, question: Topic, verb: str
) -> None:
    hidden = make_link(closed, by=ada)
    client.force_login(zed)
    answers = [
        client.post(f"/resources/{one}/{verb}")
        for one in (hidden.public_id, "2222222222", question.public_id)
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content for answer in answers}) == 1


def test_owner_who_left_leaves_it_to_the_space(client: Client, link: Topic, ben: User) -> None:
    User.objects.filter(pk=link.author_id).update(is_active=False)
    shown = page(client, link.get_absolute_url(), ben)
    assert "the moderators of Workshop" in shown
    assert "Ada" in shown


@pytest.mark.parametrize("ratings", [1, 3])
def test_page_of_a_resource_has_a_constant_number_of_queries(
    client: Client,
    link: Topic,
    ada: User,
    mia: User,
    ben: User,
    zed: User,
    ratings: int,
    django_assert_num_queries: Any,
) -> None:
    for person in (mia, ben, zed)[:ratings]:
        rate_resource(link, by=person, stars=4, sentence="Good.")
    client.force_login(ada)
    client.get(link.get_absolute_url())
    with django_assert_num_queries(13):
        client.get(link.get_absolute_url())
