"""Replies, comments, and the counters that they leave on the topic."""

import threading

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.events import COMMENT_POSTED
from discussions.topics.actions import close_topic, post_reply, restore_post
from discussions.topics.counters import COUNTED, recount
from discussions.topics.locking import lock_topic
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_answer, make_comment, make_reply, make_topic, opening


def counters(topic: Topic) -> dict[str, object]:
    """Heat is left out: it stands on the number of topics at the time of the last post."""
    row = Topic.objects.get(pk=topic.pk)
    return {name: getattr(row, name) for name in COUNTED if name != "hot"}


def test_numbers_rise_and_are_never_used_again(question: Topic, ben: User) -> None:
    first = make_answer(question, by=ben)
    remove_post(first, by=ben)
    second = make_answer(question, by=ben)
    assert (first.number, second.number) == (2, 3)


def test_counters_equal_a_recount(question: Topic, ada: User, ben: User, mia: User) -> None:
    answer = make_answer(question, by=ben)
    make_comment(answer, by=ada)
    make_comment(opening(question), by=mia)
    gone = make_answer(question, by=mia)
    make_comment(gone, by=ada)
    remove_post(gone, by=mia)
    restore_post(gone, by=mia)
    remove_post(answer, by=ben)
    kept = counters(question)
    recount(lock_topic(question))
    assert kept == counters(question)
    assert kept | {"active_at": None} == {
        "answer_count": 1,
        "reply_count": 0,
        "comment_count": 2,
        "score": 0,
        "active_at": None,
        "last_poster": ada,
        "last_byline": "Ada",
        "last_number": 6,
        "participant_ids": [ada.pk, mia.pk],
    }


def test_comment_on_a_comment_hangs_on_the_post(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    comment = make_comment(answer, by=ada)
    assert make_comment(comment, by=ben).parent == answer


def test_comment_has_its_own_limit(question: Topic, ben: User) -> None:
    assert len(make_comment(opening(question), by=ben, source="z" * 2_000).source) == 2_000
    with pytest.raises(ValidationError, match="at most 2,000 characters; this has 2,001"):
        make_comment(opening(question), by=ben, source="z" * 2_001)


def test_stranger_adds_nothing_in_a_secret_space(secret: Space, ada: User, zed: User) -> None:
    talk = make_topic(secret, by=ada, kind=Kind.DISCUSSION)
    with pytest.raises(PermissionDenied):
        make_reply(talk, by=zed)
    with pytest.raises(PermissionDenied):
        make_comment(opening(talk), by=zed)
    assert talk.posts.count() == 1


def test_closed_topic_takes_posts_of_moderators_only(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    close_topic(question, by=mia, reason="Moved on")
    for person in (ada, ben):
        with pytest.raises(PermissionDenied):
            make_answer(question, by=person)
    assert make_answer(question, by=mia).number == 2


def test_deleted_topic_takes_nothing(question: Topic, ada: User, mia: User) -> None:
    remove_post(opening(question), by=ada)
    with pytest.raises(PermissionDenied):
        make_answer(question, by=mia)


def test_nothing_hangs_on_a_deleted_post(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    loaded_before = Post.objects.select_related("topic").get(pk=answer.pk)
    comment = make_comment(answer, by=ada)
    remove_post(answer, by=ben)
    for parent in (loaded_before, comment):
        with pytest.raises(ValidationError, match="no longer here"):
            make_comment(parent, by=ada)


def test_reply_goes_to_a_post_of_its_own_topic(space: Space, ada: User, ben: User) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    other = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    reply = make_reply(talk, by=ben, reply_to=opening(talk))
    assert reply.parent == opening(talk)
    with pytest.raises(ValidationError, match="no longer here"):
        make_reply(talk, by=ben, reply_to=opening(other))


def test_question_takes_no_replies(question: Topic, ben: User) -> None:
    with pytest.raises(ValidationError, match="answers and comments"):
        post_reply(question, by=ben, source="Me too")


@pytest.mark.django_db(transaction=True)
def test_five_parallel_repeats_make_one_comment(question: Topic, ben: User) -> None:
    post = opening(question)
    found: list[int] = []

    def comment() -> None:
        try:
            found.append(make_comment(post, by=ben, key="same").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=comment) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 5
    assert set(found) == {question.posts.get(kind=Post.Kind.COMMENT).pk}
    assert Topic.objects.get(pk=question.pk).comment_count == 1
    assert Event.objects.filter(name=COMMENT_POSTED).count() == 1


def test_repeat_of_a_saved_post_is_no_refusal(question: Topic, ben: User, mia: User) -> None:
    first = make_answer(question, by=ben, key="sent once")
    comment = make_comment(first, by=ben, key="sent too")
    remove_post(first, by=mia)
    close_topic(question, by=mia, reason="Settled")
    assert make_answer(question, by=ben, key="sent once") == first
    assert make_comment(first, by=ben, key="sent too") == comment


def test_key_used_in_another_topic_shows_nothing_of_it(
    space: Space, question: Topic, ben: User
) -> None:
    make_answer(question, by=ben, key="k1")
    other = make_topic(space, by=ben)

    with pytest.raises(BadRequest, match="sent before"):
        make_answer(other, by=ben, key="k1")


def test_who_wrote_before_many_posts_of_others_stays_a_participant(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    for _ in range(41):
        make_comment(answer, by=mia)
    before = Topic.objects.get(pk=question.pk).participant_ids
    recount(lock_topic(question))
    assert Topic.objects.get(pk=question.pk).participant_ids == before == [mia.pk, ben.pk, ada.pk]
