"""The page of a topic: what stands on it."""

import re

import pytest
from django.test import Client

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.reactions.actions import cast_vote
from discussions.topics.actions import close_topic, reopen_topic
from discussions.topics.models import Kind, Topic
from tests.discussions.pages.reading import page, shown
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_reply,
    make_topic,
    opening,
)

pytestmark = pytest.mark.slow


def test_question_comes_first_then_the_best_answer_then_the_others_by_worth(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    plain, liked, best = (make_answer(question, by=ben) for _ in range(3))
    cast_vote(liked, by=ada, value=1)
    accept_answer(best, by=ada)
    client.force_login(mia)
    html = page(client, question)
    assert shown(html) == [1, best.number, liked.number, plain.number]
    assert "accepted by Ada, who asked" in html
    assert "2 more answers" in html


def test_discussion_is_linear_with_reply_chips(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    first = make_reply(talk, by=ben)
    make_reply(talk, by=ada, reply_to=first)
    client.force_login(ben)
    html = page(client, talk)
    assert shown(html) == [1, 2, 3]
    assert re.findall(r'class="reply-chip" href="([^"]+)"', html) == [f"/t/{talk.public_id}/p/2"]
    remove_post(first, by=ben)
    client.force_login(ada)
    html = page(client, talk)
    assert shown(html) == [1, 3]
    assert "to a post that is no longer here" in html


def test_closing_is_told_with_name_and_reason(
    client: Client, question: Topic, ada: User, mia: User
) -> None:
    close_topic(question, by=mia, reason="Asked elsewhere")
    client.force_login(ada)
    html = page(client, question)
    assert "<b>Mia</b> closed this" in html
    assert "Asked elsewhere" in html
    assert "Post answer" not in html
    client.force_login(mia)
    assert "Post answer" in page(client, question)
    reopen_topic(question, by=mia)
    client.force_login(ada)
    html = page(client, question)
    assert "opened this again" in html
    assert "Post answer" in html


def test_comments_are_folded_after_five(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    for number in range(7):
        make_comment(opening(question), by=ben, source=f"Comment {number}")
    client.force_login(ada)
    html = page(client, question)
    before, folded = html.split("2 more comments")
    assert ("Comment 4" in before, "Comment 5" in before) == (True, False)
    assert "Comment 6" in folded


def test_quote_fills_the_box_without_javascript(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben, source="One\n\nTwo")
    client.force_login(ada)
    html = page(client, question, f"?quote={answer.number}")
    assert "\n&gt; **Ben**, 2:\n&gt;\n&gt; One\n&gt; \n&gt; Two\n\n</textarea>" in html
    remove_post(answer, by=mia)
    html = page(client, question, f"?quote={answer.number}")
    assert "&gt; One" not in html
    for nonsense in ("999", "x", "9" * 40, "²"):
        assert "&gt; **" not in page(client, question, f"?quote={nonsense}")


def test_reply_to_one_post_is_noted_in_the_box(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    talk = make_topic(space, by=ada, kind=Kind.DISCUSSION)
    reply = make_reply(talk, by=ben)
    client.force_login(ada)
    html = page(client, talk, "?reply=2")
    assert f'name="reply_to" value="{reply.public_id}"' in html
    assert "to Ben, post 2" in html


def test_space_without_down_votes_shows_none(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    make_answer(question, by=ben)
    client.force_login(ada)
    assert page(client, question).count('value="-1"') == 2
    Space.objects.update(allows_down_votes=False)
    assert page(client, question).count('value="-1"') == 0
