"""Following colleagues."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from community.accounts.models import User
from community.following.actions import follow_person, unfollow_person
from community.following.queries import Following, followed_by, following_of
from community.outbox.models import Event


def follow_events() -> list[tuple[str, str]]:
    found = Event.objects.filter(name__in=["person.followed", "person.unfollowed"])
    return [(event.name, event.stream.name) for event in found.order_by("pk")]


def test_follow_and_unfollow_once_each(ada: User, ben: User) -> None:
    for _ in range(2):
        follow_person(ben, by=ada)
    assert list(followed_by(ada)) == [ben]
    assert not followed_by(ben)
    for _ in range(2):
        unfollow_person(ben, by=ada)
    assert not followed_by(ada)
    stream = f"person:{ada.pk}"
    assert follow_events() == [("person.followed", stream), ("person.unfollowed", stream)]


def test_followers_are_a_number_of_colleagues_with_an_account(
    ada: User, ben: User, mia: User, zed: User
) -> None:
    follow_person(ben, by=ada)
    follow_person(ben, by=mia)
    assert following_of(ben, viewer=ada) == Following(2, is_followed=True)
    assert following_of(ben, viewer=zed) == Following(2, is_followed=False)
    User.objects.filter(pk=mia.pk).update(is_active=False)
    assert following_of(ben, viewer=zed).followers == 1


def test_nobody_follows_themselves_or_who_left(ada: User, ben: User) -> None:
    with pytest.raises(ValidationError, match="you know already"):
        follow_person(ada, by=ada)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    ben.refresh_from_db()
    with pytest.raises(ValidationError, match="Ben has no account any more"):
        follow_person(ben, by=ada)


def test_there_is_a_most(ada: User, ben: User, mia: User, settings: Any) -> None:
    settings.MAX_FOLLOWED = 1
    follow_person(ben, by=ada)
    with pytest.raises(ValidationError, match="You follow 1 people"):
        follow_person(mia, by=ada)
    follow_person(ben, by=ada)
