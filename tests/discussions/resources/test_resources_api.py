"""Sharing, describing, using and rating, for programs."""

from typing import Any

import pytest

from community.accounts.models import User
from community.http.api.etags import tag_of
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.factories.discussions import make_link, make_shared_file
from tests.factories.files import make_file, make_film
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow

FILE = {"space": "workshop", "source": "Read it.", "tags": ["vpn"]}
LINK = FILE | {"url": "https://example.org/tunnels?utm_source=x"}


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [error["pointer"] for error in answer.json()["errors"]]


def test_link_is_shared_once_and_read_as_a_topic(space: Space, ada: User) -> None:
    program = Program(ada)
    sent = LINK | {"title": "Tunnels", "source": "Read *this*.", "minutes": 5, "level": "expert"}

    shared = program.ask("POST", "/resources/links", sent, idempotency_key="k")
    again = program.ask("POST", "/resources/links", sent | {"again": True}, idempotency_key="j")
    other = program.ask("POST", "/resources/links", sent)

    found = shared.json()
    assert (shared.status_code, again.status_code, pointers(other)) == (201, 201, ["#/again"])
    assert shared["Location"] == f"/api/v1/resources/{found['id']}"
    assert found["link"]["url"] == "https://example.org/tunnels"
    assert (found["kind"], found["minutes"], found["level"]) == ("link", 5, "expert")
    assert (found["file"], found["rating"], found["my_rating"]) == (None, None, None)
    assert program.get(f"/resources/{found['id']}").json() == found
    assert program.get(f"/topics/{found['id']}").json()["title"] == "Tunnels"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"url": "nowhere"}, "#/url"),
        ({"space": "cellar"}, "#/space"),
        ({"minutes": 0}, "#/minutes"),
        ({"level": "mute"}, "#/level"),
        ({"language": "tlh"}, "#/language"),
        ({"tags": []}, "#/tags"),
        ({"source": ""}, "#/source"),
    ],
)
def test_wrong_field_of_a_link_is_pointed_at(
    space: Space, secret: Space, zed: User, wrong: dict[str, Any], pointer: str
) -> None:
    assert pointers(Program(zed).ask("POST", "/resources/links", LINK | wrong)) == [pointer]
    assert not Topic.objects.exists()


def test_file_is_shared_and_a_newer_one_takes_its_place(space: Space, ada: User, ben: User) -> None:
    first, second = make_file(ada), make_file(ada, name="later.txt")
    program = Program(ada)

    foreign = Program(ben).ask("POST", "/resources/files", FILE | {"file": first.public_id})
    shared = program.ask("POST", "/resources/files", FILE | {"file": first.public_id}).json()
    path = f"/resources/{shared['id']}"
    newer = {"file": second.public_id, "note": "For 2026"}
    put = program.ask("POST", f"{path}/versions", newer, idempotency_key="k")
    again = program.ask("POST", f"{path}/versions", newer, idempotency_key="k")

    assert pointers(foreign) == ["#/file"]
    assert (shared["title"], shared["file"]["file"]["id"]) == ("notes", first.public_id)
    found = put.json()
    assert (found["number"], found["note"], found["by"]) == (2, "For 2026", "ada")
    assert program.get(put["Location"].removeprefix("/api/v1")).json() == found == again.json()
    back = program.ask("POST", f"{path}/versions/1/return").json()
    assert (back["number"], back["file"]["id"]) == (3, first.public_id)
    listed = program.get(f"{path}/versions").json()["results"]
    assert [one["number"] for one in listed] == [3, 2, 1]
    own = {"file": make_file(ben).public_id}
    assert Program(ben).ask("POST", f"{path}/versions", own).status_code == 403


