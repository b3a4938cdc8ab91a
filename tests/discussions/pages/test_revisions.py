"""The versions of a post."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.accounts.actions import Profile, edit_profile
from community.accounts.models import User
from discussions.topics.actions import edit_post
from discussions.topics.models import Revision, Topic
from tests.discussions.pages.reading import page
from tests.factories.discussions import (
    opening,
)


def test_edited_posts_lead_to_what_changed(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="New", based_on=1)
    client.force_login(ben)
    assert f'href="/posts/{post.public_id}/revisions"' in page(client, question)


def test_edit_that_came_without_its_versions_is_said_without_a_link(
    client: Client, question: Topic, ben: User
) -> None:
    post = opening(question)
    post.edited_at = post.created_at + timedelta(minutes=1)
    post.save(update_fields=["edited_at"])
    client.force_login(ben)
    shown = page(client, question)
    assert '<span class="small muted">Edited <time' in shown
    assert "/revisions" not in shown


def test_versions_show_present_names_and_load_two_texts(
    client: Client, question: Topic, ada: User, ben: User, handle_events: Callable[[], None]
) -> None:
    post = opening(question)
    for version in (1, 2, 3):
        edit_post(post, by=ada, source=f"Text {version}", based_on=version)
    edit_profile(ada, Profile(name="Adeline"), by=ada)
    handle_events()
    client.force_login(ben)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/posts/{post.public_id}/revisions/3").content.decode()
    assert page.count(" Adeline") == 6
    loading = [query["sql"] for query in queries if '_revision"."source"' in query["sql"]]
    assert len(loading) == 1


def test_version_nobody_could_have_seen_is_refused_with_a_sentence(
    client: Client, question: Topic, ada: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="New", based_on=1)
    client.force_login(ada)
    address = f"/posts/{post.public_id}/revisions/1/rollback"

    answer = client.post(address, {"version": "9" * 5_000})

    assert answer.status_code == 403
    assert "Go back from the page of the version" in answer.content.decode()


def test_versions_show_the_byline_they_were_given(
    client: Client, question: Topic, ben: User
) -> None:
    post = opening(question)
    Revision.objects.update(byline="Somebody")
    client.force_login(ben)
    page = client.get(f"/posts/{post.public_id}/revisions/1").content.decode()
    assert "by Somebody," in page
    assert "by Ada," not in page
