"""The page of all ratings of a resource."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.pages.ratings import PAGE_ROWS
from discussions.resources.actions import rate_resource
from discussions.resources.models import Rating
from discussions.topics.models import Topic
from tests.factories.community import make_person
from tests.factories.discussions import make_link

pytestmark = pytest.mark.slow


@pytest.fixture
def link(space: Space, ada: User) -> Topic:
    return make_link(space, by=ada)


def rate(link: Topic, count: int) -> None:
    for number in range(count):
        rate_resource(link, by=make_person(), stars=4, sentence=f"Said {number}.")


def test_every_rating_can_be_read_page_by_page(client: Client, link: Topic, ada: User) -> None:
    rate(link, PAGE_ROWS + 1)
    client.force_login(ada)
    path = f"/resources/{link.public_id}/ratings"
    assert f'href="{path}"' in client.get(link.get_absolute_url()).content.decode()

    first = client.get(path)
    rest = client.get(path, {"after": first.context["page"].older})

    said = [[row.sentence for row in page.context["page"].rows] for page in (first, rest)]
    assert said == [[f"Said {number}." for number in range(PAGE_ROWS, 0, -1)], ["Said 0."]]
    assert b'rel="next"' in first.content
    assert b'rel="prev"' in rest.content


def test_list_without_ratings_says_so(client: Client, link: Topic, ada: User) -> None:
    client.force_login(ada)
    assert (
        f"/resources/{link.public_id}/ratings"
        not in client.get(link.get_absolute_url()).content.decode()
    )
    page = client.get(f"/resources/{link.public_id}/ratings").content.decode()
    assert "Nobody has rated it yet" in page


def test_ratings_of_a_hidden_resource_are_missing(
    client: Client, closed: Space, question: Topic, ada: User, ben: User, zed: User
) -> None:
    hidden = make_link(closed, by=ada)
    rate_resource(hidden, by=ben, stars=4, sentence="Said inside.")
    client.force_login(ben)
    assert b"Said inside." in client.get(f"/resources/{hidden.public_id}/ratings").content
    client.force_login(zed)
    answers = {
        (answer.status_code, answer.content)
        for one in (hidden.public_id, "2222222222", question.public_id)
        for answer in [client.get(f"/resources/{one}/ratings")]
    }
    assert [status for status, _content in answers] == [404]


@pytest.mark.parametrize("count", [1, 3])
def test_ratings_cost_nine_queries(
    client: Client,
    link: Topic,
    ada: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rate(link, count)
    client.force_login(ada)
    with django_assert_num_queries(9):
        client.get(f"/resources/{link.public_id}/ratings")
    assert Rating.objects.count() == count
