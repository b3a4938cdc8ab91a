"""The step over the threshold: an address becomes a person."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.actions import Profile, create_person
from community.accounts.models import User
from community.accounts.passwords import require_good_password
from community.accounts.placing import assign_job
from community.accounts.times import today
from community.events import COLLEAGUE_CAME_IN
from community.invitations.access import needs_approval
from community.invitations.models import Invitation, InvitationLink, Offer
from community.invitations.tokens import hashed
from community.outbox.recording import action, record
from community.text.names import clean_name


@dataclass(frozen=True)
class Newcomer:
    """What somebody says who comes in. title is needed where the invitation names only a unit."""

    name: str
    password: str
    title: str = ""


@action
def accept_invitation(token: str, newcomer: Newcomer) -> User:
    """Make the account that an invitation is for, with its job; a handler joins its spaces.

    Raises Invitation.DoesNotExist or InvitationLink.DoesNotExist where token opens nothing (any
    more), PermissionDenied where an admin has to approve first, ValidationError for the fields.
    """
    invitation = _locked(token)
    if needs_approval(invitation):
        raise PermissionDenied(_("An admin has to approve this account first."))
    name = clean_name(newcomer.name)
    require_good_password(newcomer.password, User(name=name, email=invitation.email))
    zone = invitation.offer.by.time_zone if invitation.offer.by else "UTC"
    person = create_person(
        Profile(name=name, time_zone=zone),
        by=None,
        email=invitation.email,
        password=newcomer.password,
        is_guest=invitation.offer.is_guest,
    )
    _give_job(invitation.offer, person, newcomer.title)
    invitation.accepted_at, invitation.person = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "person"])
    record(COLLEAGUE_CAME_IN, actor=person, obj=invitation, subject=person)
    return person


def _locked(token: str) -> Invitation:
    """A token opens once: who waits here for another request finds the invitation used."""
    usable = Invitation.objects.select_for_update().usable(timezone.now())
    invitation = usable.get(token_hash=hashed(token))
    if invitation.link_id is not None:
        _use(invitation.link_id)
    return invitation


def _use(link_id: int) -> None:
    """Its row stays locked until the end, so that a link is never used beyond its cap."""
    link = InvitationLink.objects.usable(timezone.now()).filter(pk=link_id)
    if not link.update(uses=F("uses") + 1):
        raise InvitationLink.DoesNotExist


def _give_job(offer: Offer, person: User, title: str) -> None:
    if offer.unit is not None:
        assign_job(person, offer.unit, by=None, title=offer.title or title, from_on=today())
        person.refresh_from_db(fields=["headline"])


def asks_title(invitation: Invitation) -> bool:
    """Whether the invitation names a unit and leaves the job's title to the newcomer."""
    return invitation.offer.unit is not None and not invitation.offer.title
