"""What people contributed, per space."""

from collections.abc import Callable

import pytest
from django.db import connection

from community.accounts.models import User
from community.outbox.cursors import BATCH_SECONDS
from community.spaces.models import Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.answers.handlers import contributions_step
from discussions.answers.models import Contribution
from discussions.reactions.actions import cast_vote
from discussions.topics.actions import restore_post
from discussions.topics.models import Topic
from tests.factories.discussions import make_answer, make_topic, opening

Run = Callable[[], None]


def given(person: User, space: Space) -> tuple[int, int, int, int]:
    row = Contribution.objects.get(person=person, space=space)
    return row.topics, row.answers, row.accepted, row.helpful


def test_contributions_are_kept_apart_by_space(
    question: Topic, space: Space, secret: Space, ada: User, ben: User, handle_events: Run
) -> None:
    hidden = make_topic(secret, by=ada)
    make_answer(hidden, by=ben)
    answer = make_answer(question, by=ben)
    accept_answer(answer, by=ada)
    cast_vote(answer, by=ada, value=1)
    handle_events()
    assert given(ben, space) == (0, 1, 1, 1)
    assert given(ben, secret) == (0, 1, 0, 0)
    assert given(ada, space) == (1, 0, 0, 0)


def test_everybody_in_a_deleted_topic_is_counted_again(
    question: Topic, space: Space, ada: User, ben: User, mia: User, handle_events: Run
) -> None:
    for person in (ben, mia):
        make_answer(question, by=person)
    remove_post(opening(question), by=ada)
    handle_events()
    assert [given(person, space)[1] for person in (ben, mia)] == [0, 0]
    restore_post(opening(question), by=ada)
    handle_events()
    assert [given(person, space)[1] for person in (ben, mia)] == [1, 1]


def test_people_of_a_topic_are_counted_a_few_at_a_time(
    question: Topic, space: Space, ada: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_answer(question, by=ben)
    data = {"topic": question.pk, "space": space.pk}
    monkeypatch.setitem(BATCH_SECONDS, connection.vendor, 60)
    assert contributions_step(data, 0, 1) == (1, ada.pk)
    assert contributions_step(data, ada.pk, 500) == (1, None)
    assert (given(ada, space), given(ben, space)) == ((1, 0, 0, 0), (0, 1, 0, 0))
    monkeypatch.setitem(BATCH_SECONDS, connection.vendor, 0)
    assert contributions_step(data, 0, 500) == (1, ada.pk)
