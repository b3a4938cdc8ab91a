"""Changes of two-step sign-in, each told to the person by letter."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import TWO_STEP_CHANGED, TWO_STEP_RESET
from community.jobs.actions import enqueue
from community.outbox.recording import action, record
from community.sessions.actions import end_all_sessions
from community.text.lengths import length_error
from community.text.names import clean_name
from community.two_step.access import require_reset
from community.two_step.tasks import send_change_letter

MAX_NAME = 60


@action
def note_change(person: User, change: str) -> None:
    """Record what the person changed; change is one of the kinds in tasks.py."""
    record(TWO_STEP_CHANGED, actor=person, obj=person, subject=person, change=change)
    enqueue(send_change_letter, person.pk, change, label="Letter on two-step sign-in")


@action
def reset_two_step(person: User, *, by: User) -> None:
    """Take app, passkeys and recovery codes away from somebody who lost them, and sign them out.

    They sign in with their password alone, and set it up anew. Raises PermissionDenied unless by
    manages people and is somebody else.
    """
    require_reset(person, by)
    forget_two_step(person)
    end_all_sessions(person, by=by)
    record(TWO_STEP_RESET, actor=by, obj=person, subject=person)
    enqueue(send_change_letter, person.pk, "reset", label="Letter on two-step sign-in")


def forget_two_step(person: User) -> None:
    """Delete app, passkeys and recovery codes, for actions that have checked who may."""
    Authenticator.objects.filter(user=person).delete()


@action
def rename_passkey(passkey: Authenticator, name: str, *, by: User) -> None:
    """Raises ValidationError for name."""
    passkey = Authenticator.objects.select_for_update().get(pk=passkey.pk, user=by)
    name = clean_name(name)
    wrong = length_error(name, MAX_NAME) if name else _("Give the passkey a name.")
    if wrong:
        raise ValidationError({"name": wrong})
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    record(TWO_STEP_CHANGED, actor=by, obj=by, subject=by, change="passkey_renamed")
