"""Votes, acceptance, deleting with undo, closing, pinning, versions: the buttons of the pages."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from community.accounts.models import User
from community.spaces.models import Space
from discussions.reactions.models import Vote
from discussions.topics.actions import edit_post
from discussions.topics.models import Kind, Topic
from tests.factories.discussions import make_answer, make_reply, make_topic, opening

pytestmark = pytest.mark.slow


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_vote_that_is_sent_again_stands_and_can_be_taken_back(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    answer = make_answer(question, by=ben)
    path = f"/posts/{answer.public_id}/votes"
    client.force_login(ada)
    values = []
    for value in ("1", "-1", "-1", "1"):
        response = client.post(path, {"value": value})
        assert response.headers["Location"] == f"/t/{question.public_id}/p/2"
        values.append(list(Vote.objects.values_list("value", flat=True)))
    assert values == [[1], [-1], [-1], [1]]
    again = client.post(path, {"value": "1"})
    assert said(again)[-1] == "You have voted so already."
    client.post(f"{path}/removal")
    assert not Vote.objects.exists()


def test_refused_vote_is_told_and_changes_nothing(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    reply = make_reply(talk, by=ben)
    client.force_login(ada)
    client.post(f"/posts/{reply.public_id}/votes", {"value": "-1"})
    refused = client.post(f"/posts/{reply.public_id}/votes", {"value": "-1"})
    assert set(said(refused)) == {"Here people only say what is useful."}
    assert client.post(f"/posts/{opening(talk).public_id}/votes", {"value": "1"}).status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.parametrize("value", ["5", "abc", "", "0"])
def test_vote_of_no_known_value_is_refused_in_a_sentence(
    client: Client, question: Topic, ben: User, value: str
) -> None:
    client.force_login(ben)
    response = client.post(f"/posts/{opening(question).public_id}/votes", {"value": value})
    assert response.status_code == 422
    assert "A vote is 1 or -1." in response.content.decode()
    assert not Vote.objects.exists()


def test_acceptance_and_its_removal(client: Client, question: Topic, ada: User, ben: User) -> None:
    answer = make_answer(question, by=ben)
    client.force_login(ben)
    assert client.post(f"/posts/{answer.public_id}/acceptance").status_code == 403
    client.force_login(ada)
    assert client.post(f"/posts/{answer.public_id}/acceptance").status_code == 303
    answer.refresh_from_db()
    assert answer.accepted_at is not None
    assert client.post(f"/posts/{answer.public_id}/acceptance/removal").status_code == 303
    answer.refresh_from_db()
    assert answer.accepted_at is None


def test_deleting_offers_undo(client: Client, question: Topic, ben: User, ada: User) -> None:
    answer = make_answer(question, by=ben)
    client.force_login(ada)
    assert client.post(f"/posts/{answer.public_id}/deletion").status_code == 403
    client.force_login(ben)
    response = client.post(f"/posts/{answer.public_id}/deletion")
    undo = f"/posts/{answer.public_id}/restoration"
    assert response.headers["Location"] == question.get_absolute_url()
    assert f'action="{undo}"' in client.get(question.get_absolute_url()).content.decode()
    assert client.post(undo).headers["Location"] == f"/t/{question.public_id}/p/2"
    answer.refresh_from_db()
    assert answer.deleted_at is None


def test_deleted_topic_leads_to_its_space(client: Client, question: Topic, ada: User) -> None:
    client.force_login(ada)
    response = client.post(f"/posts/{opening(question).public_id}/deletion")
    assert response.headers["Location"] == "/s/workshop"
    question.refresh_from_db()
    assert question.deleted_at is not None


def test_closing_asks_for_a_reason(client: Client, question: Topic, ada: User, mia: User) -> None:
    path = f"/topics/{question.public_id}/closure"
    client.force_login(ada)
    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    client.force_login(mia)
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": " "}).status_code == 422
    long = client.post(path, {"reason": "r" * 201})
    assert (long.status_code, long.context["form"]["reason"].value()) == (422, "r" * 201)
    assert client.post(path, {"reason": "Done"}).status_code == 303
    assert question.closures.get().reason == "Done"
    assert client.post(f"{path}/removal").status_code == 303
    question.refresh_from_db()
    assert question.closed_at is None


@pytest.mark.parametrize("until", ["", "yesterday", "9999-12-31", "0001-01-01"])
def test_pin_needs_a_day_to_come_within_a_year(
    client: Client, question: Topic, mia: User, until: str
) -> None:
    client.force_login(mia)
    assert client.post(f"/topics/{question.public_id}/pin", {"until": until}).status_code == 422
    question.refresh_from_db()
    assert question.pinned_until is None


def test_pin_holds_to_the_end_of_the_day(client: Client, question: Topic, mia: User) -> None:
    User.objects.filter(pk=mia.pk).update(time_zone="Asia/Kolkata")
    client.force_login(mia)
    day = timezone.now().date() + timedelta(days=3)
    client.post(f"/topics/{question.public_id}/pin", {"until": day.isoformat()})
    question.refresh_from_db()
    assert question.pinned_until is not None
    assert question.pinned_until.strftime("%Y-%m-%d %H:%M") == f"{day} 18:30"
    client.post(f"/topics/{question.public_id}/pin/removal")
    question.refresh_from_db()
    assert question.pinned_until is None


@pytest.mark.parametrize(
    ("now", "shown"), [("2026-11-24", "30 Nov<"), ("2025-12-24", "30 Nov 2026<")]
)
def test_pin_names_the_day_that_was_chosen(
    client: Client, question: Topic, mia: User, now: str, shown: str
) -> None:
    User.objects.filter(pk=mia.pk).update(time_zone="Asia/Kolkata")
    with time_machine.travel(f"{now} 12:00"):
        client.force_login(mia)
        client.post(f"/topics/{question.public_id}/pin", {"until": "2026-11-30"})
        html = client.get(question.get_absolute_url()).content.decode()
    assert f"Pinned until {shown}" in html


def test_where_you_are_stands_there_once_there_is_somewhere_to_go(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    client.force_login(ada)
    assert 'id="where" hidden' in client.get(question.get_absolute_url()).content.decode()
    make_answer(question, by=ben)
    assert 'id="where">' in client.get(question.get_absolute_url()).content.decode()


def test_versions_are_compared_word_by_word(client: Client, question: Topic, ada: User) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="I tried *nothing* yet.", based_on=1, tags=["vpn"], reason="so")
    edit_post(post, by=ada, source="I tried *nothing* at all.", based_on=2)
    client.force_login(ada)
    response = client.get(f"/posts/{post.public_id}/revisions", follow=True)
    assert response.redirect_chain == [(f"/posts/{post.public_id}/revisions/3", 302)]
    html = response.content.decode()
    assert ("<del>yet.</del>" in html, "<ins>at all.</ins>" in html) == (True, True)
    one = client.get(f"/posts/{post.public_id}/revisions/3?view=one").content.decode()
    assert "<del>yet.</del><ins>at all.</ins>" in one
    middle = client.get(f"/posts/{post.public_id}/revisions/2").content.decode()
    assert f"/posts/{post.public_id}/revisions/1" in middle
    assert f"/posts/{post.public_id}/revisions/3" in middle
    assert "Go back to version 2" in middle
    assert client.get(f"/posts/{post.public_id}/revisions/4").status_code == 404


def test_going_back_to_a_version(client: Client, question: Topic, ada: User, ben: User) -> None:
    post = opening(question)
    first = post.source
    edit_post(post, by=ada, source="Worse", based_on=1)
    path = f"/posts/{post.public_id}/revisions/1/rollback"
    client.force_login(ben)
    for fields in ({"version": "2"}, {}):
        refused = client.post(path, fields)
        assert (refused.status_code, "Only its author" in refused.content.decode()) == (403, True)
    client.force_login(ada)
    assert client.post(path).status_code == 403
    stale = client.post(path, {"version": "1"})
    assert stale.headers["Location"] == f"/posts/{post.public_id}/revisions/2"
    assert client.post(path, {"version": "2"}).status_code == 303
    post.refresh_from_db()
    assert (post.source, post.version) == (first, 3)


def test_emptied_version_shows_who_emptied_it_and_no_text(
    client: Client, question: Topic, ada: User, mia: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="canary", based_on=1, title="canary")
    edit_post(post, by=ada, source="fine", based_on=2, title="Fine")
    path = f"/posts/{post.public_id}/revisions/2"
    client.force_login(ada)
    assert client.post(f"{path}/blanking").status_code == 403
    client.force_login(mia)
    assert client.post(f"{path}/blanking").status_code == 303
    assert "Mia emptied this version" in client.get(path).content.decode()
    for number in (1, 2, 3):
        html = client.get(f"/posts/{post.public_id}/revisions/{number}").content.decode()
        assert "canary" not in html
    assert said(client.post(f"/posts/{post.public_id}/revisions/3/blanking")) == [
        "This is the current version. Edit it first, then empty the earlier one."
    ]


@pytest.mark.parametrize("path", ["answers", "replies", "closure/removal", "pin/removal"])
def test_writes_take_post_only(client: Client, question: Topic, mia: User, path: str) -> None:
    client.force_login(mia)
    assert client.get(f"/topics/{question.public_id}/{path}").status_code == 405
