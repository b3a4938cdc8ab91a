"""Leaving and coming back.

Whoever leaves keeps what they wrote, under their name, and loses everything else in the same
transaction, so that it holds with the next request in every process: sessions, tokens, password
and with it every reset letter, second steps, links, rights, memberships, invitations and open
requests. What only they owned goes to the heir of community.spaces.leaving. Nothing of it comes
back with a return: who may read what is decided anew.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import User
from community.accounts.queries import locked
from community.accounts.tasks import send_reset_letter
from community.departures.access import require_depart
from community.departures.models import Departure
from community.events import PERSON_DEACTIVATED, PERSON_REACTIVATED
from community.jobs.actions import enqueue
from community.mail_changes.actions import forget_changes
from community.outbox.recording import action, record
from community.roles.actions import withdraw_all_capabilities
from community.sessions.actions import end_all_sessions
from community.spaces.leaving import leave_all_spaces
from community.tokens.actions import revoke_all_tokens
from community.two_step.actions import forget_two_step


@action
def deactivate_person(person: User, *, by: User) -> None:
    """Switch an account off; nothing happens where it is off already.

    Raises PermissionDenied unless by manages people and is somebody else, ValidationError where
    nobody would grant capabilities any more.
    """
    require_depart(person, by)
    person = locked(person)
    if not person.is_active:
        return
    withdraw_all_capabilities(person, by=by)
    leave_all_spaces(person, by=by)
    forget_two_step(person)
    forget_changes(person)
    end_all_sessions(person, by=by)
    revoke_all_tokens(person, by=by)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    Departure.objects.create(person=person, by=by)
    record(PERSON_DEACTIVATED, actor=by, obj=person, subject=person)


@action
def reactivate_person(person: User, *, by: User) -> None:
    """Switch an account on again and send a letter to set a password.

    Raises PermissionDenied unless by manages people, ValidationError for people without an
    address, such as authors of imported posts.
    """
    require_manage(by)
    person = locked(person)
    if person.email is None:
        raise ValidationError(_("There is no mail address, so nobody can sign in."))
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    Departure.objects.filter(person=person, returned_at=None).update(
        returned_at=timezone.now(), returned_by=by
    )
    record(PERSON_REACTIVATED, actor=by, obj=person, subject=person)
    enqueue(send_reset_letter, person.pk, label="Letter to set a new password")
