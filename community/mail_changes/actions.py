"""Changing the address that somebody signs in with."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.emails import well_formed_email
from community.accounts.models import User
from community.accounts.queries import locked
from community.accounts.tasks import send_reset_letter
from community.events import MAIL_CHANGE_REQUESTED, MAIL_CHANGE_UNDONE, MAIL_CHANGED
from community.jobs.actions import enqueue
from community.mail_changes.access import Part
from community.mail_changes.models import MailChange
from community.mail_changes.tasks import send_confirmations, send_done_letter
from community.outbox.recording import action, record, savepoint
from community.sessions.actions import end_all_sessions
from community.tokens.actions import revoke_all_tokens
from community.two_step.actions import forget_two_step


@action
def request_change(email: str, *, by: User) -> MailChange:
    """Ask both addresses whether by signs in with email from now on; an earlier wish is replaced.

    An address that somebody else has is taken alike, and gets no letter. Raises ValidationError
    for email.
    """
    person, email = locked(by), well_formed_email(email)
    if email == person.email:
        raise ValidationError({"email": _("This is your address already.")})
    MailChange.objects.waiting().filter(person=person).delete()
    change = MailChange.objects.create(person=person, old_email=str(person.email), new_email=email)
    record(MAIL_CHANGE_REQUESTED, actor=by, obj=change, subject=person)
    enqueue(send_confirmations, change.pk, label="Letters on a change of address")
    return change


@action
def withdraw_change(*, by: User) -> None:
    """Keep the address; the links in the letters no longer work."""
    for change in MailChange.objects.waiting().filter(person=locked(by)):
        record(MAIL_CHANGE_UNDONE, actor=by, obj=change, subject=by)
        change.delete()


@action
def confirm_change(change: MailChange, part: Part) -> MailChange:
    """Confirm at one address; with the second the change is done.

    Raises MailChange.DoesNotExist where it no longer waits, ValidationError where somebody else
    has the new address by now.
    """
    person = locked(change.person)
    change = MailChange.objects.waiting().get(pk=change.pk)
    field = "old_confirmed_at" if part == Part.OLD else "new_confirmed_at"
    setattr(change, field, getattr(change, field) or timezone.now())
    if change.old_confirmed_at and change.new_confirmed_at:
        _give(person, change.new_email)
        change.done_at = timezone.now()
        record(MAIL_CHANGED, actor=person, obj=change, subject=person)
        enqueue(send_done_letter, change.pk, label="Letter on a change of address")
    change.save()
    return change


@action
def undo_change(change: MailChange) -> None:
    """Take a change back from the old address, done or not, and shut out whoever wanted it.

    All sessions and tokens end. Password and second steps are void, since whoever was in may have
    added a passkey of their own; a letter to set another password goes to the old address. Raises
    MailChange.DoesNotExist where it is undone, ValidationError where somebody else has the old
    address by now.
    """
    person = locked(change.person)
    change = MailChange.objects.get(pk=change.pk, undone_at=None)
    if change.done_at:
        _give(person, change.old_email)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_all_sessions(person, by=person)
    revoke_all_tokens(person, by=person)
    forget_two_step(person)
    record(MAIL_CHANGE_UNDONE, actor=person, obj=change, subject=person)
    enqueue(send_reset_letter, person.pk, label="Letter to set a new password")


def forget_changes(person: User) -> None:
    """Void every link of somebody who leaves, for actions that have checked who may."""
    MailChange.objects.filter(person=person).delete()


def _give(person: User, email: str) -> None:
    """The database decides who has an address: two may ask for one at the same moment."""
    person.email = email
    try:
        with savepoint():
            person.save(update_fields=["email"])
    except IntegrityError as error:
        raise ValidationError(_("This address is refused here. Choose another one.")) from error
