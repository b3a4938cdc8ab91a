"""Drafts by the API: what the pages' own script asks."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from discussions.drafts.models import Draft
from discussions.topics.models import Topic

pytestmark = pytest.mark.slow

START = "/api/v1/drafts/start"


def put(client: Client, texts: dict[str, str], version: str = '"0"', address: str = START) -> Any:
    return client.put(
        address, texts, content_type="application/json", headers={"If-Match": version}
    )


@pytest.fixture
def writer(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_draft_is_saved_read_and_deleted(writer: Client) -> None:
    saved = put(writer, {"title": "Why?"})
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    assert put(writer, {"title": "Why not?"}, saved.headers["ETag"]).json()["version"] == 2
    read = writer.get(START).json()
    assert (read["place"], read["texts"], read["version"]) == ("start", {"title": "Why not?"}, 2)
    assert [one["place"] for one in writer.get("/api/v1/drafts").json()["results"]] == ["start"]
    assert writer.delete(START).status_code == 204
    assert writer.get(START).status_code == 404


def test_older_version_is_a_conflict_and_its_repeat_none(writer: Client) -> None:
    put(writer, {"title": "Why?"})
    assert put(writer, {"title": "Why?"}).status_code == 200
    assert put(writer, {"title": "Other"}).status_code == 412
    assert Draft.objects.get().texts == {"title": "Why?"}


def test_version_must_be_said(writer: Client) -> None:
    answer = writer.put(START, {"title": "x"}, content_type="application/json")
    assert answer.status_code == 428


def test_places_that_are_none_are_missing(writer: Client, question: Topic) -> None:
    there = f"/api/v1/drafts/topic:{question.public_id}"
    assert put(writer, {"source": "x"}, address=there).status_code == 200
    for place in ("elsewhere", "topic:none", "edit:none", "start:x"):
        answer = put(writer, {"source": "x"}, address=f"/api/v1/drafts/{place}")
        assert answer.status_code == 404, place


def test_others_meet_nothing(writer: Client, zed: User) -> None:
    put(writer, {"title": "Why?"})
    writer.force_login(zed)
    assert writer.get("/api/v1/drafts").json()["results"] == []
    assert writer.get(START).status_code == 404
    assert writer.delete(START).status_code == 404
    assert Draft.objects.get().deleted_at is None


def test_too_much_is_said(writer: Client, settings: Any) -> None:
    settings.MAX_DRAFT_BYTES = 1024
    answer = put(writer, {"source": "x" * 1024})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "#/source", "detail": "A draft has at most 1 KiB."}
    ]
