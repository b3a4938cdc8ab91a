"""Saving, deleting and restoring drafts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.spaces.models import Space
from discussions.drafts.actions import delete_draft, prune_drafts, restore_draft, save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.drafts.queries import draft_at, drafts_of, shown_drafts
from discussions.topics.models import Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_topic, opening

START = Place(Form.START)


def test_saving_again_replaces_the_texts_and_counts(ada: User) -> None:
    save_draft(START, {"title": "One", "tags": ""}, by=ada, based_on=0)
    draft = save_draft(START, {"title": "Two"}, by=ada, based_on=1)
    assert [(one.texts, one.version) for one in drafts_of(ada)] == [({"title": "Two"}, 2)]
    assert draft_at(START, viewer=ada) == draft


def test_repeat_changes_nothing(ada: User) -> None:
    first = save_draft(START, {"title": "One"}, by=ada, based_on=0)
    again = save_draft(START, {"title": "One"}, by=ada, based_on=0)
    assert (again.pk, again.version, again.saved_at) == (first.pk, 1, first.saved_at)


def test_other_tab_meets_a_conflict_and_its_text_is_there(ada: User) -> None:
    save_draft(START, {"title": "One"}, by=ada, based_on=0)
    with pytest.raises(EditConflict) as caught:
        save_draft(START, {"title": "Other"}, by=ada, based_on=0)
    assert caught.value.current.texts == {"title": "One"}
    assert save_draft(START, {"title": "Other"}, by=ada).version == 2


def test_blank_draft_is_refused(ada: User) -> None:
    with pytest.raises(ValidationError) as caught:
        save_draft(START, {"title": " \n", "space": "workshop"}, by=ada)
    assert caught.value.message_dict == {"source": ["Write something first."]}


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_what_databases_cannot_store_is_refused(ada: User, text: str) -> None:
    with pytest.raises(ValidationError):
        save_draft(START, {"source": text}, by=ada)


def test_draft_has_a_size(ada: User, settings: Any) -> None:
    settings.MAX_DRAFT_BYTES = 2048
    frame = len('{"source": ""}')
    save_draft(START, {"source": "ü" * ((2048 - frame) // 2)}, by=ada)
    with pytest.raises(ValidationError) as caught:
        save_draft(START, {"source": "ü" * ((2048 - frame) // 2 + 1)}, by=ada)
    assert caught.value.messages == ["A draft has at most 2 KiB."]


def test_person_has_a_number_of_drafts(ada: User, space: Space, settings: Any) -> None:
    settings.MAX_DRAFTS = 2
    topics = [make_topic(space, by=ada) for _ in range(3)]
    places = [Place(Form.TOPIC, topic.public_id) for topic in topics]
    for place in places[:2]:
        save_draft(place, {"source": "x"}, by=ada)
    with pytest.raises(ValidationError) as caught:
        save_draft(places[2], {"source": "x"}, by=ada)
    assert caught.value.messages == ["You have 2 drafts, the most there can be. Delete one first."]
    save_draft(places[0], {"source": "still"}, by=ada)


def test_stranger_begins_none_where_they_may_not_look(secret: Space, ada: User, zed: User) -> None:
    topic = make_topic(secret, by=ada)
    assert not Topic.objects.visible_to(zed).filter(pk=topic.pk).exists()
    post = opening(topic)
    hidden = [Place(Form.TOPIC, topic.public_id), Place(Form.COMMENT, post.public_id)]
    for place in [*hidden, Place(Form.TOPIC, "missing"), Place(Form.EDIT, "missing")]:
        with pytest.raises(ObjectDoesNotExist):
            save_draft(place, {"source": "x"}, by=zed)
    assert not Draft.objects.exists()


def test_draft_outlives_the_sight_of_its_topic_without_title(
    secret: Space, ada: User, zed: User
) -> None:
    member = add_member(secret, zed, actor=None)
    topic = make_topic(secret, by=ada, title="Heron")
    for place in (
        Place(Form.TOPIC, topic.public_id),
        Place(Form.COMMENT, opening(topic).public_id),
    ):
        save_draft(place, {"source": "mine"}, by=zed)
    shown = shown_drafts(list(drafts_of(zed)), viewer=zed)
    assert {one.title for one in shown} == {"Heron"}
    member.delete()
    zed = User.objects.get(pk=zed.pk)
    shown = shown_drafts(list(drafts_of(zed)), viewer=zed)
    assert [(one.title, one.url, one.source) for one in shown] == [("", "", "mine")] * 2
    place = Place(Form.TOPIC, topic.public_id)
    assert save_draft(place, {"source": "goes on"}, by=zed, based_on=1).version == 2


@pytest.mark.parametrize(
    "text", ["", "start:x", "topic", "topic:", "elsewhere:x", "edit:" + "x" * 30]
)
def test_what_names_no_form_is_no_place(text: str) -> None:
    with pytest.raises(Draft.DoesNotExist):
        Place.read(text)


def test_last_deleted_draft_comes_back(ada: User, question: Topic) -> None:
    first = save_draft(START, {"title": "One"}, by=ada)
    second = save_draft(Place(Form.TOPIC, question.public_id), {"source": "Two"}, by=ada)
    delete_draft(first, by=ada)
    delete_draft(second, by=ada)
    assert not drafts_of(ada)
    restore_draft(second, by=ada)
    assert list(Draft.objects.filter(person=ada)) == [second]
    assert list(drafts_of(ada)) == [second]


def test_deleted_draft_gives_way_to_what_was_begun_since(ada: User) -> None:
    first = save_draft(START, {"title": "One"}, by=ada)
    delete_draft(first, by=ada)
    newer = save_draft(START, {"title": "Newer"}, by=ada)
    with pytest.raises(ValidationError, match="another draft there since"):
        restore_draft(first, by=ada)
    assert list(drafts_of(ada)) == [newer]


def test_deleted_drafts_are_gone_after_an_hour(ada: User) -> None:
    draft = save_draft(START, {"title": "One"}, by=ada)
    delete_draft(draft, by=ada)
    assert prune_drafts() == 0
    Draft.objects.update(deleted_at=timezone.now() - timedelta(minutes=61))
    assert prune_drafts() == 1
