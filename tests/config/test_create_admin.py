import io

import pytest
from django.core.management import CommandError, call_command

from community.accounts.models import User
from community.roles.models import Capability
from community.roles.queries import held_capabilities


def create(monkeypatch: pytest.MonkeyPatch, password: str, email: str = "ida@example.com") -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    said = io.StringIO()
    call_command("create_admin", email, name="Ida", stdout=said)
    return said.getvalue()


def test_admin_is_made_with_the_password_from_stdin(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = create(monkeypatch, "a bridge over cold water")

    admin = User.objects.get()
    assert said == "Ida signs in with ida@example.com.\n"
    assert admin.check_password("a bridge over cold water")
    assert held_capabilities(admin) == set(Capability.values)


@pytest.mark.parametrize(
    ("password", "email", "sentence"),
    [
        ("short", "ida@example.com", "too short"),
        (
            "a bridge over cold water",
            "root-admin@example.com",
            "Somebody has this address already.",
        ),
        ("a bridge over cold water", "nonsense", "Enter an address"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    admin: User, monkeypatch: pytest.MonkeyPatch, password: str, email: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        create(monkeypatch, password, email)
    assert User.objects.count() == 1
