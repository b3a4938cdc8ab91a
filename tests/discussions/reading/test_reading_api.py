"""How far one has read, for programs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.factories.community import add_member, make_space
from tests.factories.discussions import make_reply, make_topic
from tests.factories.tokens import Program


@pytest.fixture
def talk(space: Space, ada: User, mia: User) -> Topic:
    """Three posts of Ada's, in a space of Mia's."""
    topic = make_topic(space, by=ada, kind="discussion")
    for _number in range(2):
        make_reply(topic, by=ada)
    topic.refresh_from_db()
    return topic


def test_topic_is_read_as_far_as_is_told(talk: Topic, mia: User) -> None:
    program, address = Program(mia), f"/topics/{talk.public_id}/reading"
    assert program.get(address).json()["first_unread"] == 1
    assert program.ask("PUT", address, {"number": 2}).status_code == 204
    assert program.get(address).json() == {"read_to": 2, "first_unread": 3}
    assert program.ask("PUT", address, {"number": 1}).status_code == 204
    assert program.get(address).json()["read_to"] == 2
    assert program.ask("PUT", address, {}).status_code == 204
    assert program.get(address).json() == {"read_to": 3, "first_unread": None}
    unread = program.ask("PUT", f"/topics/{talk.public_id}/unread", {"number": 2})
    assert (unread.status_code, program.get(address).json()["first_unread"]) == (204, 2)


@pytest.mark.parametrize(
    ("what", "sent", "status"),
    [("reading", {"number": 9}, 422), ("unread", {"number": 9}, 422), ("unread", {}, 422)],
)
def test_number_of_no_post_is_refused(
    talk: Topic, mia: User, what: str, sent: dict[str, int], status: int
) -> None:
    refused = Program(mia).ask("PUT", f"/topics/{talk.public_id}/{what}", sent)
    assert refused.status_code == status
    assert refused.json()["errors"][0]["pointer"] == "#/number"


def test_spaces_are_read_until_a_time(talk: Topic, space: Space, mia: User) -> None:
    program = Program(mia)
    unread = {"space": {"slug": "workshop", "name": "Workshop"}, "unread": 1}
    assert program.get("/me/unread").json()["results"] == [unread]
    before = written(timezone.now() - timedelta(days=1))
    assert program.ask("PUT", "/spaces/workshop/reading", {"until": before}).status_code == 204
    assert program.get("/me/unread").json()["results"] == [unread]
    assert program.ask("PUT", "/me/reading", {}).status_code == 204
    assert program.get("/me/unread").json()["results"] == [unread | {"unread": 0}]


@pytest.mark.parametrize("rows", [1, 3])
def test_unread_counts_cost_the_same_with_more_spaces(
    ada: User, zed: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        add_member(make_space(f"Space {number}", owner=ada), zed, actor=None)
    program = Program(zed)
    with django_assert_num_queries(2):
        assert len(program.get("/me/unread").json()["results"]) == rows


def test_stranger_marks_nothing(secret: Space, ada: User, zed: User) -> None:
    hidden = make_topic(secret, by=ada)
    for address in (f"/topics/{hidden.public_id}/reading", "/spaces/cellar/reading"):
        missing = address.replace(hidden.public_id, "nowhere").replace("cellar", "nowhere")
        found = Program(zed).ask("PUT", address, {})
        assert (found.status_code, found.content) == (
            404,
            Program(zed).ask("PUT", missing, {}).content,
        )
