"""An answer of the API to a guest names only people whom the guest sees."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.accounts.shapes import person_shape
from community.guests.names import data_as_told_to
from community.http.api.strings import Handle, Html
from community.spaces.membership import invite_to_space
from community.spaces.models import Visibility
from discussions.topics.models import Topic
from tests.factories.community import make_space
from tests.factories.discussions import make_answer, make_comment
from tests.factories.tokens import Program


@pytest.fixture
def answered(question: Topic, mia: User, zed: User) -> Topic:
    """Ada and Zed write in an open space without being members; Mia is one."""
    answer = make_answer(question, by=mia, source="As @zed says, and [I](/p/mia).")
    make_comment(answer, by=zed)
    return question


def test_handles_and_links_of_people_whom_a_guest_does_not_see_are_left_out(
    answered: Topic, gil: User, ada: User
) -> None:
    address = f"/topics/{answered.public_id}"
    told, whole = Program(gil).get(address).json(), Program(ada).get(address).json()

    (answer,) = told["posts"]
    assert (told["author"], told["byline"], told["opening"]["author"]) == (None, "Ada", None)
    assert answer["author"] == "mia"
    assert answer["comments"][0]["author"] is None
    assert "As @zed says" in answer["html"]
    assert '<a href="/p/mia">I</a>' in answer["html"]
    assert "/p/zed" not in answer["html"]

    (answer,) = whole["posts"]
    assert (whole["author"], answer["comments"][0]["author"]) == ("ada", "zed")
    assert "/p/zed" in answer["html"]


def test_what_the_pages_own_scripts_get_is_told_the_same(
    client: Client, answered: Topic, gil: User
) -> None:
    client.force_login(gil)
    told = client.get("/api/v1/topics").json()["results"]
    assert [topic["author"] for topic in told] == [None]


def test_owners_of_a_space_that_a_guest_is_only_invited_to_are_left_out(
    gil: User, mia: User, ada: User
) -> None:
    vault = make_space("Vault", owner=ada, visibility=Visibility.CLOSED)
    invite_to_space(vault, gil, by=ada)
    program = Program(gil)

    assert program.get(f"/spaces/{vault.slug}").json()["owners"] == []
    (invitation,) = program.get("/me/invitations").json()["results"]
    assert (invitation["by"], invitation["person"]["handle"]) == (None, "gil")


def test_answers_keep_who_a_guest_sees_and_what_names_nobody(gil: User, mia: User) -> None:
    data = {"people": [Handle("mia"), Handle("gil"), Handle("zed")], "by": person_shape(mia)}
    typed = "[zed](/p/zed)", '<a href="/p/zed">Zed</a>'
    assert data_as_told_to(gil, data | {"source": typed[0], "excerpt": typed[1]}) == {
        "people": ["mia", "gil"],
        "by": person_shape(mia),
        "source": typed[0],
        "excerpt": typed[1],
    }


@pytest.mark.parametrize(("people", "queries"), [(0, 0), (1, 1), (3, 1)])
def test_guest_pays_one_query_for_all_people_of_an_answer(
    gil: User, people: int, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    handles = [Handle(f"one-{number}") for number in range(people)]
    links = Html("".join(f'<a href="/p/{handle}">One</a>' for handle in handles))
    with django_assert_num_queries(queries):
        told = data_as_told_to(gil, {"author": Handle("gil"), "people": handles, "html": links})
    assert told == {"author": "gil", "people": [], "html": "One" * people}
