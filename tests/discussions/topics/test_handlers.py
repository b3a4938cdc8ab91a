"""What follows an event: counts per tag, and texts that name what changed."""

from collections.abc import Callable, Collection, Mapping

import pytest
from django.db import connection

from community.accounts.actions import change_handle
from community.accounts.models import User
from community.outbox.cursors import BATCH_SECONDS
from community.outbox.fanout import advance_fanout
from community.spaces.models import Space
from community.text.references import Target
from config.references import REFERENCE_KINDS
from discussions.answers.actions import remove_post
from discussions.tags.models import TagCount
from discussions.topics import handlers
from discussions.topics.actions import edit_post, restore_post
from discussions.topics.models import Post, Topic
from discussions.topics.references import topics
from tests.factories.discussions import make_answer, make_topic, opening

Run = Callable[[], None]


def counts(space: Space) -> dict[str, int]:
    rows = TagCount.objects.filter(space=space).select_related("tag")
    return {row.tag.name: row.topics for row in rows}


def fan_out() -> None:
    while advance_fanout():
        pass


def test_tags_are_counted_and_counted_again(
    space: Space, ada: User, question: Topic, handle_events: Run
) -> None:
    make_topic(space, by=ada, tags=["vpn"])
    handle_events()
    assert counts(space) == {"vpn": 2, "networks": 1}
    edit_post(opening(question), by=ada, source="x", based_on=1, tags=["vpn"])
    handle_events()
    assert counts(space) == {"vpn": 2, "networks": 0}
    remove_post(opening(question), by=ada)
    handle_events()
    assert counts(space) == {"vpn": 1, "networks": 0}
    restore_post(opening(question), by=ada)
    handle_events()
    assert counts(space) == {"vpn": 2, "networks": 0}


def test_renamed_topic_is_named_anew_where_others_mention_it(
    question: Topic, space: Space, ada: User, handle_events: Run
) -> None:
    naming = make_topic(space, by=ada, source=f"See [[t:{question.public_id}]]")
    assert "Why does the tunnel drop?" in opening(naming).html
    edit_post(opening(question), by=ada, source="x", based_on=1, title="Renamed")
    handle_events()
    fan_out()
    naming.refresh_from_db()
    assert ">Renamed<" in opening(naming).html
    assert naming.excerpt == "See Renamed"


@pytest.mark.parametrize("is_edited", [False, True])
def test_rename_that_ends_while_a_text_is_written_reaches_the_text(
    question: Topic,
    space: Space,
    ada: User,
    handle_events: Run,
    monkeypatch: pytest.MonkeyPatch,
    is_edited: bool,
) -> None:
    def look_up_and_rename(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
        found = topics(keys, space_id)
        monkeypatch.setitem(REFERENCE_KINDS, "topic", topics)
        edit_post(opening(question), by=ada, source="x", based_on=1, title="Renamed")
        handle_events()
        fan_out()
        return found

    naming = make_topic(space, by=ada)
    monkeypatch.setitem(REFERENCE_KINDS, "topic", look_up_and_rename)
    source = f"See [[t:{question.public_id}]]"
    if is_edited:
        edit_post(opening(naming), by=ada, source=source, based_on=1)
    else:
        naming = make_topic(space, by=ada, source=source)
    assert "Why does the tunnel drop?" in opening(naming).html
    handle_events()
    naming.refresh_from_db()
    assert ">Renamed<" in opening(naming).html
    assert naming.excerpt == "See Renamed"


def test_text_is_rendered_once_where_nothing_was_renamed(
    question: Topic, ben: User, handle_events: Run
) -> None:
    answer = make_answer(question, by=ben, source="Ask @ada")
    Post.objects.filter(pk=answer.pk).update(html="as it was rendered")
    handle_events()
    answer.refresh_from_db()
    assert answer.html == "as it was rendered"


def test_deleted_topic_leaves_no_title_behind(
    question: Topic, space: Space, ada: User, handle_events: Run
) -> None:
    naming = make_topic(space, by=ada, source=f"See [[t:{question.public_id}]]")
    remove_post(opening(question), by=ada)
    handle_events()
    fan_out()
    naming.refresh_from_db()
    address = f"/t/{question.public_id}"
    assert (
        opening(naming).html
        == f'<p dir="auto">See <a class="topic" href="{address}">{address}</a></p>\n'
    )
    assert naming.excerpt == f"See {address}"


def test_text_beyond_todays_limits_does_not_stop_the_others(
    question: Topic, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, short = make_answer(question, by=ben), make_answer(question, by=ben)
    Post.objects.filter(pk=long.pk).update(source="[" * 10_001, html="kept")
    Post.objects.filter(pk=short.pk).update(html="stale")
    for post in Post.objects.filter(pk__in=[long.pk, short.pk]).select_related("topic"):
        handlers.rerender(post)
    long.refresh_from_db()
    short.refresh_from_db()
    assert (long.html, short.html) == ("kept", '<p dir="auto">Switch it on.</p>\n')


def test_new_handle_is_written_where_the_person_is_mentioned(
    question: Topic, ada: User, ben: User, handle_events: Run
) -> None:
    answer = make_answer(question, by=ben, source="Ask @ada")
    change_handle(ada, "adeline", by=ada)
    handle_events()
    fan_out()
    answer.refresh_from_db()
    assert (
        answer.html == '<p dir="auto">Ask <a class="mention" href="/p/adeline">@adeline</a></p>\n'
    )


def test_edit_that_came_in_between_keeps_its_text(question: Topic, ada: User) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="New", based_on=1)
    handlers.rerender(post)
    post.refresh_from_db()
    question.refresh_from_db()
    assert (post.html, question.excerpt) == ('<p dir="auto">New</p>\n', "New")


def test_steps_stop_when_their_time_is_over(
    question: Topic, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [make_answer(question, by=ben, source="Ask @ada") for _ in range(3)]
    named = {"references": "person", "keys": ["ada"]}
    monkeypatch.setitem(BATCH_SECONDS, connection.vendor, 60)
    assert handlers.rerender_step(named, 0, 500) == (3, None)
    monkeypatch.setitem(BATCH_SECONDS, connection.vendor, 0)
    monkeypatch.setattr(handlers, "BYLINE_ROWS", 2)
    assert handlers.rerender_step(named, 0, 500) == (1, answers[0].pk)
    assert handlers.byline_step({"person": ben.pk}, 0, 500) == (2, answers[1].pk)
