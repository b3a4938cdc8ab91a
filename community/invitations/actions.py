"""Inviting colleagues, one or many, making links, and taking back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.accounts.access import require_manage
from community.accounts.emails import require_free, well_formed_email
from community.accounts.models import OrgUnit, User
from community.events import (
    COLLEAGUE_INVITATION_WITHDRAWN,
    COLLEAGUE_INVITED,
    INVITATION_LINK_MADE,
    INVITATION_LINK_WITHDRAWN,
)
from community.http.idempotency import once
from community.invitations.models import Invitation, InvitationLink
from community.invitations.tasks import send_letters
from community.jobs.actions import enqueue
from community.outbox.recording import action, record, savepoint
from community.spaces.bringing_in import may_bring_in
from community.spaces.models import Space
from community.text.lengths import length_error
from community.text.names import clean_name

# Others wait for so many to be written.
AT_ONCE = 100
MAX_DAYS = 90


@dataclass(frozen=True)
class Wish:
    """Whom to invite, and what they are given. A unit without a title: they say their title."""

    email: str
    name: str = ""
    unit: OrgUnit | None = None
    title: str = ""
    spaces: Sequence[Space] = ()
    is_guest: bool = False


@action
def invite(wish: Wish, *, by: User, key: str = "") -> Invitation:
    """Keep a place for an address and let the worker send the letter.

    A repeat with the same key returns the first one. Raises PermissionDenied unless by manages
    people, ValidationError for the fields of Wish.
    """
    require_manage(by)
    return once(key, Invitation, lambda: _invite_all([wish], by)[0], by=by)


def invite_all(wishes: Sequence[Wish], *, by: User) -> int:
    """Invite each, 100 in a transaction; return how many. Raises what invite raises."""
    steps = range(0, len(wishes), AT_ONCE)
    return sum(_invite_some(wishes[start : start + AT_ONCE], by) for start in steps)


@action
def _invite_some(wishes: Sequence[Wish], by: User) -> int:
    require_manage(by)
    return len(_invite_all(wishes, by))


def _invite_all(wishes: Sequence[Wish], by: User) -> list[Invitation]:
    made = [_place(wish, by) for wish in wishes]
    emails = [one.email for one in made]
    require_free(emails)
    now = timezone.now()
    Invitation.objects.waiting().filter(email__in=emails, expires_at__lte=now).update(
        withdrawn_at=now
    )
    try:
        with savepoint():
            made = _insert(made)
    except IntegrityError as error:
        raise ValidationError(
            {"email": _("This address is invited already. Send that invitation again.")}
        ) from error
    kept = Invitation.spaces.through.objects
    kept.bulk_create(
        kept.model(invitation=one, space=space)
        for one, wish in zip(made, wishes, strict=True)
        for space in dict.fromkeys(wish.spaces)
    )
    for one in made:
        record(COLLEAGUE_INVITED, actor=by, obj=one)
    send([one.pk for one in made], by=by)
    return made


def _place(wish: Wish, by: User) -> Invitation:
    email, name, title = (
        well_formed_email(wish.email),
        clean_name(wish.name),
        clean_name(wish.title),
    )
    _check(name, title, wish, by)
    place = Invitation(
        email=email,
        name=name,
        unit=wish.unit,
        title=title,
        is_guest=wish.is_guest,
        by=by,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    place.make_token()
    return place


def _insert(places: Sequence[Invitation]) -> list[Invitation]:
    """In the order of places; an old SQLite doesn't tell the ids of what it inserts together."""
    Invitation.objects.bulk_create(places)
    found = Invitation.objects.in_bulk([one.public_id for one in places], field_name="public_id")
    return [found[one.public_id] for one in places]


def _check(name: str, title: str, wish: Wish, by: User) -> None:
    errors = {
        "name": length_error(name, 120),
        "title": length_error(title, 120),
        "unit": _("Choose the unit of this job, or leave the title out.")
        if title and wish.unit is None
        else "",
        "spaces": spaces_error(wish.spaces, by),
    }
    errors |= guest_errors(wish) if wish.is_guest else {}
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)


