"""Moving topics, for programs."""

from typing import Any

from community.accounts.models import User
from community.spaces.models import Space, Visibility
from discussions.topics.models import Topic
from tests.factories.community import add_member, make_space
from tests.factories.tokens import Program


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [error["pointer"] for error in answer.json()["errors"]]


def test_moderator_looks_at_a_move_and_confirms_it(
    question: Topic, closed: Space, mia: User, ada: User, zed: User
) -> None:
    program, path = Program(mia), f"/topics/{question.public_id}/move"

    seen = program.get(f"{path}?to={closed.slug}").json()

    assert seen["to"]["slug"] == closed.slug
    assert seen["gains"] == {"count": 0, "people": []}
    assert "zed" in [person["handle"] for person in seen["losses"]["people"]]
    assert seen["losses"]["count"] == len(seen["losses"]["people"])
    assert seen["new_tags"] == ["vpn", "networks"]
    moved = program.ask("POST", path, {"to": closed.slug, "seen": seen["mark"]})
    assert moved.json()["space"]["slug"] == closed.slug
    assert Program(zed).get(f"/topics/{question.public_id}").status_code == 404


def test_move_is_refused_where_somebody_came_since(
    question: Topic, closed: Space, mia: User, zed: User
) -> None:
    program, path = Program(mia), f"/topics/{question.public_id}/move"
    mark = program.get(f"{path}?to={closed.slug}").json()["mark"]
    add_member(closed, zed, actor=None)

    late = program.ask("POST", path, {"to": closed.slug, "seen": mark})

    assert pointers(late) == ["#/seen"]
    question.refresh_from_db()
    assert question.space.slug == "workshop"


def test_move_is_for_moderators_and_to_places_they_may_write_in(
    question: Topic, mia: User, ada: User, zed: User, ben: User
) -> None:
    path = f"/topics/{question.public_id}/move"
    bens = make_space("Shed", owner=ben, visibility=Visibility.SECRET)

    assert Program(zed).get(f"{path}?to=workshop").status_code == 403
    assert pointers(Program(mia).get(f"{path}?to={bens.slug}")) == ["#/to"]
    hidden, missing = ({"to": slug, "seen": ""} for slug in (bens.slug, "nowhere"))
    assert Program(mia).ask("POST", path, hidden).content == (
        Program(mia).ask("POST", path, missing).content
    )
    assert Program(ada).ask("POST", path, {"to": "workshop", "seen": ""}).status_code == 403
