"""Saved posts by the API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.saved.queries import saved_of
from discussions.topics.models import Topic
from tests.factories.community import add_member
from tests.factories.discussions import make_topic, opening

pytestmark = pytest.mark.slow

JSON = "application/json"


def test_post_is_saved_noted_done_and_removed(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)
    address = f"/api/v1/posts/{opening(question).public_id}/saving"
    assert client.get(address).status_code == 404
    at = (timezone.now() + timedelta(days=1)).isoformat()
    saved = client.put(address, {"note": "Try", "remind_at": at}, content_type=JSON).json()
    assert (saved["note"], saved["title"], saved["done_at"]) == ("Try", question.title, None)
    assert client.put(address, {"note": "Try", "remind_at": at}, content_type=JSON).json() == saved
    assert client.get(address).json() == saved
    done = f"/api/v1/saved/{saved['id']}/completion"
    assert client.put(done).status_code == 204
    shown = [one["id"] for one in client.get("/api/v1/saved?show=done").json()["results"]]
    assert shown == [saved["id"]]
    assert client.delete(done).status_code == 204
    shown = client.get("/api/v1/saved?show=reminders").json()["results"]
    assert [one["id"] for one in shown] == [saved["id"]]
    assert client.delete(address).status_code == 204
    assert client.get("/api/v1/saved").json() == {"results": [], "next": None}


def test_what_is_out_of_sight_has_no_title_and_can_be_removed(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    membership = add_member(secret, zed, actor=None)
    post = opening(make_topic(secret, by=ada, title="Heron"))
    client.force_login(zed)
    client.put(f"/api/v1/posts/{post.public_id}/saving", {}, content_type=JSON)
    membership.delete()
    [row] = client.get("/api/v1/saved").json()["results"]
    assert (row["post"], row["title"], row["url"]) == (None, None, None)
    assert client.delete(f"/api/v1/saved/{row['id']}").status_code == 204
    assert not saved_of(zed)


def test_others_find_nothing(client: Client, question: Topic, ben: User, zed: User) -> None:
    client.force_login(ben)
    address = f"/api/v1/posts/{opening(question).public_id}/saving"
    saved = client.put(address, {}, content_type=JSON).json()
    client.force_login(zed)
    assert client.get(address).status_code == 404
    assert client.get("/api/v1/saved").json()["results"] == []
    assert client.delete(f"/api/v1/saved/{saved['id']}").status_code == 404
    assert client.put(f"/api/v1/saved/{saved['id']}/completion").status_code == 404


def test_post_with_a_wrong_note_is_not_saved(client: Client, question: Topic, ben: User) -> None:
    client.force_login(ben)
    address = f"/api/v1/posts/{opening(question).public_id}/saving"
    sent = {"note": "x" * 301, "remind_at": None}
    assert client.put(address, sent, content_type=JSON).status_code == 422
    assert client.get(address).status_code == 404
