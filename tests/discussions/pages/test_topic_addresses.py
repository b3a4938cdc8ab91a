"""The addresses of a topic and its posts: where they lead, and for whom nowhere."""

import re

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Origin, Topic
from tests.discussions.pages.reading import page, shown
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_topic,
    opening,
)

pytestmark = pytest.mark.slow


def test_short_and_wrong_slugs_lead_to_the_address_and_keep_the_place(
    client: Client, question: Topic, ada: User
) -> None:
    client.force_login(ada)
    for path in (f"/t/{question.public_id}", f"/t/{question.public_id}/wrong"):
        response = client.get(f"{path}?quote=1")
        assert response.headers["Location"] == f"{question.get_absolute_url()}?quote=1"


def test_long_question_has_pages_and_each_post_its_address(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    answers = [make_answer(question, by=ben) for _ in range(45)]
    comment = make_comment(answers[40], by=ada)
    client.force_login(ada)
    first = page(client, question)
    assert shown(first) == [1, *range(2, 22)]
    second = page(client, question, re.findall(r'rel="next" href="([^"]+)"', first)[0])
    assert shown(second) == [1, *range(22, 42)]
    for number, place in ((1, 0), (21, 0), (22, 1), (42, 2), (comment.number, 2)):
        response = client.get(f"/t/{question.public_id}/p/{number}", follow=True)
        html = response.content.decode()
        assert shown(html)[1] == 2 + place * 20
        assert f'id="p{number}"' in html
        assert response.redirect_chain[0][0].endswith(f"#p{number}")


@pytest.mark.parametrize("place", ["closed", "secret"])
def test_stranger_gets_the_same_404_as_for_what_is_missing(
    client: Client, request: pytest.FixtureRequest, place: str, ada: User, ben: User, zed: User
) -> None:
    topic = make_topic(request.getfixturevalue(place), by=ada, title="Canary")
    answer = make_answer(topic, by=ben)
    assert not topic.space.memberships.filter(person=zed).exists()
    paths = [
        topic.get_absolute_url(),
        f"/t/{topic.public_id}",
        f"/t/{topic.public_id}/p/2",
        f"/posts/{answer.public_id}/edit",
        f"/posts/{answer.public_id}/comments",
        f"/posts/{answer.public_id}/revisions",
        f"/posts/{answer.public_id}/revisions/1",
        f"/topics/{topic.public_id}/closure",
    ]
    client.force_login(ada)
    assert {client.get(path).status_code for path in paths} <= {200, 302, 403}
    client.force_login(zed)
    missing = client.get("/t/2222222222").content
    assert "Canary" not in missing.decode()
    for path in paths:
        response = client.get(path)
        assert (path, response.status_code, response.content) == (path, 404, missing)


def test_imported_post_names_its_source(client: Client, question: Topic, ada: User) -> None:
    Origin.objects.create(
        system="travel.example",
        kind="question",
        external_id="7",
        object_id=opening(question).pk,
        url="https://travel.example/q/7",
        author_url="https://travel.example/users/3",
        licence="CC BY-SA 4.0",
    )
    client.force_login(ada)
    html = page(client, question)
    assert 'href="https://travel.example/q/7"' in html
    assert 'href="https://travel.example/users/3"' in html
    assert "CC BY-SA 4.0" in html
    response = client.get("/old/travel.example/question/7")
    assert response.headers["Location"] == f"/t/{question.public_id}/p/1"


def test_old_address_of_a_hidden_topic_is_as_good_as_missing(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    topic = make_topic(secret, by=ada, title="Canary")
    Origin.objects.create(system="x", kind="question", external_id="1", object_id=opening(topic).pk)
    client.force_login(ada)
    assert client.get("/old/x/question/1").status_code == 302
    client.force_login(zed)
    hidden, missing = client.get("/old/x/question/1"), client.get("/old/x/question/2")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_huge_numbers_are_missing_posts(client: Client, question: Topic, ada: User) -> None:
    client.force_login(ada)
    assert client.get(f"/t/{question.public_id}/p/{10**30}").status_code == 404
    post = opening(question).public_id
    assert client.get(f"/posts/{post}/revisions/{10**30}").status_code == 404