def guest_errors(offer: "Wish | LinkTerms") -> dict[str, str]:
    """Say by field what a guest can't be offered, and what they need."""
    errors = {
        "unit": _("A guest works in no unit of the company. Choose none.") if offer.unit else "",
        "spaces": "" if offer.spaces else _("Choose a space: a guest sees nothing else."),
    }
    return {field: message for field, message in errors.items() if message}


def spaces_error(spaces: Iterable[Space], by: User) -> str:
    """Say which space by may not bring anybody into; "" where there is none."""
    for space in spaces:
        if not may_bring_in(space, by):
            return _("Only its owners and moderators bring people into “%(name)s”.") % {
                "name": space.name
            }
    return ""


def send(ids: Sequence[int], *, by: User | None) -> None:
    """Let the worker send the letters of these invitations."""
    count = len(ids)
    label = ngettext("Invitation of %(n)s person", "Invitations of %(n)s people", count)
    enqueue(send_letters, list(ids), label=label % {"n": count}, owner=by)


@action
def invite_again(invitation: Invitation, *, by: User) -> bool:
    """Send the letter again, with the whole time to answer; the earlier one works as well.

    Returns False where it is accepted or withdrawn by now. Raises PermissionDenied.
    """
    require_manage(by)
    current = Invitation.objects.select_for_update().waiting().filter(pk=invitation.pk).first()
    if current is None:
        return False
    current.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    current.sent_at, current.trouble = None, ""
    current.save(update_fields=["expires_at", "sent_at", "trouble"])
    send([current.pk], by=by)
    return True


@action
def withdraw_invitation(invitation: Invitation, *, by: User) -> bool:
    """Take an invitation back: its address opens nothing any more. False where it is over."""
    require_manage(by)
    current = Invitation.objects.select_for_update().waiting().filter(pk=invitation.pk).first()
    if current is None:
        return False
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    record(COLLEAGUE_INVITATION_WITHDRAWN, actor=by, obj=current)
    return True


@dataclass(frozen=True)
class LinkTerms:
    """days to 90 and uses to the site's limit, both from 1."""

    days: int
    max_uses: int
    unit: OrgUnit | None = None
    spaces: Sequence[Space] = ()
    is_guest: bool = False


@action
def make_invitation_link(terms: LinkTerms, *, by: User, key: str = "") -> InvitationLink:
    """Make a link by which several people come in.

    A repeat with the same key returns the first one. Raises PermissionDenied unless by manages
    people, ValidationError for the fields of LinkTerms.
    """
    require_manage(by)
    most = settings.MAX_LINK_USES
    errors = {
        "days": "" if 1 <= terms.days <= MAX_DAYS else _between(1, MAX_DAYS),
        "max_uses": "" if 1 <= terms.max_uses <= most else _between(1, most),
        "spaces": spaces_error(terms.spaces, by),
    }
    errors |= guest_errors(terms) if terms.is_guest else {}
    found = {field: message for field, message in errors.items() if message}
    if found:
        raise ValidationError(found)
    return once(key, InvitationLink, lambda: _make_link(terms, by), by=by)


def _make_link(terms: LinkTerms, by: User) -> InvitationLink:
    link = InvitationLink.objects.create(
        by=by,
        unit=terms.unit,
        max_uses=terms.max_uses,
        is_guest=terms.is_guest,
        expires_at=timezone.now() + timedelta(days=terms.days),
    )
    link.spaces.add(*terms.spaces)
    record(INVITATION_LINK_MADE, actor=by, obj=link)
    return link


def _between(least: int, most: int) -> str:
    return _("Choose a number from %(least)s to %(most)s.") % {"least": least, "most": most}


@action
def withdraw_link(link: InvitationLink, *, by: User) -> bool:
    """Close a link, also for those who asked for their letter and have not come in yet."""
    require_manage(by)
    current = InvitationLink.objects.select_for_update().filter(pk=link.pk, withdrawn_at=None)
    found = current.first()
    if found is None:
        return False
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record(INVITATION_LINK_WITHDRAWN, actor=by, obj=found)
    return True
