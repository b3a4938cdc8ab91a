"""What imports and `manage.py rebuild` count again is what the actions would have written."""

import threading
import time

import pytest
from django.db import connection

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.models import Space
from community.text import limits
from discussions.answers.actions import accept_answer, remove_post
from discussions.answers.handlers import count_contribution
from discussions.answers.models import Contribution
from discussions.answers.rebuilds import rebuild_contributions
from discussions.imports.rebuilds import rebuild_texts
from discussions.reactions.actions import cast_vote
from discussions.tags.models import Tag, TagCount
from discussions.topics import rebuilds
from discussions.topics.counters import COUNTED, recount
from discussions.topics.handlers import count_tag
from discussions.topics.models import Post, Topic
from discussions.topics.rebuilds import rebuild_tag_counts, rebuild_topic_counters
from tests.factories.discussions import make_answer, make_comment, make_topic, opening

pytestmark = pytest.mark.slow


def fill(space: Space, ada: User, ben: User, mia: User) -> list[Topic]:
    """Two topics: one with everything that is counted, one that is deleted."""
    topic = make_topic(space, by=ada, tags=["vpn", "networks"])
    answer, other = make_answer(topic, by=ben), make_answer(topic, by=mia)
    make_comment(answer, by=ada)
    make_comment(other, by=ada)
    cast_vote(opening(topic), by=ben, value=1)
    accept_answer(answer, by=ada)
    remove_post(other, by=mia)
    gone = make_topic(space, by=ben, tags=["vpn"])
    remove_post(opening(gone), by=mia)
    return [topic, gone]


def counters() -> list[dict[str, object]]:
    return list(Topic.objects.order_by("pk").values(*COUNTED))


def test_topic_counters_are_those_of_recount(space: Space, ada: User, ben: User, mia: User) -> None:
    for topic in fill(space, ada, ben, mia):
        topic.refresh_from_db()
        recount(topic)
    right = counters()
    Topic.objects.update(answer_count=9, score=9, hot=0, last_number=9, participant_ids=[])
    Space.objects.update(topic_count=9)
    calls: list[tuple[int, int]] = []
    assert rebuild_topic_counters(lambda done, total: calls.append((done, total))) == 2
    assert counters() == right
    assert Space.objects.get(pk=space.pk).topic_count == 1
    assert calls == [(2, 2)]


def test_tag_counts_are_those_of_the_handler(space: Space, ada: User, ben: User, mia: User) -> None:
    fill(space, ada, ben, mia)
    for tag in Tag.objects.all():
        count_tag(space.pk, tag.pk)
    right = set(TagCount.objects.values_list("tag__name", "topics"))
    TagCount.objects.update(topics=7)
    TagCount.objects.filter(tag__name="networks").delete()
    assert rebuild_tag_counts(lambda done, total: None) == 2
    assert set(TagCount.objects.values_list("tag__name", "topics")) == right
    assert right == {("vpn", 1), ("networks", 1)}


def test_contributions_are_those_of_the_handler(
    space: Space, ada: User, ben: User, mia: User
) -> None:
    fill(space, ada, ben, mia)
    for person in (ada, ben, mia):
        count_contribution(space.pk, person.pk)
    fields = ("person", "topics", "answers", "accepted", "helpful")
    right = set(Contribution.objects.values_list(*fields))
    assert (ben.pk, 0, 1, 1, 0) in right
    Contribution.objects.update(helpful=7, topics=7)
    Contribution.objects.filter(person=ben).delete()
    rebuild_contributions(lambda done, total: None)
    assert set(Contribution.objects.values_list(*fields)) == right


def test_text_from_before_a_limit_was_lowered_keeps_what_is_shown(
    space: Space, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = opening(make_topic(space, by=ada, source="$5 for @ada and *all*"))
    shown = post.html
    monkeypatch.setattr(limits, "MAX_DOLLARS", 0)
    assert rebuild_texts(done) == 1
    post.refresh_from_db()
    assert (post.html, "<em>all</em>" in shown) == (shown, True)
    Post.objects.update(html="")
    rebuild_texts(done)
    post.refresh_from_db()
    assert "*all*" in post.html


def done(*counted: int) -> None:
    """Progress that nobody watches."""


@pytest.mark.django_db(transaction=True)
def test_rebuild_waits_for_whoever_counts_and_then_counts_itself(
    space: Space, ada: User, ben: User
) -> None:
    topic = make_topic(space, by=ada, tags=["vpn"])
    tag = Tag.objects.get()
    action(count_tag)(space.pk, tag.pk)
    action(count_contribution)(space.pk, ada.pk)
    TagCount.objects.update(topics=7)
    Contribution.objects.update(topics=7)
    Space.objects.filter(pk=space.pk).update(topic_count=7)

    def rebuild() -> None:
        for each in (rebuild_topic_counters, rebuild_tag_counts, rebuild_contributions):
            each(done, space=space)
        connection.close()

    thread = threading.Thread(target=rebuild)
    write_beside(thread, topic, ben)
    thread.join()
    space.refresh_from_db()
    assert (space.topic_count, TagCount.objects.get().topics) == (2, 2)
    given = Contribution.objects.filter(space=space)
    assert dict(given.values_list("person", "topics")) == {ada.pk: 1, ben.pk: 1}


@action
def write_beside(thread: threading.Thread, topic: Topic, by: User) -> None:
    """Start the rebuild when a topic is written and counted, before that is committed."""
    make_topic(topic.space, by=by, tags=["vpn"])
    count_tag(topic.space_id, Tag.objects.get().pk)
    count_contribution(topic.space_id, by.pk)
    Contribution.objects.filter(person=by).update(topics=9)
    thread.start()
    time.sleep(0.5)


def test_rebuild_goes_in_batches(
    space: Space, ada: User, ben: User, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(space, ada, ben, mia)
    monkeypatch.setattr(rebuilds, "BATCH_ROWS", 1)
    TagCount.objects.all().delete()
    assert rebuild_tag_counts(done, space=space) == 2
    assert rebuild_contributions(done, space=space) == 2
    counted = TagCount.objects.order_by("tag__name").values_list("tag__name", "topics")
    assert list(counted) == [("networks", 1), ("vpn", 1)]
