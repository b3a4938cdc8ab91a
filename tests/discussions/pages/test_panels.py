"""Boxes on other pages: what they count, and that they tell nothing of closed doors."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.panels import MakePanel
from community.spaces.actions import SpaceSettings, edit_space
from community.spaces.models import Space
from discussions.answers.actions import accept_answer
from discussions.pages import panels
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_topic

pytestmark = pytest.mark.slow

Run = Callable[[], None]


def asked_by(person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    return request


def context(make: MakePanel, viewer: User, subject: Any = None) -> dict[str, Any]:
    panel = make(asked_by(viewer), subject)
    return panel.context if panel else {}


def test_contributions_are_summed_over_readable_spaces(
    space: Space, secret: Space, ada: User, ben: User, zed: User, handle_events: Run
) -> None:
    for place in (space, secret):
        accept_answer(make_answer(make_topic(place, by=ada), by=ben), by=ada)
    handle_events()
    given = [context(panels.contributions, who, ben)["given"] for who in (ada, zed)]
    assert given == [
        {"topics": 0, "answers": 2, "accepted": 2, "helpful": 0},
        {"topics": 0, "answers": 1, "accepted": 1, "helpful": 0},
    ]


def test_spaces_with_something_unread_are_named_the_fullest_first(
    client: Client, space: Space, closed: Space, secret: Space, ada: User, ben: User, zed: User
) -> None:
    for place, topics in ((closed, 1), (secret, 2)):
        for _ in range(topics):
            make_topic(place, by=ben)
    found = context(panels.unread_in_my_spaces, ada)["memberships"]
    assert [(row.space.name, row.unread) for row in found] == [("Cellar", 2), ("Backroom", 1)]
    assert context(panels.unread_in_my_spaces, zed) == {}
    client.force_login(ada)
    assert 'href="/s/cellar?order=unread"' in client.get("/spaces").content.decode()


def test_latest_of_a_person_leaves_out_what_the_viewer_cannot_read(
    space: Space, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, title="Canary")
    assert context(panels.latest_of_person, zed, ada) == {}
    make_topic(space, by=ada, title="Open")
    posts = context(panels.latest_of_person, zed, ada)["posts"]
    assert [post.topic.title for post in posts] == ["Open"]


def test_latest_of_a_person_says_what_they_did(space: Space, ada: User, ben: User) -> None:
    question = make_topic(space, by=ada)
    make_answer(question, by=ada)
    for kind in (Kind.DISCUSSION, Kind.ARTICLE):
        make_topic(space, by=ada, kind=kind)
    panel = panels.latest_of_person(asked_by(ben), ada)
    assert panel is not None
    html = render_to_string(panel.template, panel.context)
    assert re.findall(r"(\w+) in Workshop", html) == ["wrote", "started", "answered", "asked"]


def test_space_shows_its_rules_and_its_tags(
    space: Space, mia: User, ada: User, handle_events: Run
) -> None:
    assert context(panels.space_rules, ada, space) == {}
    space = edit_space(space, SpaceSettings(name="Workshop", rules="- Be kind"), by=mia)
    assert "Be kind" in context(panels.space_rules, ada, space)["space"].rules_html
    assert context(panels.popular_tags, ada, space) == {}
    make_topic(space, by=ada, tags=["rare", "often"])
    make_topic(space, by=ada, tags=["often"])
    handle_events()
    assert [tag.name for tag in context(panels.popular_tags, ada, space)["tags"]] == [
        "often",
        "rare",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_costs_two_queries_at_most(
    space: Space,
    ada: User,
    ben: User,
    rows: int,
    handle_events: Run,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        make_topic(space, by=ben, tags=["vpn", "more"])
    handle_events()
    table: list[tuple[MakePanel, Any, int]] = [
        (panels.unread_in_my_spaces, None, 1),
        (panels.popular_tags, space, 1),
        (panels.space_rules, space, 0),
        (panels.contributions, ben, 1),
        (panels.latest_of_person, ben, 1),
    ]
    for make, subject, queries in table:
        with django_assert_num_queries(queries):
            make(asked_by(ada), subject)
