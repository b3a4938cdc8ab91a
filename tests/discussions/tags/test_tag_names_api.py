"""Names of tags, for programs of those who look after them."""

from typing import Any

import pytest

from community.accounts.models import User
from community.spaces.models import Space
from discussions.tags.models import Tag
from discussions.topics.models import Topic
from tests.factories.discussions import make_topic
from tests.factories.tokens import Program

pytestmark = pytest.mark.slow


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [error["pointer"] for error in answer.json()["errors"]]


def test_synonym_means_the_tag_until_it_is_taken_away(admin: User, question: Topic) -> None:
    program = Program(admin)

    added = program.ask("POST", "/tags/vpn/synonyms", {"name": "Tunnel"})
    again = program.ask("POST", "/tags/vpn/synonyms", {"name": "tunnel"})

    assert (added.status_code, added.json()) == (200, again.json())
    assert added.json()["synonyms"] == ["tunnel"]
    assert program.get("/tags/tunnel").json()["name"] == "vpn"
    assert pointers(program.ask("POST", "/tags/vpn/synonyms", {"name": "networks"})) == ["#/name"]
    assert program.ask("DELETE", "/tags/vpn/synonyms/tunnel").status_code == 204
    assert program.get("/tags/tunnel").status_code == 404


def test_renamed_tag_keeps_its_former_name_as_a_synonym(admin: User, question: Topic) -> None:
    renamed = Program(admin).ask("PUT", "/tags/vpn/name", {"name": "tunnels"}).json()

    assert (renamed["name"], renamed["synonyms"]) == ("tunnels", ["vpn"])
    assert pointers(Program(admin).ask("PUT", "/tags/vpn/name", {"name": " "})) == ["#/name"]


def test_restricted_tag_is_for_moderators(admin: User, ada: User, question: Topic) -> None:
    program = Program(admin)

    assert program.ask("PUT", "/tags/vpn/restriction").status_code == 204
    assert Program(ada).get("/tags/vpn").json()["moderators_only"] is True
    sent = {"space": "workshop", "kind": "question", "title": "T", "source": "S", "tags": ["vpn"]}
    assert pointers(Program(ada).ask("POST", "/topics", sent)) == ["#/tags"]
    assert program.ask("DELETE", "/tags/vpn/restriction").status_code == 204
    assert Program(ada).ask("POST", "/topics", sent).status_code == 201


def test_merge_is_looked_at_and_then_done(admin: User, ada: User, question: Topic) -> None:
    make_topic(question.space, by=ada, tags=["tunnels"])
    program = Program(admin)

    seen = program.get("/tags/tunnels/merge?into=vpn").json()
    merged = program.ask("POST", "/tags/tunnels/merge", {"into": "vpn"}).json()

    assert (seen["tag"], seen["into"], seen["more_spaces"]) == ("tunnels", "vpn", 0)
    assert (merged["name"], merged["synonyms"]) == ("vpn", ["tunnels"])
    assert list(Tag.objects.filter(name="tunnels")) == []
    assert pointers(program.ask("POST", "/tags/networks/merge", {"into": "none"})) == ["#/into"]
    assert pointers(program.ask("POST", "/tags/vpn/merge", {"into": "vpn"})) == ["#/into"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "name", {"name": "other"}),
        ("POST", "synonyms", {"name": "other"}),
        ("DELETE", "synonyms/other", None),
        ("PUT", "restriction", None),
        ("DELETE", "restriction", None),
        ("GET", "merge?into=networks", None),
        ("POST", "merge", {"into": "networks"}),
    ],
)
def test_others_are_refused_and_strangers_find_no_tag(
    ada: User, zed: User, question: Topic, secret: Space, method: str, path: str, body: Any
) -> None:
    make_topic(secret, by=ada, tags=["hidden"])

    assert Program(ada).ask(method, f"/tags/vpn/{path}", body).status_code == 403
    hidden = Program(zed).ask(method, f"/tags/hidden/{path}", body)
    missing = Program(zed).ask(method, f"/tags/nowhere/{path}", body)
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert Tag.objects.filter(name="vpn", moderators_only=False).exists()