def test_details_are_changed_on_what_was_read_only(space: Space, ada: User, ben: User) -> None:
    topic, program = make_link(space, by=ada), Program(ada)
    path = f"/resources/{topic.public_id}"
    tag = program.get(path).headers["ETag"]
    edit = {"minutes": 9, "url": "https://example.org/other"}

    assert Program(ben).ask("PATCH", path, edit, if_match=tag).status_code == 403
    assert program.ask("PATCH", path, edit).status_code == 428
    changed = program.ask("PATCH", path, edit, if_match=tag)
    late = program.ask("PATCH", path, {"minutes": 1}, if_match=tag)

    assert (changed.status_code, late.status_code) == (200, 412)
    found = program.get(path)
    assert (found.json()["minutes"], found.json()["link"]["url"]) == (9, edit["url"])
    assert found.headers["ETag"] == tag_of(found.content, 2) == changed.headers["ETag"]
    file = make_shared_file(space, by=ada, file=make_file(ada), title="Notes", tags=["vpn"])
    wrong = program.ask("PATCH", f"/resources/{file.public_id}", edit, if_match="*")
    assert pointers(wrong) == ["#/url"]


def test_use_and_rating_are_given_and_taken_back(space: Space, ada: User, ben: User) -> None:
    path, program = f"/resources/{make_link(space, by=ada).public_id}", Program(ben)

    assert program.ask("PUT", f"{path}/use").status_code == 204
    rated = program.ask("PUT", f"{path}/rating", {"stars": 4, "sentence": "Good."}).json()
    assert (rated["person"], rated["stars"]) == ("ben", 4)
    found = program.get(path).json()
    assert (found["used_count"], found["is_used"], found["rating"]) == (1, True, 4.0)
    assert found["my_rating"] == rated
    assert Program(ada).get(f"{path}/ratings").json()["results"] == [rated]
    assert Program(ada).get(path).json()["my_rating"] is None
    assert Program(ada).ask("PUT", f"{path}/rating", {"stars": 5}).status_code == 403
    assert pointers(program.ask("PUT", f"{path}/rating", {"stars": 6})) == ["#/stars"]

    assert program.ask("DELETE", f"{path}/use").status_code == 204
    assert program.ask("DELETE", f"{path}/rating").status_code == 204
    found = program.get(path).json()
    assert (found["used_count"], found["is_used"], found["rating"]) == (0, False, None)


def test_film_has_captions_in_languages(space: Space, ada: User) -> None:
    film = make_shared_file(space, by=ada, file=make_film(ada), title="Film", tags=["vpn"])
    program, path = Program(ada), f"/resources/{film.public_id}"
    said = {"captions": "1\n00:00:01,000 --> 00:00:02,000\nHello\n"}

    given = program.ask("PUT", f"{path}/captions/en", said).json()

    assert given["captions"] == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"
    assert program.get(f"{path}/captions/en").json() == given
    assert program.get(path).json()["captions"] == ["en"]
    assert pointers(program.ask("PUT", f"{path}/captions/en", {"captions": ""})) == ["#/captions"]
    assert pointers(program.ask("PUT", f"{path}/captions/xx", said)) == ["#/language"]
    assert program.ask("DELETE", f"{path}/captions/en").status_code == 204
    assert program.get(f"{path}/captions/en").status_code == 404


def test_stranger_meets_a_hidden_resource_as_a_missing_one(
    closed: Space, ada: User, zed: User
) -> None:
    path, stranger = f"/resources/{make_link(closed, by=ada).public_id}", Program(zed)
    assert Program(ada).get(path).status_code == 200

    for method, end, body in [
        ("GET", "", None),
        ("GET", "/ratings", None),
        ("GET", "/versions", None),
        ("PATCH", "", {"minutes": 3}),
        ("PUT", "/use", None),
        ("PUT", "/rating", {"stars": 1}),
        ("DELETE", "/rating", None),
    ]:
        hidden = stranger.ask(method, path + end, body, if_match="*")
        missing = stranger.ask(method, f"/resources/2222222222{end}", body, if_match="*")
        assert (hidden.status_code, hidden.content) == (404, missing.content)
