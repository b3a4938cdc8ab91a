"""Texts are rendered before anything is locked; what was read by then is asked again after."""

from collections.abc import Callable, Collection, Iterator, Mapping

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from community.accounts.models import User
from community.text.references import Target
from discussions.answers.actions import post_answer
from discussions.tags.actions import describe_tag
from discussions.tags.models import Tag
from discussions.topics.actions import blank_revision, edit_post, roll_back
from discussions.topics.models import Topic
from tests.factories.discussions import make_topic, opening

# What a test wants to happen while a text with a mention is being rendered.
meanwhile: list[Callable[[], object]] = []


def people(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    for happen in meanwhile:
        happen()
    return {}


KINDS = {"person": people}


@pytest.fixture(autouse=True)
def watched(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]  # pytest-django's fixture
    settings.REFERENCE_KINDS = f"{__name__}.KINDS"
    yield
    meanwhile.clear()


@pytest.mark.django_db(transaction=True)
def test_texts_are_rendered_outside_of_any_transaction(
    question: Topic, ada: User, ben: User, admin: User
) -> None:
    locked: list[bool] = []
    meanwhile.append(lambda: locked.append(connection.in_atomic_block))
    make_topic(question.space, by=ada, source="Ask @ben")
    post_answer(question, by=ben, source="Ask @ada")
    edit_post(opening(question), by=ada, source="Ask @mia", based_on=1)
    describe_tag(Tag.objects.get(name="vpn"), by=admin, source="Ask @ada")
    assert locked == [False] * 4


def test_version_that_is_emptied_while_it_comes_back_does_not(
    question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="The password of @ben", based_on=1)
    edit_post(post, by=ada, source="Nothing", based_on=2)
    meanwhile.append(lambda: blank_revision(post.revisions.get(number=2), by=mia))
    with pytest.raises(ValidationError, match="emptied"):
        roll_back(post, to=2, by=ada, based_on=3)
    post.refresh_from_db()
    assert (post.source, post.version) == ("Nothing", 3)
