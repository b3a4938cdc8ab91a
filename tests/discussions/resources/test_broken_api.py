"""Links that don't answer any more, for programs of who shared them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.http.api.shapes import written
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.resources.models import Link
from discussions.topics.models import Topic
from tests.factories.discussions import make_link
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

LIST = "/me/broken-links"
NOW = timezone.now()


def make_broken(space: Space, by: User, hours: int = 1) -> Topic:
    topic = make_link(space, by=by)
    since = NOW - timedelta(hours=hours)
    Link.objects.filter(resource__topic=topic).update(broken_since=since)
    return topic


def ids(person: User) -> list[str]:
    return [row["id"] for row in Program(person).get(LIST).json()["results"]]


def test_own_broken_links_are_listed_the_latest_first(space: Space, ada: User, ben: User) -> None:
    old, new = make_broken(space, ada, hours=9), make_broken(space, ada)
    make_broken(space, ben)
    make_link(space, by=ada)
    program = Program(ada)

    first = program.get(f"{LIST}?limit=1").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()

    assert first["results"] == [
        {
            "id": new.public_id,
            "title": new.title,
            "address": Link.objects.get(resource__topic=new).url,
            "broken_since": written(NOW - timedelta(hours=1)),
            "url": new.get_absolute_url(),
        }
    ]
    assert ([row["id"] for row in second["results"]], second["next"]) == ([old.public_id], None)
    address = "https://example.org/new"
    mended = program.ask("PATCH", f"/resources/{new.public_id}", {"url": address}, if_match="*")
    assert (mended.status_code, ids(ada)) == (200, [old.public_id])


def test_others_see_none_of_them_nor_does_who_left(
    secret: Space, space: Space, ada: User, ben: User, gil: User
) -> None:
    hidden, open_to_all = make_broken(secret, ada), make_broken(space, ada, hours=2)
    assert ids(ada) == [hidden.public_id, open_to_all.public_id]
    assert ids(ben) == ids(gil) == []
    leave_space(secret, by=ada)
    assert ids(ada) == [open_to_all.public_id]
    assert Program(ada, "learning:read").get(LIST).status_code == 403
    assert Client().get(f"/api/v1{LIST}").status_code == 401
    refused = Program(ada).get(f"{LIST}?show=all")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "show")
    assert Program(ada).get(f"{LIST}?after=x").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_with_more_rows(
    space: Space, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_broken(space, ada)
    program = Program(ada)
    with django_assert_num_queries(2):
        assert len(program.get(LIST).json()["results"]) == rows
