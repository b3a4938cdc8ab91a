"""Whom a space belongs to: naming its first owner, and handing it over."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.outbox.recording import action
from community.spaces.access import (
    can_read,
    require_colleague,
    require_hand_over,
    require_name_owner,
)
from community.spaces.locking import lock_space
from community.spaces.membership import admit, remove, set_role
from community.spaces.models import Membership, Role, Space


@action
def name_owner(space: Space, person: User, *, by: User) -> Membership:
    """Make person, a member or not, the owner of a space that nobody owns.

    Raises PermissionDenied unless by manages spaces and nobody owns it, ValidationError for
    somebody without an active account, a guest, and for by where they would get to read by it.
    """
    space = lock_space(space, by)
    require_name_owner(space, by)
    _require_active(person)
    if person.pk == by.pk and not can_read(space, by):
        raise ValidationError(_("Name somebody else: managing spaces is no right to read them."))
    return _make_owner(space, person, by)


@action
def hand_over(space: Space, person: User, *, by: User, leaves: bool = False) -> Membership:
    """Make person, a member or not, the owner in place of by, who stays a member or leaves.

    Raises PermissionDenied unless by owns space, ValidationError for the field person.
    """
    space = lock_space(space, by)
    require_hand_over(space, by)
    if person.pk == by.pk:
        raise ValidationError({"person": _("You own it already. Name somebody else.")})
    _require_active(person)
    heir = _make_owner(space, person, by)
    mine = space.memberships.select_related("person").get(person=by)
    mine.space = space
    if leaves:
        remove(mine, actor=by)
    else:
        set_role(mine, Role.MEMBER, by=by)
    return heir


def _make_owner(space: Space, person: User, by: User) -> Membership:
    require_colleague(person)
    named = admit(space, person, actor=by, role=Role.OWNER)
    named.space = space
    return named if named.role == Role.OWNER else set_role(named, Role.OWNER, by=by)


def _require_active(person: User) -> None:
    if not person.is_active:
        gone = _("%(name)s has no active account.") % {"name": person.name}
        raise ValidationError({"person": gone})
