"""What people write whom one follows, on Today."""

import re

import pytest
from django.test import Client

from community.accounts.models import User
from community.following.actions import follow_person, unfollow_person
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.topics.models import Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_answer, make_comment, make_topic, opening

pytestmark = pytest.mark.slow


def titles(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return re.findall(r'<a class="title"[^>]*>([^<]+)</a>', html)


def panel(client: Client) -> str:
    html = client.get("/").content.decode()
    return html.partition("From people you follow")[2].partition("</section>")[0]


def test_panel_and_tab_show_topics_and_answers(
    client: Client, space: Space, question: Topic, ada: User, ben: User, zed: User
) -> None:
    make_topic(space, by=ben, title="From Ben?")
    other = make_topic(space, by=ada, title="Commented only?")
    make_comment(opening(other), by=ben)
    answer = make_answer(question, by=ben)
    client.force_login(zed)
    assert (panel(client), titles(client, "/?order=following")) == ("", [])
    follow_person(ben, by=zed)
    shown = panel(client)
    assert re.findall(r"(From Ben\?|tunnel|Commented)", shown) == ["tunnel", "From Ben?"]
    assert "Ben answered in Workshop" in " ".join(shown.split())
    assert titles(client, "/?order=following") == [question.title, "From Ben?"]
    remove_post(answer, by=ben)
    assert titles(client, "/?order=following") == ["From Ben?"]
    unfollow_person(ben, by=zed)
    assert (panel(client), titles(client, "/?order=following")) == ("", [])


def test_follower_sees_only_what_they_may_read(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, title="Heron?")
    follow_person(ada, by=zed)
    client.force_login(zed)
    assert (panel(client), titles(client, "/?order=following")) == ("", [])
    add_member(secret, zed, actor=None)
    assert "Heron?" in panel(client)
    assert titles(client, "/?order=following") == ["Heron?"]
