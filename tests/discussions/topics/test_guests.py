"""A text that a guest reads names nothing of other spaces; their coming and going renders it."""

from collections.abc import Callable

import pytest

from community.accounts.models import User
from community.spaces.membership import invite_to_space, join_space, leave_space
from community.spaces.models import Space
from discussions.tags.references import tags
from discussions.topics.models import Post, Topic
from discussions.topics.references import topics
from tests.factories.community import make_guest, make_space
from tests.factories.discussions import make_topic, opening

Run = Callable[[], None]


@pytest.fixture
def other(mia: User) -> Space:
    return make_space("Elsewhere", owner=mia)


@pytest.fixture
def naming(other: Space, question: Topic, mia: User) -> Post:
    """A text in another open space that names a question and a tag of Mia's."""
    beside = make_topic(other, by=mia, title="Beside it", tags=["coffee"])
    source = f"See [[t:{question.public_id}]] and [[t:{beside.public_id}]]; #networks, #coffee."
    return opening(make_topic(other, by=mia, source=source))


def test_names_stand_only_where_all_readers_may_know_them(
    other: Space, question: Topic, gil: User, handle_events: Run
) -> None:
    keys = {question.public_id}
    assert topics(keys, other.pk)[question.public_id].text == question.title
    assert "networks" in tags({"networks"}, other.pk)

    make_guest("Nora", spaces=(other,))
    assert topics(keys, other.pk)[question.public_id].text == f"/t/{question.public_id}"
    assert tags({"networks"}, other.pk) == {}
    assert topics(keys, question.space_id)[question.public_id].text == question.title
    assert "networks" in tags({"networks"}, question.space_id)


def test_texts_are_rendered_again_when_a_guest_comes_and_goes(
    other: Space, naming: Post, mia: User, gil: User, handle_events: Run
) -> None:
    handle_events()
    assert shown(naming) == (True, True, True, True)
    invite_to_space(other, gil, by=mia)
    join_space(other, by=gil)
    handle_events()
    assert shown(naming) == (False, True, False, True)
    leave_space(other, by=gil)
    handle_events()
    assert shown(naming) == (True, True, True, True)


def test_text_with_a_tag_alone_is_rendered_again_too(
    other: Space, question: Topic, mia: User, gil: User, handle_events: Run
) -> None:
    post = opening(make_topic(other, by=mia, source="About #networks."))
    assert "/tags/networks" in post.html
    invite_to_space(other, gil, by=mia)
    join_space(other, by=gil)
    handle_events()
    post.refresh_from_db()
    assert "/tags/networks" not in post.html


def test_colleague_who_joins_renders_nothing(
    other: Space, naming: Post, ada: User, handle_events: Run
) -> None:
    handle_events()
    Post.objects.filter(pk=naming.pk).update(html="as it was")
    join_space(other, by=ada)
    handle_events()
    naming.refresh_from_db()
    assert naming.html == "as it was"


def shown(post: Post) -> tuple[bool, bool, bool, bool]:
    """Whether the titles and tags of the other space and of its own stand in the text."""
    post.refresh_from_db()
    return (
        "Why does the tunnel drop?" in post.html,
        "Beside it" in post.html,
        "/tags/networks" in post.html,
        "/tags/coffee" in post.html,
    )
