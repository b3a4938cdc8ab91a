"""Edits, conflicts, going back, and emptying a version."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from community.accounts.models import User
from community.http.conflicts import EditConflict
from community.outbox.models import Event
from discussions.events import POST_EDITED, REVISION_BLANKED
from discussions.topics.actions import (
    blank_revision,
    close_topic,
    edit_post,
    roll_back,
)
from discussions.topics.models import Post, Topic
from tests.factories.discussions import make_answer, opening


def test_edit_makes_a_revision_and_keeps_the_earlier_text(question: Topic, ada: User) -> None:
    post = edit_post(
        opening(question),
        by=ada,
        source="New",
        based_on=1,
        title="Better title",
        tags=["tunnel"],
        reason=" clearer ",
    )
    question.refresh_from_db()
    assert (post.version, post.source, question.title) == (2, "New", "Better title")
    kept = list(post.revisions.order_by("number").values_list("number", "title", "reason"))
    assert kept == [(1, "Why does the tunnel drop?", ""), (2, "Better title", "clearer")]
    event = Event.objects.get(name=POST_EDITED)
    assert event.data == {
        "post": post.public_id,
        "version": 2,
        "tags_before": ["vpn", "networks"],
        "title_changed": True,
    }


def test_edit_that_changes_nothing_makes_no_revision(question: Topic, ada: User) -> None:
    post = opening(question)
    same = edit_post(
        post,
        by=ada,
        source=post.source + "\r\n",
        based_on=1,
        title=question.title,
        tags=["vpn", "networks"],
    )
    assert (same.version, same.revisions.count()) == (1, 1)
    assert not Event.objects.filter(name=POST_EDITED).exists()


def test_answer_keeps_the_title_of_its_topic(question: Topic, ben: User) -> None:
    edit_post(make_answer(question, by=ben), by=ben, source="x", based_on=1, title="Mine now")
    question.refresh_from_db()
    assert question.title == "Why does the tunnel drop?"


def test_all_faults_of_an_edit_are_named_at_once(question: Topic, ada: User) -> None:
    with pytest.raises(ValidationError) as refused:
        edit_post(
            opening(question),
            by=ada,
            source="",
            based_on=1,
            title="",
            tags=["a", "b", "c", "d", "e", "f"],
            reason="because " * 30,
        )
    assert set(refused.value.message_dict) == {"source", "title", "tags", "reason"}


def test_edit_on_an_older_version_is_a_conflict_with_both_texts(
    question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    edit_post(post, by=mia, source="Mia's", based_on=1)
    with pytest.raises(EditConflict) as conflict:
        edit_post(post, by=ada, source="Ada's", based_on=1)
    assert (conflict.value.current.source, conflict.value.current.version) == ("Mia's", 2)
    assert post.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_five_parallel_edits_one_is_stored(question: Topic, ada: User) -> None:
    post, outcomes = opening(question), []

    def edit(number: int) -> None:
        try:
            edit_post(Post.objects.get(pk=post.pk), by=ada, source=f"Text {number}", based_on=1)
            outcomes.append("stored")
        except EditConflict:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 4 + ["stored"]
    assert post.revisions.count() == 2


def test_only_author_and_moderators_edit(question: Topic, ada: User, ben: User, mia: User) -> None:
    post = opening(question)
    with pytest.raises(PermissionDenied):
        edit_post(post, by=ben, source="Ben's", based_on=1)
    assert edit_post(post, by=mia, source="Mia's", based_on=1).version == 2
    close_topic(question, by=mia, reason="Done")
    with pytest.raises(PermissionDenied):
        edit_post(post, by=ada, source="Ada's", based_on=2)
    assert edit_post(post, by=mia, source="Last", based_on=2).version == 3


def test_reason_is_limited(question: Topic, ada: User) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="a", based_on=1, reason="r" * 200)
    with pytest.raises(ValidationError) as refused:
        edit_post(post, by=ada, source="b", based_on=2, reason="r" * 201)
    assert list(refused.value.message_dict) == ["reason"]


def test_going_back_makes_the_earlier_text_the_newest(question: Topic, ada: User) -> None:
    post = opening(question)
    first = post.source
    edit_post(post, by=ada, source="Worse", based_on=1, title="Worse", tags=["worse"])
    back = roll_back(post, to=1, by=ada, based_on=2)
    question.refresh_from_db()
    names = [row.tag.name for row in question.topic_tags.select_related("tag")]
    assert (back.source, back.version, question.title, names) == (
        first,
        3,
        "Why does the tunnel drop?",
        ["vpn", "networks"],
    )


def test_going_back_needs_the_right_to_edit(question: Topic, ada: User, ben: User) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="Other", based_on=1)
    with pytest.raises(PermissionDenied):
        roll_back(post, to=1, by=ben, based_on=2)
    with pytest.raises(EditConflict):
        roll_back(post, to=1, by=ada, based_on=1)


def test_emptied_version_is_gone_and_its_neighbours_stay(
    question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    first = post.source
    edit_post(post, by=ada, source="hush", based_on=1, title="hush", tags=["hush"], reason="hush")
    edit_post(post, by=ada, source="Third", based_on=2, title="Third", tags=["vpn"])
    blank_revision(post.revisions.get(number=2), by=mia)
    kept = post.revisions.order_by("number").values_list("source", "title", "tag_names", "reason")
    assert list(kept) == [
        (first, "Why does the tunnel drop?", ["vpn", "networks"], ""),
        ("", "", [], ""),
        ("Third", "Third", ["vpn"], ""),
    ]
    assert Event.objects.filter(name=REVISION_BLANKED).count() == 1
    with pytest.raises(ValidationError, match="emptied"):
        roll_back(post, to=2, by=mia, based_on=3)


def test_only_moderators_empty_and_never_the_current_version(
    question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    with pytest.raises(ValidationError, match="current version"):
        blank_revision(post.revisions.get(number=1), by=mia)
    edit_post(post, by=ada, source="b", based_on=1)
    with pytest.raises(PermissionDenied):
        blank_revision(post.revisions.get(number=1), by=ada)


def test_edits_have_a_daily_cap(question: Topic, ada: User, settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's fixture
    settings.MAX_POSTS_PER_DAY = 2
    post = opening(question)
    for version in (1, 2):
        edit_post(post, by=ada, source=f"Text {version}", based_on=version)
    with pytest.raises(ValidationError, match="edited 2 times in a day"):
        edit_post(post, by=ada, source="More", based_on=3)


def test_version_is_emptied_once(question: Topic, ada: User, mia: User) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="New", based_on=1)
    stale = post.revisions.get(number=1)
    blank_revision(post.revisions.get(number=1), by=mia)
    blank_revision(stale, by=mia)
    assert Event.objects.filter(name=REVISION_BLANKED).count() == 1
