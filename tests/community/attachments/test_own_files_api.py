"""One's own files, for programs."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.attachments.actions import attach
from community.files.models import File
from community.photos.showing import show_photo
from community.spaces.membership import leave_space
from community.spaces.models import Space
from discussions.answers.actions import remove_post
from tests.factories.discussions import make_shared_file, make_topic, opening
from tests.factories.files import make_file, make_picture
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def named(file: File) -> str:
    return f"See [it]({file.get_absolute_url()})."


def places(person: User) -> dict[str, list[tuple[str, str | None]]]:
    rows = Program(person).get("/me/files").json()["results"]
    return {row["name"]: [(one["kind"], one["url"]) for one in row["hangs_on"]] for row in rows}


def test_files_are_listed_with_what_they_hang_on_and_what_is_taken(
    space: Space, ada: User, ben: User, settings: Settings
) -> None:
    settings.MAX_PERSON_FILE_BYTES = 50_000
    loose, twice, shared = (make_file(ada, name=f"{name}.txt") for name in ("a", "b", "c"))
    photo = make_picture(ada, name="me.png")
    make_file(ben, name="bens.txt")
    posts = [opening(make_topic(space, by=ada, source=named(twice))) for _number in range(2)]
    topic = make_shared_file(space, by=ada, file=shared)
    show_photo(ada, photo)
    program = Program(ada)

    answer = program.get("/me/files").json()

    assert places(ada) == {
        "me.png": [("person", "/p/ada")],
        "c.txt": [("resource", topic.get_absolute_url())],
        "b.txt": [("post", post.get_absolute_url()) for post in posts],
        "a.txt": [],
    }
    told = program.get(f"/files/{loose.public_id}").json()
    assert answer["results"][-1] == told | {"hangs_on": []}
    sizes = sum(file.size for file in (loose, twice, shared, photo))
    assert (answer["used"], answer["limit"], answer["next"]) == (sizes, 50_000, None)


def test_what_one_cannot_read_any_more_has_no_address(
    closed: Space, secret: Space, ada: User, mia: User
) -> None:
    files = [make_file(ada, name=f"{name}.txt") for name in ("a", "b")]
    removed = make_topic(closed, by=ada, source=named(files[0]))
    make_topic(secret, by=ada, source=named(files[1]))
    assert all(url for found in places(ada).values() for _kind, url in found)
    remove_post(opening(removed), by=mia)
    leave_space(secret, by=ada)
    assert places(ada) == {"b.txt": [("post", None)], "a.txt": [("post", None)]}


def test_pages_follow_each_other(ada: User) -> None:
    for name in ("a", "b", "c"):
        make_file(ada, name=f"{name}.txt")
    program = Program(ada)
    first = program.get("/me/files?limit=2").json()
    second = program.get(first["next"].partition("/api/v1")[2]).json()
    names = [row["name"] for page in (first, second) for row in page["results"]]
    assert (names, second["next"]) == (["c.txt", "b.txt", "a.txt"], None)
    assert first["used"] == second["used"] == 39
    for query, parameter in [("limit=0", "limit"), ("q=x", "q")]:
        refused = program.get(f"/me/files?{query}")
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, parameter)
    assert program.get("/me/files?after=x").status_code == 400


def test_loose_file_is_deleted_with_its_content_and_makes_room(ada: User) -> None:
    file, other = make_picture(ada), make_file(ada)
    program, path = Program(ada), f"/me/files/{file.public_id}"
    assert program.ask("DELETE", path).status_code == 204
    assert [name for name in file.stored_names() if default_storage.exists(name)] == []
    assert default_storage.exists(other.stored_as)
    assert program.get("/me/files").json()["used"] == other.size
    assert program.ask("DELETE", path).status_code == 404


def test_file_that_hangs_on_something_stays(space: Space, ada: User) -> None:
    file = make_file(ada)
    topic = make_topic(space, by=ada, source=named(file))
    path = f"/me/files/{file.public_id}"
    assert Program(ada).ask("DELETE", path).status_code == 403
    remove_post(opening(topic), by=ada)
    assert Program(ada).ask("DELETE", path).status_code == 403
    assert (File.objects.count(), default_storage.exists(file.stored_as)) == (1, True)


def test_others_neither_see_nor_delete_it(
    space: Space, ada: User, ben: User, gil: User, admin: User
) -> None:
    loose, hung = make_file(ada), make_file(ada)
    make_topic(space, by=ada, source=named(hung))
    for person in (ben, gil, admin):
        program = Program(person)
        assert program.get("/me/files").json()["results"] == []
        for file in (loose, hung):
            refused = program.ask("DELETE", f"/me/files/{file.public_id}")
            missing = program.ask("DELETE", "/me/files/zzzzzzzzzz")
            assert (refused.status_code, refused.content) == (404, missing.content)
    assert Client().get("/api/v1/me/files").status_code == 401
    assert Client().delete(f"/api/v1/me/files/{loose.public_id}").status_code == 401
    reads = Program(ada, "discussions:read")
    assert reads.ask("DELETE", f"/me/files/{loose.public_id}").status_code == 403
    assert File.objects.count() == 2


def test_file_on_a_thing_of_an_unknown_kind_is_no_error(ada: User) -> None:
    file = make_file(ada)
    attach([file.public_id], by=ada, kind="nothing", object_id=1)
    assert places(ada) == {"notes.txt": [("nothing", None)]}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_with_more_files(
    space: Space, ada: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_file(ada, name=f"loose {number}.txt")
        make_topic(space, by=ada, source=named(make_file(ada)))
        make_shared_file(space, by=ada, title=f"Shared {number}")
    program = Program(ada)
    with django_assert_num_queries(6):
        assert len(program.get("/me/files").json()["results"]) == 3 * rows
