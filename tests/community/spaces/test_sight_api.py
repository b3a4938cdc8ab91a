"""Changing who may read a space, for programs."""

from community.accounts.models import User
from community.spaces.models import Space
from tests.factories.community import add_member
from tests.factories.tokens import Program

ADDRESS = "/spaces/workshop/visibility"


def test_owner_looks_at_what_a_change_means_and_confirms_it(
    space: Space, mia: User, zed: User
) -> None:
    program = Program(mia)
    seen = program.get(f"{ADDRESS}?to=closed").json()
    assert seen["gains"] == {"count": 0, "people": []}
    assert zed.handle in [person["handle"] for person in seen["losses"]["people"]]
    assert seen["losses"]["count"] == len(seen["losses"]["people"])

    changed = program.ask("PUT", ADDRESS, {"to": "closed", "seen": seen["mark"]})

    assert (changed.status_code, changed.json()["visibility"]) == (200, "closed")
    assert Program(zed).get("/spaces/workshop").json()["inside"] is None


def test_change_that_was_not_looked_at_is_refused(space: Space, mia: User, ada: User) -> None:
    program = Program(mia)
    mark = program.get(f"{ADDRESS}?to=secret").json()["mark"]
    add_member(space, ada, actor=mia)
    for seen in (mark, "x"):
        refused = program.ask("PUT", ADDRESS, {"to": "secret", "seen": seen})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "#/seen")
    wrong = program.get(f"{ADDRESS}?to=public")
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (400, "to")
    space.refresh_from_db()
    assert space.visibility == "open"


def test_others_look_at_nothing(space: Space, secret: Space, zed: User, ada: User) -> None:
    add_member(space, ada, actor=None)
    assert Program(ada).get(f"{ADDRESS}?to=closed").status_code == 403
    assert Program(ada).ask("PUT", ADDRESS, {"to": "closed", "seen": "x"}).status_code == 403
    hidden = Program(zed).get("/spaces/cellar/visibility?to=open")
    missing = Program(zed).get("/spaces/nowhere/visibility?to=open")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
