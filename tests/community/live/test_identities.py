"""Whose socket it is, and until when."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.accounts.models import User
from community.live.identities import Identity, identify, still_there
from community.sessions.models import Session
from community.tokens.models import ApiToken
from tests.factories.tokens import make_secret


def by_session(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"cookie": f"a=b; {name}={client.cookies[name].value}"}


def by_token(person: User, *scopes: str) -> dict[str, str]:
    return {"authorization": f"Bearer {make_secret(person, *scopes)}"}


def known(headers: dict[str, str]) -> Identity:
    found = identify(headers)
    assert found is not None
    return found


def test_people_come_by_session_or_token(ada: User) -> None:
    assert known(by_session(ada)).person_id == known(by_token(ada)).person_id == ada.pk


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": f"{settings.SESSION_COOKIE_NAME}=none"},
        {"cookie": ";;="},
        {"authorization": "Bearer none"},
        {"authorization": "Basic YTpi"},
    ],
)
def test_others_are_nobody(db: None, headers: dict[str, str]) -> None:
    assert identify(headers) is None


def test_a_wrong_token_is_not_helped_by_a_cookie(ada: User) -> None:
    assert identify(by_session(ada) | {"authorization": "Bearer none"}) is None


def test_token_watches_what_its_scopes_name(ada: User) -> None:
    assert known(by_session(ada)).reads("discussions")
    assert known(by_token(ada, "discussions:read")).reads("discussions")
    assert known(by_token(ada, "discussions:write")).reads("discussions")
    assert not known(by_token(ada, "community:read")).reads("discussions")


def test_whoever_is_unchanged_is_still_there(
    ada: User, ben: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    identities = {known(by_session(ada)), known(by_session(ben)), known(by_token(ben))}
    with django_assert_num_queries(3):
        assert still_there(identities) == identities


def end_session(_person: User) -> None:
    Session.objects.all().delete()


def expire_session(_person: User) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def deactivate(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def change_password(person: User) -> None:
    person.set_password("another good one")
    person.save()


def make_guest(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_guest=True)


@pytest.mark.parametrize(
    "change", [end_session, expire_session, deactivate, change_password, make_guest]
)
def test_who_signs_out_or_changes_is_not(ada: User, change: "object") -> None:
    identity = known(by_session(ada))
    change(ada)  # type: ignore[operator]
    assert still_there({identity}) == set()


def test_a_revoked_or_expired_token_is_not(ada: User) -> None:
    first, second = known(by_token(ada)), known(by_token(ada))
    ApiToken.objects.filter(public_id=first.token_id).delete()
    assert still_there({first, second}) == {second}
    ApiToken.objects.update(expires_at=timezone.now())
    assert still_there({second}) == set()
