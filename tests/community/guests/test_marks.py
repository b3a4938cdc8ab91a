"""A guest is marked wherever their name stands, for everybody."""

import pytest
from django.test import Client

from community.accounts.models import User
from community.following.actions import follow_person
from community.spaces.membership import invite_to_space
from community.spaces.models import Space, Visibility
from discussions.resources.actions import rate_resource
from discussions.saved.actions import save_post
from discussions.topics.models import Kind, Topic
from tests.factories.community import make_space
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_link,
    make_reply,
    make_topic,
)

pytestmark = pytest.mark.slow

MARK = '<span class="pill info">Guest</span>'


@pytest.fixture
def busy(space: Space, closed: Space, question: Topic, gil: User, mia: User, zed: User) -> Topic:
    """Gil answers and comments, is invited elsewhere, and Zed follows him."""
    answer = make_answer(question, by=gil, source="Try the other port.")
    make_comment(answer, by=gil, source="It is the left one.")
    invite_to_space(closed, gil, by=mia)
    follow_person(gil, by=mia)
    return question


@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/people", 1),
        ("/people?q=gil", 1),
        ("/p/gil", 1),
        ("/p/gil/card", 1),
        ("/p/gil/contributions", 1),
        ("/s/workshop/members", 1),
        ("/s/workshop/members/gil", 1),
        ("/s/backroom/members", 1),
        ("/following", 1),
        ("/", 1),
        ("{topic}", 3),
    ],
)
def test_name_of_a_guest_is_marked(
    client: Client, busy: Topic, mia: User, address: str, marks: int
) -> None:
    client.force_login(mia)
    page = client.get(address.format(topic=busy.get_absolute_url()))
    assert (page.status_code, page.content.decode().count(MARK)) == (200, marks)


def test_what_a_guest_shares_rates_and_says_is_marked(
    client: Client, space: Space, gil: User, ada: User, mia: User
) -> None:
    theirs, mine = make_link(space, by=ada), make_link(space, by=ada, tags=["paper"])
    topic = make_link(space, by=gil, tags=["paper"])
    rate_resource(theirs, by=gil, stars=4, sentence="Read it twice.")
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    said = make_reply(talk, by=gil)
    make_reply(talk, by=ada, reply_to=said)
    save_post(said, by=mia)
    client.force_login(mia)
    marks = {
        address: client.get(address).content.decode().count(MARK)
        for address in (
            theirs.get_absolute_url(),
            mine.get_absolute_url(),
            topic.get_absolute_url(),
            talk.get_absolute_url(),
            "/library",
            "/saved",
        )
    }
    # The post, who keeps it and who wrote last; the reply and the answer to it.
    assert list(marks.values()) == [1, 0, 3, 2, 1, 1]


def test_guest_who_wrote_last_is_marked_beside_the_topic(
    client: Client, space: Space, gil: User, mia: User
) -> None:
    talk = make_topic(space, by=mia, kind=Kind.DISCUSSION)
    make_reply(talk, by=gil)
    client.force_login(mia)
    rail = client.get(talk.get_absolute_url()).content.decode().partition("<aside")[2]
    assert rail.count(MARK) == 1


def test_admin_page_marks_too(client: Client, admin: User, gil: User) -> None:
    client.force_login(admin)
    assert client.get("/admin/people/gil").content.decode().count(MARK) == 1


def test_colleagues_are_not_marked(client: Client, question: Topic, mia: User, zed: User) -> None:
    client.force_login(zed)
    for address in ("/people", "/p/mia", "/s/workshop/members", question.get_absolute_url()):
        assert MARK not in client.get(address).content.decode()


def test_reader_of_a_preview_sees_which_of_them_are_guests(
    client: Client, space: Space, mia: User, gil: User
) -> None:
    secret = make_space("Vault", owner=mia, members=(gil,), visibility=Visibility.SECRET)
    client.force_login(mia)
    page = client.get(f"{secret.url}/visibility?to=open&show=losses").content.decode()
    assert MARK not in page
    assert "@gil" not in page


def test_api_says_who_is_a_guest(client: Client, space: Space, mia: User, gil: User) -> None:
    client.force_login(mia)
    rows = client.get("/api/v1/people").json()["results"]
    assert {row["handle"]: row["is_guest"] for row in rows} == {"gil": True, "mia": False}
