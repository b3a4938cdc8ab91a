"""Answering, accepting, and taking an accepted answer away."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from discussions.answers.actions import (
    accept_answer,
    post_answer,
    remove_post,
    unaccept_answer,
)
from discussions.answers.models import Acceptance
from discussions.events import ANSWER_ACCEPTED, ANSWER_POSTED, ANSWER_UNACCEPTED
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_answer, make_comment, make_topic, opening


def news(topic: Topic) -> list[str]:
    wanted = [ANSWER_ACCEPTED, ANSWER_UNACCEPTED]
    events = Event.objects.filter(topic_id=topic.pk, name__in=wanted).order_by("id")
    return list(events.values_list("name", flat=True))


def test_answer_tells_the_asker(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    event = Event.objects.get(name=ANSWER_POSTED)
    assert (event.actor_id, event.subject_id, event.object_id) == (ben.pk, ada.pk, answer.pk)


def test_only_questions_take_answers(space: Space, ada: User, ben: User) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    with pytest.raises(ValidationError, match="Only a question"):
        post_answer(talk, by=ben, source="x")


def test_asker_accepts_and_the_topic_is_solved(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    first = accept_answer(answer, by=ada)
    assert accept_answer(answer, by=ada) == first
    question.refresh_from_db()
    answer.refresh_from_db()
    assert question.solved_at == answer.accepted_at == first.at
    assert answer.worth == 2.0
    unaccept_answer(answer, by=ada)
    unaccept_answer(answer, by=ada)
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.solved_at, answer.accepted_at, answer.worth) == (None, None, 0.0)
    assert news(question) == [ANSWER_ACCEPTED, ANSWER_UNACCEPTED]


def test_moderators_accept_and_others_do_not(
    question: Topic, ben: User, mia: User, zed: User
) -> None:
    answer = make_answer(question, by=ben)
    for person in (ben, zed):
        with pytest.raises(PermissionDenied):
            accept_answer(answer, by=person)
        with pytest.raises(PermissionDenied):
            unaccept_answer(answer, by=person)
    assert accept_answer(answer, by=mia).by == mia


def test_second_acceptance_takes_the_first_back(question: Topic, ada: User, ben: User) -> None:
    one, two = make_answer(question, by=ben), make_answer(question, by=ben)
    accept_answer(one, by=ada)
    accept_answer(two, by=ada)
    assert list(Acceptance.objects.values_list("answer", flat=True)) == [two.pk]
    assert news(question) == [ANSWER_ACCEPTED, ANSWER_UNACCEPTED, ANSWER_ACCEPTED]


def test_space_may_allow_several_solutions(question: Topic, ada: User, ben: User) -> None:
    Space.objects.filter(pk=question.space_id).update(allows_several_solutions=True)
    one, two = make_answer(question, by=ben), make_answer(question, by=ben)
    first = accept_answer(one, by=ada)
    accept_answer(two, by=ada)
    question.refresh_from_db()
    assert (Acceptance.objects.count(), question.solved_at) == (2, first.at)


def test_only_a_living_answer_is_accepted(question: Topic, ada: User, ben: User) -> None:
    comment, answer = make_comment(opening(question), by=ben), make_answer(question, by=ben)
    remove_post(answer, by=ben)
    for post in (comment, answer, opening(question)):
        with pytest.raises(ValidationError, match="in sight"):
            accept_answer(post, by=ada)


def test_nothing_is_accepted_in_a_deleted_topic(question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    remove_post(opening(question), by=ada)
    with pytest.raises(PermissionDenied):
        accept_answer(answer, by=ada)


def test_deleting_an_accepted_answer_un_accepts_it_first(
    question: Topic, ada: User, ben: User
) -> None:
    answer = make_answer(question, by=ben)
    accept_answer(answer, by=ada)
    remove_post(answer, by=ben)
    question.refresh_from_db()
    assert (question.solved_at, question.answer_count) == (None, 0)
    assert not Acceptance.objects.exists()
    assert news(question) == [ANSWER_ACCEPTED, ANSWER_UNACCEPTED]


@pytest.mark.django_db(transaction=True)
def test_of_two_parallel_acceptances_one_stays(question: Topic, ada: User, ben: User) -> None:
    answers = [make_answer(question, by=ben), make_answer(question, by=ben)]

    def accept(answer: Post) -> None:
        try:
            accept_answer(answer, by=ada)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    accepted = question.posts.get(accepted_at__isnull=False)
    assert Acceptance.objects.get().answer_id == accepted.pk
    assert Topic.objects.get(pk=question.pk).solved_at == accepted.accepted_at
