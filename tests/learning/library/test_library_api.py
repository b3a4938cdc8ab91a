"""The Library, for programs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.spaces.models import Space
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.files import add_version, set_captions
from discussions.resources.keeping import Details
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.topics.models import Kind
from tests.factories.community import add_member
from tests.factories.discussions import make_link, make_shared_file, make_topic
from tests.factories.files import make_file, make_film
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def titles(person: User, query: str = "") -> list[str]:
    answer = Program(person).get(f"/library{query}")
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["results"]]


def test_row_is_what_the_resource_itself_says(space: Space, ada: User, ben: User) -> None:
    details = Details(minutes=5, level="expert", language="de")
    topic = make_link(space, by=ada, title="Tunnels", tags=["vpn", "maps"], details=details)
    use_resource(topic, by=ben)
    rate_resource(topic, by=ben, stars=4)
    program = Program(ada)

    [row] = program.get("/library").json()["results"]

    whole = program.get(f"/resources/{topic.public_id}").json()
    assert row == {name: whole[name] for name in whole.keys() - {"is_used", "my_rating"}} | {
        "reason": None
    }
    assert (row["title"], row["tags"], row["author"]) == ("Tunnels", ["vpn", "maps"], "ada")
    assert (row["used_count"], row["rating"], row["level"]) == (1, 4.0, "expert")


def test_file_is_its_newest_version_and_a_video_has_captions(space: Space, ada: User) -> None:
    sheet = make_shared_file(space, by=ada, title="Sheet", file=make_file(ada, name="costs.txt"))
    newer = make_file(ada, b"x" * 2_048, "rates.txt")
    add_version(sheet, by=ada, file=newer.public_id, note="For 2026")
    film = make_shared_file(space, by=ada, title="Film", file=make_film(ada))
    for language in ("en", "de"):
        content = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"
        set_captions(film, by=ada, language=language, content=content)
    program = Program(ada)

    [shown] = program.get("/library?show=files").json()["results"]
    [played] = program.get("/library?show=videos").json()["results"]

    assert shown["file"] == program.get(f"/resources/{sheet.public_id}").json()["file"]
    assert (shown["file"]["number"], shown["file"]["by"], shown["file"]["file"]["size"]) == (
        2,
        "ada",
        2_048,
    )
    assert (played["title"], played["captions"], played["link"]) == ("Film", ["de", "en"], None)


def test_filters_narrow_and_are_told_when_wrong(
    space: Space, closed: Space, ada: User, handle_events: Any
) -> None:
    details = Details(minutes=5, level="expert", language="de")
    make_link(space, by=ada, title="A link", tags=["routers"], details=details)
    make_topic(closed, by=ada, kind=Kind.ARTICLE, title="Know-how")
    handle_events()

    assert titles(ada) == ["Know-how", "A link"]
    assert titles(ada, "?show=know-how") == ["Know-how"]
    for query in ("show=links", "q=LINK", "tag=Routers", "space=workshop", "level=expert"):
        assert titles(ada, f"?{query}") == ["A link"], query
    assert titles(ada, "?language=de&show=for-you") == ["A link"]
    assert titles(ada, "?language=fr") == []
    for name in ("show", "sort", "level", "language", "kind", "limit"):
        refused = Program(ada).get(f"/library?{name}=nonsense")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, name)
    assert Program(ada).get("/library?after=x").status_code == 400


def test_orders_are_by_time_use_and_rating_over_pages(space: Space, ada: User, ben: User) -> None:
    old, new = (make_link(space, by=ada, title=title) for title in ("Old", "New"))
    use_resource(old, by=ben)
    rate_resource(new, by=ben, stars=1)
    program = Program(ada)

    for sort, wanted in [
        ("newest", ["New", "Old"]),
        ("used", ["Old", "New"]),
        ("rated", ["Old", "New"]),
    ]:
        first = program.get(f"/library?sort={sort}&limit=1").json()
        second = program.get(first["next"].partition("/api/v1")[2]).json()
        assert [page["results"][0]["title"] for page in (first, second)] == wanted
        assert second["next"] is None


def test_for_you_is_of_followed_tags_and_own_spaces_with_the_reason(
    space: Space, ada: User, zed: User
) -> None:
    make_link(space, by=ada, title="Followed", tags=["vpn"])
    make_link(space, by=ada, title="Other", tags=["lifts"])
    assert titles(zed, "?show=for-you") == []
    prefer_tag(Tag.objects.get(name="vpn"), by=zed, level=TagPreference.Level.FOLLOW)
    program = Program(zed)

    def reasons() -> dict[str, str]:
        rows = program.get("/library?show=for-you").json()["results"]
        return {row["title"]: row["reason"] for row in rows}

    assert reasons() == {"Followed": "You follow vpn"}
    add_member(space, zed, actor=None)
    assert reasons() == {"Followed": "You follow vpn", "Other": "In your space Workshop"}
    prefer_tag(Tag.objects.get(name="lifts"), by=zed, level=TagPreference.Level.MUTE)
    assert reasons() == {"Followed": "You follow vpn"}
    assert titles(ada, "?show=for-you") == []


def test_stranger_guest_and_nobody_find_nothing_hidden(
    space: Space, closed: Space, secret: Space, ada: User, zed: User, gil: User
) -> None:
    make_link(closed, by=ada, title="Hidden", tags=["hidden"])
    make_link(secret, by=ada, title="Deep", tags=["deep"])
    make_link(space, by=ada, title="Open")
    assert titles(ada) == ["Open", "Deep", "Hidden"]
    assert titles(zed) == titles(gil) == ["Open"]

    for hidden in ("space=cellar", "tag=deep"):
        found, missing = (
            Program(zed).get(f"/library?{query}")
            for query in (hidden, hidden.partition("=")[0] + "=zzzzzz")
        )
        assert (found.status_code, found.content) == (404, missing.content)
    assert Program(zed).get("/library?space=backroom").status_code == 403
    assert Program(gil).get("/library?space=backroom").status_code == 404
    assert Program(ada, "discussions:read").get("/library").status_code == 403
    assert Client().get("/api/v1/library").status_code == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_library_costs_the_same_with_more_rows(
    space: Space,
    ada: User,
    ben: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add_member(space, ben, actor=None)
    for _ in range(rows):
        make_link(space, by=ada, tags=["vpn", "networks"])
        make_shared_file(space, by=ada, file=make_film(ada))
    program = Program(ben)
    with django_assert_num_queries(5):
        assert len(program.get("/library").json()["results"]) == 2 * rows
    with django_assert_num_queries(6):
        program.get("/library?show=for-you")
