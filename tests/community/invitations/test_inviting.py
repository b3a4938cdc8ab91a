from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from community.accounts.models import User
from community.invitations.actions import (
    Wish,
    invite,
    invite_again,
    invite_all,
    withdraw_invitation,
)
from community.invitations.models import Invitation
from community.invitations.tokens import hashed, token_of, url_of
from community.jobs.models import BackgroundJob, JobState
from community.outbox.models import Event
from community.roles.actions import grant_capability
from community.roles.models import Capability
from community.spaces.models import Space
from tests.community.invitations.letters import deliver, last_path
from tests.factories.community import make_unit
from tests.services import on_postgresql


class Refusing(EmailBackend):
    """A mail server that takes no letters for away@example.com."""

    def send_messages(self, email_messages: Any) -> int:
        if email_messages[0].to == ["away@example.com"]:
            raise SMTPRecipientsRefused({"away@example.com": (550, b"no such mailbox")})
        return super().send_messages(email_messages)


def test_invitation_is_sent_by_the_worker_and_its_token_kept_as_a_hash(admin: User) -> None:
    made = invite(Wish("Ida@Example.com", name=" Ida "), by=admin)
    assert mail.outbox == []

    deliver()

    made.refresh_from_db()
    assert [letter.to for letter in mail.outbox] == [["ida@example.com"]]
    assert "Root invites you" in mail.outbox[0].body
    assert last_path() == f"/join/{token_of(made)}"
    assert made.token_hash == hashed(token_of(made)) != token_of(made)
    assert (made.name, made.email, made.sent_at is not None) == ("Ida", "ida@example.com", True)
    assert [event.name for event in Event.objects.filter(object_id=made.pk)][-1:] == [
        "colleague.invited"
    ]


def test_stranger_invites_nobody(zed: User, admin: User) -> None:
    with pytest.raises(PermissionDenied):
        invite(Wish("ida@example.com"), by=zed)
    with pytest.raises(PermissionDenied):
        invite_all([Wish("ida@example.com")], by=zed)

    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"email": "nonsense"}, {"email": ["Enter an address such as ada@example.com."]}),
        ({"email": "zed@example.com"}, {"email": ["Somebody has this address already."]}),
        (
            {"email": "ida@example.com"},
            {"email": ["This address is invited already. Send that invitation again."]},
        ),
        (
            {"email": "x@example.com", "title": "Cook"},
            {"unit": ["Choose the unit of this job, or leave the title out."]},
        ),
        (
            {"email": "x@example.com", "name": "x" * 121},
            {"name": ["At most 120 characters; this has 121."]},
        ),
    ],
)
def test_bad_wish_is_refused_with_its_field(
    admin: User,
    zed: User,
    invited: Invitation,
    fields: dict[str, Any],
    errors: dict[str, list[str]],
) -> None:
    with pytest.raises(ValidationError) as refused:
        invite(Wish(**fields), by=admin)

    assert refused.value.message_dict == errors
    assert Invitation.objects.count() == 1


def test_nobody_is_invited_into_a_space_of_others(admin: User, mia: User, secret: Space) -> None:
    wish = Wish("ida@example.com", spaces=[secret])
    with pytest.raises(ValidationError, match="Only its owners and moderators"):
        invite(wish, by=admin)

    grant_capability(mia, Capability.PEOPLE, by=None)
    assert list(invite(wish, by=mia).spaces.all()) == [secret]


def test_same_key_invites_once(admin: User) -> None:
    first = invite(Wish("ida@example.com"), by=admin, key="k")

    assert invite(Wish("ida@example.com"), by=admin, key="k") == first


def test_address_is_invited_anew_once_its_invitation_has_expired(
    admin: User, invited: Invitation, settings: Settings
) -> None:
    with time_machine.travel(invited.expires_at, tick=False):
        again = invite(Wish("ida@example.com", unit=make_unit("Team")), by=admin)

    assert again != invited
    assert list(Invitation.objects.waiting()) == [again]


def test_letter_is_sent_again_with_the_same_address_and_more_time(
    admin: User, invited: Invitation
) -> None:
    deliver()
    first, until = last_path(), invited.expires_at

    assert invite_again(invited, by=admin)
    deliver()

    invited.refresh_from_db()
    assert len(mail.outbox) == 2
    assert (last_path(), invited.expires_at > until) == (first, True)


def test_withdrawn_invitation_is_neither_sent_nor_sent_again(
    admin: User, invited: Invitation
) -> None:
    assert withdraw_invitation(invited, by=admin)
    deliver()

    assert mail.outbox == []
    assert not withdraw_invitation(invited, by=admin)
    assert not invite_again(invited, by=admin)


@pytest.mark.parametrize("people", [2, 40])
def test_many_are_invited_at_the_cost_of_few(
    admin: User, space: Space, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wishes = [Wish(f"p{n}@example.com", spaces=[space, space]) for n in range(people)]
    with django_assert_num_queries(16 + on_postgresql()):
        assert invite_all(wishes, by=admin) == people

    assert Invitation.objects.filter(spaces=space).count() == people
    assert len(set(Invitation.objects.values_list("token_hash", flat=True))) == people


def test_one_who_is_invited_already_keeps_all_of_a_step_out(
    admin: User, invited: Invitation
) -> None:
    with pytest.raises(ValidationError, match="invited already"):
        invite_all([Wish("new@example.com"), Wish(invited.email)], by=admin)
    assert Invitation.objects.count() == 1


def test_address_that_the_server_refuses_keeps_no_other_from_its_letter(
    admin: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    addresses = ("away@example.com", "ida@example.com")
    invite_all([Wish(email) for email in addresses], by=admin)

    deliver()

    away, ida = (Invitation.objects.get(email=email) for email in addresses)
    assert (away.sent_at, "no such mailbox" in away.trouble) == (None, True)
    assert ida.sent_at is not None
    job = BackgroundJob.objects.get()
    assert (job.label, job.state) == ("Invitations of 2 people", JobState.WAITING)

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        deliver()
    assert [letter.to[0] for letter in mail.outbox] == ["ida@example.com", "away@example.com"]


def test_address_is_unknown_where_the_key_of_the_site_has_changed(
    invited: Invitation, settings: Settings
) -> None:
    assert url_of(invited).startswith("http://127.0.0.1:8000/join/")
    settings.SECRET_KEY = "another key that is long enough for everybody who looks at it"
    assert url_of(invited) == ""
