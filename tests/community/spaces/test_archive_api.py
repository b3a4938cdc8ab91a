"""Archiving, for programs."""

from community.accounts.models import User
from community.spaces.models import Space
from tests.factories.tokens import Program


def test_owner_archives_a_space_and_puts_it_to_use_again(
    space: Space, mia: User, ada: User
) -> None:
    topic = {"space": "workshop", "kind": "question", "title": "T", "source": "S", "tags": ["vpn"]}
    program = Program(mia)

    stored = program.ask("PUT", "/spaces/workshop/archival")

    assert stored.json()["inside"]["archived_at"] is not None
    assert stored.json() == program.ask("PUT", "/spaces/workshop/archival").json()
    assert Program(ada).ask("POST", "/topics", topic).status_code == 403
    back = program.ask("DELETE", "/spaces/workshop/archival")
    assert (back.status_code, back.json()["inside"]["archived_at"]) == (200, None)
    assert Program(ada).ask("POST", "/topics", topic).status_code == 201


def test_others_archive_nothing(space: Space, secret: Space, zed: User, ada: User) -> None:
    for method in ("PUT", "DELETE"):
        assert Program(ada).ask(method, "/spaces/workshop/archival").status_code == 403
        hidden = Program(zed).ask(method, "/spaces/cellar/archival")
        missing = Program(zed).ask(method, "/spaces/nowhere/archival")
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    space.refresh_from_db()
    assert space.archived_at is None
