"""Tags, for programs."""

from collections.abc import Callable

from community.accounts.models import User
from community.spaces.models import Space
from discussions.topics.models import Topic
from tests.factories.discussions import make_topic
from tests.factories.tokens import Program


def test_tags_are_listed_by_use(
    ada: User, question: Topic, handle_events: Callable[[], None]
) -> None:
    make_topic(question.space, by=ada, tags=["vpn"])
    handle_events()
    program = Program(ada)

    found = program.get("/tags").json()["results"]

    assert found == [{"name": "vpn", "topic_count": 2}, {"name": "networks", "topic_count": 1}]
    assert program.get("/tags?q=NET&space=workshop").json()["results"] == found[1:]
    assert program.get("/tags?space=nowhere").status_code == 404


def test_tag_of_a_secret_space_is_missing_elsewhere(ada: User, zed: User, secret: Space) -> None:
    make_topic(secret, by=ada, tags=["hidden"])

    assert Program(ada).get("/tags/hidden").status_code == 200
    assert Program(zed).get("/tags/hidden").status_code == 404
    assert Program(zed).ask("PUT", "/tags/hidden/preference", {"level": "mute"}).status_code == 404


def test_tag_is_followed_and_described(ada: User, admin: User, question: Topic) -> None:
    program, sent = Program(ada), {"source": "Tunnels."}

    assert program.ask("PUT", "/tags/vpn/preference", {"level": "follow"}).status_code == 200
    tag, path = program.get("/tags/vpn").headers["ETag"], "/tags/vpn/description"
    assert program.ask("PUT", path, sent, if_match=tag).status_code == 403
    assert Program(admin).ask("PUT", path, sent, if_match=tag).status_code == 200
    assert Program(admin).ask("PUT", path, {"source": "x"}, if_match=tag).status_code == 412

    found = program.get("/tags/vpn").json()
    assert (found["preference"], found["description"]) == ("follow", "Tunnels.")
    assert program.ask("DELETE", "/tags/vpn/preference").status_code == 204
    assert program.get("/tags/vpn").json()["preference"] is None
