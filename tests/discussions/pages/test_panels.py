"""Boxes on other pages: what they count, and that they tell nothing of closed doors."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.panels import MakePanel
from community.spaces.actions import SpaceSettings, edit_space
from community.spaces.membership import join_space
from community.spaces.models import Space
from discussions.answers.actions import accept_answer
from discussions.pages import panels
from discussions.reactions.actions import cast_vote
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Kind
from tests.factories.discussions import make_answer, make_reply, make_topic, opening

Run = Callable[[], None]


def asked_by(person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    return request


def context(make: MakePanel, viewer: User, subject: Any = None) -> dict[str, Any]:
    panel = make(asked_by(viewer), subject)
    return panel.context if panel else {}


def test_new_in_my_spaces_shows_only_spaces_that_one_joined(
    space: Space, secret: Space, ada: User, ben: User, zed: User
) -> None:
    make_topic(space, by=ben, title="Open")
    make_topic(secret, by=ben, title="Secret")
    seen = [
        [row.title for row in context(panels.new_in_my_spaces, who)["rows"]] for who in (ada, zed)
    ]
    assert seen == [["Secret"], []]
    join_space(space, by=zed)
    assert [row.title for row in context(panels.new_in_my_spaces, zed)["rows"]] == ["Open"]


def test_unanswered_questions_in_followed_tags_of_others(
    space: Space, secret: Space, ada: User, ben: User, zed: User
) -> None:
    make_topic(space, by=zed, title="Own", tags=["vpn"])
    make_topic(space, by=ben, title="Waiting", tags=["vpn", "more"])
    make_topic(space, by=ben, title="Other", tags=["other"])
    make_topic(space, by=ben, title="Talk", tags=["vpn"], kind=Kind.DISCUSSION)
    make_topic(secret, by=ben, title="Canary", tags=["vpn"])
    make_answer(make_topic(space, by=ben, title="Answered", tags=["vpn"]), by=ada)
    for name in ("vpn", "more"):
        prefer_tag(Tag.objects.get(name=name), by=zed, level=TagPreference.Level.FOLLOW)
    rows = context(panels.unanswered_in_my_tags, zed)["rows"]
    assert [row.title for row in rows] == ["Waiting"]
    assert context(panels.unanswered_in_my_tags, ben) == {}


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


def test_latest_of_a_person_leaves_out_what_the_viewer_cannot_read(
    space: Space, secret: Space, ada: User, zed: User
) -> None:
    make_topic(secret, by=ada, title="Canary")
    assert context(panels.latest_of_person, zed, ada) == {}
    make_topic(space, by=ada, title="Open")
    posts = context(panels.latest_of_person, zed, ada)["posts"]
    assert [post.topic.title for post in posts] == ["Open"]


def test_popular_leaves_out_what_the_viewer_cannot_read(
    space: Space, secret: Space, ada: User, zed: User
) -> None:
    for place, title in ((secret, "Canary"), (space, "Open")):
        make_answer(make_topic(place, by=ada, title=title), by=ada)
    topics = context(panels.popular_now, zed)["topics"]
    assert [topic.title for topic in topics] == ["Open"]


def test_popular_is_what_got_votes_or_answers_within_a_month(
    space: Space, ada: User, ben: User, zed: User
) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    make_topic(space, by=ada, title="Quiet")
    assert context(panels.popular_now, zed) == {}
    cast_vote(opening(make_topic(space, by=ada, title="Voted")), by=ben, value=1)
    make_answer(make_topic(space, by=ada, title="Answered"), by=ben)
    talk = make_topic(space, by=ada, title="Replied", kind=Kind.DISCUSSION)
    make_reply(talk, by=ben)
    stale = make_topic(space, by=ada, title="Stale", at=long_ago)
    cast_vote(make_answer(stale, by=ben, at=long_ago), by=ada, value=1, at=long_ago)
    topics = context(panels.popular_now, zed)["topics"]
    assert sorted(topic.title for topic in topics) == ["Answered", "Replied", "Voted"]


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
    join_space(space, by=ada)
    for _ in range(rows):
        make_topic(space, by=ben, tags=["vpn", "more"])
    prefer_tag(Tag.objects.get(name="vpn"), by=ada, level=TagPreference.Level.FOLLOW)
    handle_events()
    table: list[tuple[MakePanel, Any, int]] = [
        (panels.new_in_my_spaces, None, 2),
        (panels.unanswered_in_my_tags, None, 2),
        (panels.popular_now, None, 1),
        (panels.popular_tags, space, 1),
        (panels.space_rules, space, 0),
        (panels.contributions, ben, 1),
        (panels.latest_of_person, ben, 1),
    ]
    for make, subject, queries in table:
        with django_assert_num_queries(queries):
            make(asked_by(ada), subject)
