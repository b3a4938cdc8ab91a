"""What somebody wrote, for programs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.actions import change_handle
from community.accounts.models import User
from community.http.api.shapes import written
from community.spaces.models import Space
from discussions.answers.actions import accept_answer, remove_post
from discussions.topics.models import Topic
from tests.factories.community import add_member, make_guest
from tests.factories.discussions import make_answer, make_comment, make_topic
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

BENS = "/people/ben/contributions"


def titles(person: User, query: str = "") -> list[str]:
    answer = Program(person).get(f"{BENS}{query}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def test_row_names_the_post_its_topic_and_what_became_of_it(
    question: Topic, ada: User, ben: User
) -> None:
    answer = make_answer(question, by=ben)
    acceptance = accept_answer(answer, by=ada)

    [row] = Program(ada).get(BENS).json()["results"]

    assert row == {
        "id": answer.public_id,
        "kind": "answer",
        "topic": question.public_id,
        "topic_kind": "question",
        "title": "Why does the tunnel drop?",
        "space": {"slug": "workshop", "name": "Workshop"},
        "created_at": written(answer.created_at),
        "up": 0,
        "down": 0,
        "accepted_at": written(acceptance.at),
        "url": answer.get_absolute_url(),
    }


def test_kinds_narrow_and_deleted_posts_are_gone(
    space: Space, question: Topic, ada: User, ben: User
) -> None:
    make_comment(make_answer(question, by=ben), by=ben)
    make_topic(space, by=ben, title="Own")
    remove_post(make_answer(make_topic(space, by=ada, title="Other"), by=ben), by=ben)
    tunnel = question.title
    found = {kind: titles(ada, f"?kind={kind}") for kind in ("topics", "answers", "comments")}
    assert found == {"topics": ["Own"], "answers": [tunnel], "comments": [tunnel]}
    assert (titles(ada), titles(ada, "?kind=replies")) == (["Own", tunnel, tunnel], [])
    for name, value in [("kind", "openings"), ("limit", "0"), ("q", "x")]:
        refused = Program(ada).get(f"{BENS}?{name}={value}")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, name)


def test_others_are_shown_what_they_may_read(
    space: Space, closed: Space, secret: Space, ben: User, ada: User, zed: User, gil: User
) -> None:
    add_member(space, ben, actor=None)
    for place in (space, closed, secret):
        make_topic(place, by=ben, title=place.name)
    assert titles(ada) == ["Cellar", "Backroom", "Workshop"]
    assert titles(zed) == titles(gil) == ["Workshop"]
    assert Program(ada, "community:read").get(BENS).status_code == 403
    assert Client().get(f"/api/v1{BENS}").status_code == 401


def test_guest_finds_those_whom_they_may_know_of(
    space: Space, closed: Space, ada: User, ben: User, gil: User
) -> None:
    make_topic(closed, by=ben, title="Backroom")
    hidden, missing = (
        Program(gil).get(f"/people/{handle}/contributions") for handle in ("ben", "nobody")
    )
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    member = make_guest("Gus", spaces=(closed,))
    assert titles(member) == ["Backroom"]


def test_former_handle_leads_there_and_pages_follow(space: Space, ben: User, ada: User) -> None:
    for number in range(3):
        make_topic(space, by=ben, title=f"Topic {number}")
    change_handle(ben, "benjamin", by=ben)
    program = Program(ada)
    first = program.get(f"{BENS}?limit=2").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()
    found = [row["title"] for page in (first, second) for row in page["results"]]
    assert (found, second["next"]) == (["Topic 2", "Topic 1", "Topic 0"], None)


@pytest.mark.parametrize("rows", [1, 3])
def test_contributions_cost_the_same_with_more_rows(
    space: Space, ben: User, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_topic(space, by=ben)
    program = Program(ada)
    with django_assert_num_queries(3):
        assert len(program.get(BENS).json()["results"]) == rows
