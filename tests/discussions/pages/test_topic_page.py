"""The page of a topic: what stands on it, for whom, and where its addresses lead."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.pages import fragments
from discussions.reactions.actions import cast_vote
from discussions.topics.actions import close_topic, delete_post, edit_post, reopen_topic
from discussions.topics.models import Kind, Origin, Post, Topic, TopicLink
from tests.factories.discussions import (
    make_answer,
    make_comment,
    make_reply,
    make_topic,
    opening,
)

ARTICLE = re.compile(r'<article class="post" id="p(\d+)"')


def page(client: Client, topic: Topic, query: str = "") -> str:
    response = client.get(topic.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def shown(html: str) -> list[int]:
    return [int(number) for number in ARTICLE.findall(html)]


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
    delete_post(first, by=ben)
    client.force_login(ada)
    html = page(client, talk)
    assert shown(html) == [1, 3]
    assert "to a post that is no longer here" in html


def test_long_question_has_pages_and_each_post_its_address(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    answers = [make_answer(question, by=ben) for _ in range(45)]
    comment = make_comment(answers[40], by=ada)
    client.force_login(ada)
    first = page(client, question)
    assert shown(first) == [1, *range(2, 22)]
    second = page(client, question, re.findall(r'rel="next" href="([^"]+)"', first)[0])
    assert shown(second) == [1, *range(22, 42)]
    for number, place in ((1, 0), (21, 0), (22, 1), (42, 2), (comment.number, 2)):
        response = client.get(f"/t/{question.public_id}/p/{number}", follow=True)
        html = response.content.decode()
        assert shown(html)[1] == 2 + place * 20
        assert f'id="p{number}"' in html
        assert response.redirect_chain[0][0].endswith(f"#p{number}")


def test_short_and_wrong_slugs_lead_to_the_address_and_keep_the_place(
    client: Client, question: Topic, ada: User
) -> None:
    client.force_login(ada)
    for path in (f"/t/{question.public_id}", f"/t/{question.public_id}/wrong"):
        response = client.get(f"{path}?quote=1")
        assert response.headers["Location"] == f"{question.get_absolute_url()}?quote=1"


@pytest.mark.parametrize("place", ["closed", "secret"])
def test_stranger_gets_the_same_404_as_for_what_is_missing(
    client: Client, request: pytest.FixtureRequest, place: str, ada: User, ben: User, zed: User
) -> None:
    topic = make_topic(request.getfixturevalue(place), by=ada, title="Canary")
    answer = make_answer(topic, by=ben)
    assert not topic.space.memberships.filter(person=zed).exists()
    paths = [
        topic.get_absolute_url(),
        f"/t/{topic.public_id}",
        f"/t/{topic.public_id}/p/2",
        f"/posts/{answer.public_id}/edit",
        f"/posts/{answer.public_id}/comments",
        f"/posts/{answer.public_id}/revisions",
        f"/posts/{answer.public_id}/revisions/1",
        f"/topics/{topic.public_id}/closure",
    ]
    client.force_login(ada)
    assert {client.get(path).status_code for path in paths} <= {200, 302, 403}
    client.force_login(zed)
    missing = client.get("/t/2222222222").content
    assert "Canary" not in missing.decode()
    for path in paths:
        response = client.get(path)
        assert (path, response.status_code, response.content) == (path, 404, missing)


def test_deleted_answer_stands_there_for_those_who_may_restore_it(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben, source="Canary")
    remove_post(answer, by=ben)
    found = {}
    for person in (ada, ben, mia):
        client.force_login(person)
        html = page(client, question)
        found[person.name] = ("Canary" in html, f"/posts/{answer.public_id}/restoration" in html)
    assert found == {"Ada": (False, False), "Ben": (True, True), "Mia": (True, True)}


def test_deleted_topic_says_so_and_offers_to_bring_it_back(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    delete_post(opening(question), by=ada)
    client.force_login(ada)
    html = page(client, question)
    assert "This topic is deleted" in html
    assert "Post answer" not in html
    client.force_login(ben)
    assert client.get(question.get_absolute_url()).status_code == 404


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


def test_related_topics_are_those_that_the_viewer_reads(
    client: Client, question: Topic, space: Space, secret: Space, ada: User, zed: User
) -> None:
    hidden = make_topic(secret, by=ada, title="Canary")
    open_one = make_topic(space, by=ada, title="Open twin")
    original = make_topic(space, by=ada, title="Asked first")
    for other in (hidden, open_one):
        TopicLink.objects.create(source=question, target=other, kind=TopicLink.Kind.RELATED)
    TopicLink.objects.create(source=question, target=original, kind=TopicLink.Kind.DUPLICATE)
    TopicLink.objects.create(source=question, target=hidden, kind=TopicLink.Kind.DUPLICATE)
    client.force_login(ada)
    assert page(client, question).count("Canary") == 1
    client.force_login(zed)
    html = page(client, question)
    assert ("Canary" in html, "Open twin" in html) == (False, True)
    assert "This was asked before:" in html.split("Asked first")[0]


def test_imported_post_names_its_source(client: Client, question: Topic, ada: User) -> None:
    Origin.objects.create(
        system="travel.example",
        kind="question",
        external_id="7",
        object_id=opening(question).pk,
        url="https://travel.example/q/7",
        author_url="https://travel.example/users/3",
        licence="CC BY-SA 4.0",
    )
    client.force_login(ada)
    html = page(client, question)
    assert 'href="https://travel.example/q/7"' in html
    assert 'href="https://travel.example/users/3"' in html
    assert "CC BY-SA 4.0" in html
    response = client.get("/old/travel.example/question/7")
    assert response.headers["Location"] == f"/t/{question.public_id}/p/1"


def test_old_address_of_a_hidden_topic_is_as_good_as_missing(
    client: Client, secret: Space, ada: User, zed: User
) -> None:
    topic = make_topic(secret, by=ada, title="Canary")
    Origin.objects.create(system="x", kind="question", external_id="1", object_id=opening(topic).pk)
    client.force_login(ada)
    assert client.get("/old/x/question/1").status_code == 302
    client.force_login(zed)
    hidden, missing = client.get("/old/x/question/1"), client.get("/old/x/question/2")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_fragments_hold_nothing_of_the_viewer_and_the_block_all(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben)
    cast_vote(answer, by=ada, value=1)
    client.force_login(ada)
    response = client.get(question.get_absolute_url())
    assert response.context["viewer"] == {
        "me": ada.public_id,
        "moderates": False,
        "votes": {answer.public_id: 1},
    }
    client.force_login(mia)
    assert client.get(question.get_absolute_url()).context["viewer"] == {
        "me": mia.public_id,
        "moderates": True,
        "votes": {},
    }


def test_space_without_down_votes_shows_none(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    make_answer(question, by=ben)
    client.force_login(ada)
    assert page(client, question).count('value="-1"') == 2
    Space.objects.update(allows_down_votes=False)
    assert page(client, question).count('value="-1"') == 0


def test_edited_posts_lead_to_what_changed(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    post = opening(question)
    edit_post(post, by=ada, source="New", based_on=1)
    client.force_login(ben)
    assert f'href="/posts/{post.public_id}/revisions"' in page(client, question)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.DISCUSSION])
def test_number_of_queries_does_not_grow_with_posts(
    client: Client,
    space: Space,
    ada: User,
    ben: User,
    mia: User,
    rows: int,
    kind: Kind,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fragments, "SECONDS", 10**9)
    topic = make_topic(space, by=ada, kind=kind, tags=["a", "b", "c"][:rows])
    for _ in range(rows):
        if kind == Kind.QUESTION:
            post = make_answer(topic, by=ben)
        else:
            post = make_reply(topic, by=ben, reply_to=opening(topic))
        make_comment(post, by=mia)
        cast_vote(post, by=ada, value=1)
        other = make_topic(space, by=mia)
        TopicLink.objects.create(source=topic, target=other, kind=TopicLink.Kind.RELATED)
        close_topic(topic, by=mia, reason="x")
        reopen_topic(topic, by=mia)
    client.force_login(ada)
    with django_assert_num_queries(15):
        html = page(client, topic)
    with django_assert_num_queries(10):
        assert shown(page(client, topic)) == shown(html)
    assert shown(html) == [
        1,
        *Post.objects.filter(topic=topic, kind__in=["answer", "reply"])
        .order_by("number")
        .values_list("number", flat=True),
    ]


def test_huge_numbers_are_missing_posts(client: Client, question: Topic, ada: User) -> None:
    client.force_login(ada)
    assert client.get(f"/t/{question.public_id}/p/{10**30}").status_code == 404
    post = opening(question).public_id
    assert client.get(f"/posts/{post}/revisions/{10**30}").status_code == 404


def test_kept_fragments_never_show_one_person_what_another_may_see(
    client: Client, question: Topic, ada: User, ben: User, mia: User
) -> None:
    answer = make_answer(question, by=ben, source="Canary")
    client.force_login(ada)
    assert "Canary" in page(client, question)
    remove_post(answer, by=ben)
    seen = []
    for person in (mia, ben, ada, mia, ada):
        client.force_login(person)
        seen.append("Canary" in page(client, question))
    assert seen == [True, True, False, True, False]


def test_versions_show_present_names_and_load_two_texts(
    client: Client, question: Topic, ada: User, ben: User
) -> None:
    post = opening(question)
    for version in (1, 2, 3):
        edit_post(post, by=ada, source=f"Text {version}", based_on=version)
    User.objects.filter(pk=ada.pk).update(name="Adeline")
    client.force_login(ben)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/posts/{post.public_id}/revisions/3").content.decode()
    assert page.count(" Adeline") == 5
    loading = [query["sql"] for query in queries if '_revision"."source"' in query["sql"]]
    assert len(loading) == 1
