"""Who reads topics and posts; hidden and missing are the same."""

import pytest
from django.core.exceptions import PermissionDenied

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.topics.access import (
    can_edit_topic,
    get_numbered_post,
    get_post,
    get_topic,
    require_edit,
    require_edit_topic,
    require_kind,
    spaces_for,
)
from discussions.topics.actions import close_topic
from discussions.topics.models import Kind, Post, Topic
from tests.factories.discussions import make_answer, make_comment, make_topic, opening


def shown(topic: Topic, viewer: User) -> list[int]:
    """The numbers of the posts that viewer gets, one by one and as a list alike."""
    numbers = []
    for post in topic.posts.order_by("number"):
        try:
            numbers.append(get_post(post.public_id, viewer=viewer).number)
        except Post.DoesNotExist:
            with pytest.raises(Post.DoesNotExist):
                get_numbered_post(topic, post.number, viewer=viewer)
    return numbers


@pytest.mark.parametrize("place", ["closed", "secret"])
def test_stranger_gets_nothing_of_a_space_they_do_not_read(
    request: pytest.FixtureRequest, place: str, ada: User, ben: User, zed: User
) -> None:
    space: Space = request.getfixturevalue(place)
    assert not space.memberships.filter(person=zed).exists()
    topic = make_topic(space, by=ada, title="Canary")
    answer = make_answer(topic, by=ben)
    assert get_topic(topic.public_id, viewer=ben) == topic
    assert get_post(answer.public_id, viewer=ada) == answer
    with pytest.raises(Topic.DoesNotExist):
        get_topic(topic.public_id, viewer=zed)
    with pytest.raises(Post.DoesNotExist):
        get_post(answer.public_id, viewer=zed)
    assert list(Topic.objects.visible_to(zed)) == []
    assert list(Post.objects.visible_to(zed)) == []


def test_capabilities_give_no_sight_of_closed_spaces(closed: Space, ada: User, admin: User) -> None:
    topic = make_topic(closed, by=ada)
    with pytest.raises(Topic.DoesNotExist):
        get_topic(topic.public_id, viewer=admin)


def test_deleted_answer_is_shown_to_those_who_may_restore_it(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    make_comment(answer, by=ada)
    remove_post(answer, by=ben)
    assert {person.name: shown(question, person) for person in (ada, ben, mia)} == {
        "Ada": [1],
        "Ben": [1, 2],
        "Mia": [1, 2, 3],
    }
    assert [post.number for post in Post.objects.visible_to(mia)] == [1]


def test_author_does_not_see_what_a_moderator_deleted(
    question: Topic, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    remove_post(answer, by=mia)
    assert shown(question, ben) == [1]


def test_deleted_topic_is_shown_to_those_who_may_restore_it(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    make_answer(question, by=ben)
    remove_post(opening(question), by=ada)
    assert get_topic(question.public_id, viewer=ada) == question
    assert get_topic(question.public_id, viewer=mia) == question
    with pytest.raises(Topic.DoesNotExist):
        get_topic(question.public_id, viewer=ben)
    assert list(Topic.objects.visible_to(mia)) == []


def test_author_does_not_see_a_topic_that_a_moderator_deleted(
    question: Topic, ada: User, mia: User
) -> None:
    remove_post(opening(question), by=mia)
    with pytest.raises(Topic.DoesNotExist):
        get_topic(question.public_id, viewer=ada)


def test_in_a_deleted_topic_a_post_that_a_moderator_took_out_stays_hidden(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    remove_post(answer, by=mia)
    remove_post(opening(question), by=ada)
    assert shown(question, ada) == [1]


def test_what_belongs_to_a_topic_is_edited_by_its_author_and_moderators(
    question: Topic, ada: User, ben: User, mia: User
) -> None:
    assert [can_edit_topic(question, one) for one in (ada, mia, ben)] == [True, True, False]
    require_edit_topic(question, ada)
    with pytest.raises(PermissionDenied):
        require_edit_topic(question, ben)
    close_topic(question, by=mia, reason="Answered")
    question.refresh_from_db()
    assert [can_edit_topic(question, one) for one in (ada, mia)] == [False, True]


def test_whoever_looks_after_a_space_announces_there(space: Space, ada: User, mia: User) -> None:
    require_kind(Kind.ANNOUNCEMENT, space, mia)
    require_kind(Kind.QUESTION, space, ada)
    with pytest.raises(PermissionDenied):
        require_kind(Kind.ANNOUNCEMENT, space, ada)
    assert list(spaces_for(Kind.ANNOUNCEMENT, mia)) == [space]
    assert list(spaces_for(Kind.ANNOUNCEMENT, ada)) == []
    assert list(spaces_for(Kind.QUESTION, ada)) == [space]


def test_author_is_told_that_the_topic_is_closed(question: Topic, ada: User, mia: User) -> None:
    close_topic(question, by=mia, reason="Done.")
    question.refresh_from_db()
    with pytest.raises(PermissionDenied, match="This topic is closed"):
        require_edit_topic(question, ada)
    with pytest.raises(PermissionDenied, match="This topic is closed"):
        require_edit(opening(question), ada)
