"""Votes: who may, what they change, the daily cap, and races."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.events import VOTE_CAST, VOTE_WITHDRAWN
from discussions.reactions.actions import cast_vote, takes_down_votes, withdraw_vote
from discussions.reactions.models import Vote
from discussions.reactions.queries import votes_of
from discussions.topics.models import Kind, Post, Topic
from discussions.topics.ranking import answer_worth
from tests.factories.discussions import make_answer, make_comment, make_reply, make_topic, opening


def tally(post: Post) -> tuple[int, int, int]:
    post.refresh_from_db()
    return post.up, post.down, post.score


def test_vote_is_counted_replaced_and_taken_back(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=ada, value=1)
    assert tally(answer) == (1, 0, 1)
    assert answer.worth == answer_worth(1, 0, accepted=False)
    cast_vote(answer, by=ada, value=-1)
    assert tally(answer) == (0, 1, -1)
    withdraw_vote(answer, by=ada)
    withdraw_vote(answer, by=ada)
    assert tally(answer) == (0, 0, 0)
    events = Event.objects.filter(name__in=[VOTE_CAST, VOTE_WITHDRAWN]).order_by("id")
    assert [(event.name, event.data.get("value")) for event in events] == [
        (VOTE_CAST, 1),
        (VOTE_CAST, -1),
        (VOTE_WITHDRAWN, None),
    ]


def test_votes_of_an_import_stay_in_the_score(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    Post.objects.filter(pk=answer.pk).update(up_imported=7, down_imported=2)
    cast_vote(answer, by=ada, value=1)
    assert tally(answer) == (1, 0, 6)
    assert answer.worth == answer_worth(8, 2, accepted=False)


def test_votes_on_the_question_stand_on_the_topic(question: Topic, ben: User) -> None:
    before = question.hot
    cast_vote(opening(question), by=ben, value=1)
    question.refresh_from_db()
    assert question.score == 1
    assert question.hot > before


def test_nobody_votes_for_themselves(question: Topic, ada: User) -> None:
    with pytest.raises(PermissionDenied):
        cast_vote(opening(question), by=ada, value=1)


def test_stranger_votes_nowhere(secret: Space, ada: User, zed: User) -> None:
    topic = make_topic(secret, by=ada)
    assert not secret.memberships.filter(person=zed).exists()
    with pytest.raises(PermissionDenied):
        cast_vote(opening(topic), by=zed, value=1)
    assert not Vote.objects.exists()


def test_down_votes_need_a_question_and_a_space_that_allows_them(
    question: Topic, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    reply = make_reply(talk, by=ada)
    with pytest.raises(ValidationError, match="only say what is useful"):
        cast_vote(reply, by=ben, value=-1)
    with pytest.raises(ValidationError, match="only say what is useful"):
        cast_vote(make_comment(opening(question), by=ada), by=ben, value=-1)
    assert takes_down_votes(opening(question))
    Space.objects.filter(pk=space.pk).update(allows_down_votes=False)
    with pytest.raises(ValidationError, match="only say what is useful"):
        cast_vote(opening(question), by=ben, value=-1)


@pytest.mark.parametrize("value", [0, 2, -2])
def test_other_values_are_no_votes(question: Topic, ben: User, value: int) -> None:
    with pytest.raises(ValidationError, match="1 or -1"):
        cast_vote(opening(question), by=ben, value=value)


def test_deleted_posts_take_no_votes(question: Topic, ada: User, ben: User) -> None:
    remove_post(opening(question), by=ada)
    with pytest.raises(ValidationError, match="takes no votes"):
        cast_vote(opening(question), by=ben, value=1)


def test_daily_cap_counts_changes_and_a_vote_can_still_be_taken_back(  # type: ignore[no-untyped-def]  # pytest-django's fixture
    question: Topic, ada: User, ben: User, settings
) -> None:
    settings.MAX_VOTES_PER_DAY = 2
    answers = [make_answer(question, by=ben) for _ in range(3)]
    cast_vote(answers[0], by=ada, value=1)
    cast_vote(answers[1], by=ada, value=1)
    with pytest.raises(ValidationError, match="2 times in a day"):
        cast_vote(answers[2], by=ada, value=1)
    withdraw_vote(answers[1], by=ada)
    with pytest.raises(ValidationError, match="2 times in a day"):
        cast_vote(answers[1], by=ada, value=1)
    with pytest.raises(ValidationError, match="2 times in a day"):
        cast_vote(answers[0], by=ada, value=-1)
    cast_vote(answers[0], by=ada, value=1)
    assert votes_of(ada, answers) == {answers[0].pk: 1}


@pytest.mark.django_db(transaction=True)
def test_five_parallel_votes_of_one_person_count_once(
    question: Topic, ada: User, ben: User
) -> None:
    answer, voted = make_answer(question, by=ben), []

    def vote() -> None:
        try:
            voted.append(cast_vote(Post.objects.get(pk=answer.pk), by=ada, value=1).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=vote) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert voted == [Vote.objects.get().pk] * 5
    assert tally(answer) == (1, 0, 1)
    assert Event.objects.filter(name=VOTE_CAST).count() == 1
