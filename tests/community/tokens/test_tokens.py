"""Tokens: shown once, limited in what and how long, ended at once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Space
from community.tokens.actions import make_token
from community.tokens.last_use import token_uses
from community.tokens.models import ApiToken
from tests.factories.tokens import Program

TYPED = {"name": "Status script", "scope_discussions": "write", "days": "30", "key": "once"}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def secret_on(page: bytes) -> str:
    _before, found, rest = page.decode().partition("guildhall_")
    return (found + rest).partition("<")[0]


def test_token_is_shown_once_and_only_its_digest_is_kept(ada: User) -> None:
    client = signed_in(ada)

    secret = secret_on(client.post("/me/tokens/new", TYPED).content)
    again = client.post("/me/tokens/new", TYPED).content

    token = ApiToken.objects.get()
    assert secret.startswith(f"guildhall_{token.public_id}_")
    assert secret not in str(token.__dict__)
    assert "guildhall_" not in again.decode()
    assert (token.scopes, token.person) == (["discussions:write"], ada)
    assert f"guildhall_{token.public_id}<" in client.get("/me/account").content.decode()


def test_form_without_scopes_is_shown_again_as_it_was_typed(ada: User) -> None:
    answer = signed_in(ada).post("/me/tokens/new", {"name": "Status script", "days": "7"})

    assert answer.status_code == 422
    assert "Let it do something." in answer.content.decode()
    assert 'value="Status script"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_revoked_token_is_refused_with_the_next_request(ada: User) -> None:
    program = Program(ada)
    assert program.get("/me").status_code == 200

    signed_in(ada).post(f"/me/tokens/{ApiToken.objects.get().public_id}/removal")

    answer = program.get("/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Guildhall"'
    assert Event.objects.filter(name="token.revoked", actor=ada).count() == 1


def test_nobody_revokes_the_token_of_somebody_else(ada: User, zed: User) -> None:
    program = Program(ada)

    answer = signed_in(zed).post(f"/me/tokens/{ApiToken.objects.get().public_id}/removal")

    assert answer.status_code == 404
    assert program.get("/me").status_code == 200


def test_deactivated_person_is_refused_with_the_next_request(ada: User) -> None:
    program = Program(ada)
    assert program.get("/me").status_code == 200

    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert program.get("/me").status_code == 401


def test_expired_token_is_refused(ada: User) -> None:
    program = Program(ada)

    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert program.get("/me").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert program.get("/me").status_code == 401


@pytest.mark.parametrize("spoilt", ["", "guildhall", "x_y_z", "guildhall_{id}_0", "{secret}0", "é"])
def test_wrong_token_is_refused(ada: User, spoilt: str) -> None:
    program = Program(ada)
    names = {"id": ApiToken.objects.get().public_id, "secret": program.secret}
    program.secret = spoilt.format(**names)

    assert program.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("community:read", [True, False, False, False]),
        ("community:write", [True, True, False, False]),
        ("discussions:read", [False, False, True, False]),
        ("discussions:write", [False, False, True, True]),
    ],
)
def test_token_does_what_its_scopes_say(
    ada: User, space: Space, scope: str, allowed: list[bool]
) -> None:
    program = Program(ada, scope)
    asked = [
        program.get("/spaces"),
        program.ask("PUT", "/spaces/workshop/membership"),
        program.get("/topics"),
        program.ask("POST", "/topics", {}),
    ]

    assert [answer.status_code != 403 for answer in asked] == allowed


def test_request_writes_no_last_use_and_the_next_minute_does(ada: User) -> None:
    program = Program(ada)
    token_uses.write()

    program.get("/me")

    assert ApiToken.objects.get().last_used_at is None
    assert token_uses.write() == 1
    assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything:write"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
    ],
)
def test_token_with_a_wrong_field_is_refused(
    ada: User, wrong: dict[str, object], field: str
) -> None:
    right = {"name": "Script", "scopes": ["community:read"], "days": 366}

    with pytest.raises(ValidationError) as refused:
        make_token(by=ada, **right | wrong)  # type: ignore[arg-type]  # one is wrong

    assert list(refused.value.message_dict) == [field]


def test_person_has_so_many_tokens(ada: User, settings: Settings) -> None:
    settings.MAX_TOKENS = 2
    for _ in range(2):
        make_token(by=ada, name="Script", scopes=["community:read"], days=1)

    with pytest.raises(ValidationError, match="2 tokens"):
        make_token(by=ada, name="Script", scopes=["community:read"], days=1)


@pytest.mark.parametrize("count", [1, 3])
def test_account_page_costs_the_same_for_many_tokens(
    ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(ada)
    for _ in range(count):
        Program(ada)

    with django_assert_num_queries(10):
        client.get("/me/account")


def test_token_costs_one_query(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = Program(ada)

    with django_assert_num_queries(1):
        program.get("/me")
