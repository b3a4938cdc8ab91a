"""What strangers may do: name their address, and ask for an account."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.invitations.access import may_sign_up
from community.invitations.models import AccountRequest, Invitation, InvitationLink
from community.invitations.tasks import send_sign_up_letter
from community.invitations.tokens import hashed
from community.jobs.actions import enqueue
from community.jobs.models import BackgroundJob
from community.outbox.recording import action
from community.text.lengths import length_error
from community.text.names import clean_name


@action
def ask_to_sign_up(email: str, *, link: InvitationLink | None) -> BackgroundJob:
    """Let the worker write to an address, which then comes in, or reads that it has an account.

    All that depends on who has the address happens in the worker, so that neither the answer nor
    the time that it takes tells. Raises ValidationError for email at a domain that doesn't sign
    up; by a link every domain does.
    """
    email = email.strip().lower()
    if link is None and not may_sign_up(email):
        raise ValidationError(
            {"email": _("People at this domain don't sign up here. Ask for an invitation.")}
        )
    return enqueue(
        send_sign_up_letter, email, link and link.pk, label="Letter to confirm an address"
    )


@action
def ask_for_account(token: str, *, name: str, message: str) -> AccountRequest:
    """Put a request into the queue of those who manage people; asking twice changes it.

    Raises Invitation.DoesNotExist where token opens nothing, ValidationError for the fields.
    """
    usable = Invitation.objects.select_for_update().usable(timezone.now())
    invitation = usable.get(token_hash=hashed(token))
    name, message = clean_name(name), " ".join(message.split())
    errors = {
        "name": length_error(name, 120) if name else _("Give a name."),
        "message": length_error(message, 300),
    }
    found = {field: text for field, text in errors.items() if text}
    if found:
        raise ValidationError(found)
    invitation.name = name
    invitation.save(update_fields=["name"])
    request, _created = AccountRequest.objects.update_or_create(
        invitation=invitation, defaults={"message": message}
    )
    return request
