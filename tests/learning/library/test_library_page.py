"""The Library: what it shows to whom, by which filters and in which order."""

from typing import Any

import pytest
from django.test import Client

from community.accounts.models import User
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from discussions.resources.actions import rate_resource, use_resource
from discussions.resources.files import add_version, set_captions
from discussions.resources.keeping import Details
from discussions.resources.models import Link
from discussions.tags.actions import prefer_tag
from discussions.tags.models import Tag, TagPreference
from discussions.tags.tidying import add_synonym
from discussions.topics.models import Kind
from learning.library.listing import ROWS, Wish, library
from tests.factories.community import add_member
from tests.factories.discussions import make_link, make_shared_file, make_topic, opening
from tests.factories.files import make_file, make_film

pytestmark = pytest.mark.slow


def titles(viewer: User, **asked: str) -> list[str]:
    wish = Wish.of({"show": "all"} | asked)
    rows = library(viewer, wish).order_by(*wish.order.columns)
    return [row.topic.title for row in rows]


def page(client: Client, by: User, query: str = "") -> str:
    client.force_login(by)
    answer = client.get(f"/library{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_stranger_finds_nothing_of_a_closed_space(closed: Space, ada: User, zed: User) -> None:
    make_link(closed, by=ada, title="Hidden")
    assert titles(ada) == ["Hidden"]
    assert not closed.memberships.filter(person=zed).exists()
    assert titles(zed) == []
    assert titles(zed, space=closed.slug) == []


def test_questions_and_deleted_things_are_not_in_it(space: Space, ada: User) -> None:
    make_topic(space, by=ada, kind=Kind.QUESTION)
    remove_post(opening(make_link(space, by=ada)), by=ada)
    assert titles(ada) == []


def test_kinds_words_tag_space_level_and_language_narrow(
    space: Space, closed: Space, ada: User, handle_events: Any
) -> None:
    details = Details(minutes=5, level="expert", language="de")
    make_link(space, by=ada, title="A link", tags=["routers"], details=details)
    make_topic(closed, by=ada, kind=Kind.ARTICLE, title="Know-how")
    handle_events()
    assert titles(ada, show="links") == ["A link"]
    assert titles(ada, show="know-how") == ["Know-how"]
    for asked in (
        {"q": "LINK"},
        {"tag": "Routers"},
        {"space": space.slug},
        {"level": "expert"},
        {"language": "de"},
    ):
        assert titles(ada, **asked) == ["A link"], asked
    assert sorted(titles(ada, level="genius", language="xx", sort="odd")) == ["A link", "Know-how"]


def test_synonym_of_a_tag_finds_what_carries_the_tag(space: Space, ada: User) -> None:
    grant_capability(ada, Capability.TAGS, by=None)
    make_link(space, by=ada, title="A link", tags=["routers"])
    add_synonym(Tag.objects.get(name="routers"), by=ada, name="gateways")
    assert titles(ada, tag="gateways") == ["A link"]
    assert titles(ada, tag="none-such") == []


def test_orders_are_by_time_use_and_rating(space: Space, ada: User, ben: User) -> None:
    old, new = (make_link(space, by=ada, title=title) for title in ("Old", "New"))
    use_resource(old, by=ben)
    rate_resource(new, by=ben, stars=1)
    assert titles(ada) == ["New", "Old"]
    assert titles(ada, sort="used") == ["Old", "New"]
    assert titles(ada, sort="rated") == ["Old", "New"]


def test_for_you_is_of_followed_tags_and_own_spaces_with_the_reason(
    client: Client, space: Space, ada: User, zed: User
) -> None:
    make_link(space, by=ada, title="Followed", tags=["vpn"])
    make_link(space, by=ada, title="Other", tags=["lifts"])
    assert "Nothing for you yet" in page(client, zed)
    prefer_tag(Tag.objects.get(name="vpn"), by=zed, level=TagPreference.Level.FOLLOW)
    shown = page(client, zed)
    assert "You follow vpn" in shown
    assert "Other" not in shown
    add_member(space, zed, actor=None)
    assert "In your space Workshop" in page(client, zed)
    prefer_tag(Tag.objects.get(name="lifts"), by=zed, level=TagPreference.Level.MUTE)
    assert "Other" not in page(client, zed)


def test_own_things_stand_under_all_and_not_in_for_you(
    client: Client, space: Space, ada: User
) -> None:
    add_member(space, ada, actor=None)
    make_link(space, by=ada, title="Mine")
    assert "Mine" not in page(client, ada)
    assert "Mine" in page(client, ada, "?show=all")


def test_pages_neither_double_nor_drop(client: Client, space: Space, ada: User) -> None:
    for number in range(ROWS + 1):
        make_link(space, by=ada, title=f"Page {number:02}")
    first = page(client, ada, "?show=all")
    assert "Page 00" not in first
    assert f"Page {ROWS:02}" in first
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(client, ada, older)
    assert "Page 00" in second
    assert "Page 01" not in second


def test_author_of_a_broken_link_is_told(
    client: Client, space: Space, ada: User, ben: User
) -> None:
    topic = make_link(space, by=ada, title="Gone")
    Link.objects.update(broken_since=topic.created_at)
    assert "Yours to mend" in page(client, ada)
    assert "Yours to mend" not in page(client, ben)
    assert "Does not answer" in page(client, ben, "?show=all")


def test_file_tells_its_size_and_version_and_a_video_its_captions(
    client: Client, space: Space, ada: User
) -> None:
    sheet = make_shared_file(space, by=ada, title="Sheet", file=make_file(ada, name="costs.txt"))
    assert "Version" not in page(client, ada, "?show=files")
    add_version(sheet, by=ada, file=make_file(ada, b"x" * 2_048, "rates.txt").public_id, note="")
    film = make_shared_file(space, by=ada, title="Film", file=make_film(ada))
    assert "with captions" not in page(client, ada, "?show=videos")
    set_captions(film, by=ada, language="en", content=b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n")
    assert "with captions" in page(client, ada, "?show=videos")
    files = page(client, ada, "?show=files")
    assert "File, 2.0\xa0KB" in files
    assert "Version 2" in files


@pytest.mark.parametrize("query", ["?after=x", "?before=i1!i2", "?show=%FF&sort=1&level=2"])
def test_damaged_address_shows_the_first_page(
    client: Client, space: Space, ada: User, query: str
) -> None:
    make_link(space, by=ada, title="First")
    add_member(space, ada, actor=None)
    page(client, ada, query)


@pytest.mark.parametrize("rows", [1, 3])
def test_library_has_a_constant_number_of_queries(
    client: Client, space: Space, ada: User, ben: User, rows: int, django_assert_num_queries: Any
) -> None:
    add_member(space, ben, actor=None)
    for _ in range(rows):
        make_link(space, by=ada, tags=["vpn", "networks"])
    page(client, ben)
    with django_assert_num_queries(12):
        client.get("/library")
