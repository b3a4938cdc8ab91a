"""Coming in, going out, and what each member may do: the writes on memberships."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import (
    INVITATION_DECLINED,
    SPACE_INVITED,
    SPACE_JOINED,
    SPACE_LEFT,
    SPACE_ROLE_CHANGED,
)
from community.outbox.recording import action, record
from community.spaces.access import (
    can_join,
    forget_roles,
    require_colleague,
    require_moderate_space,
    require_own,
    require_unarchived,
)
from community.spaces.locking import lock_space
from community.spaces.models import (
    JoinAnswer,
    JoinRequest,
    Membership,
    Role,
    Space,
    SpaceInvitation,
)


@action
def join_space(space: Space, *, by: User) -> Membership:
    """Become a member at once: of an open space, or by an invitation that waits.

    Raises PermissionDenied where one has to ask or to be invited, and in an archived space.
    """
    space = lock_space(space, by)
    invited = SpaceInvitation.objects.filter(space=space, person=by).exists()
    member = space.memberships.filter(person=by).first()
    if member is not None:
        return member
    require_unarchived(space)
    if not by.is_active or (not invited and not can_join(space, by)):
        raise PermissionDenied(_("This space is joined by request or invitation."))
    return admit(space, by, actor=by)


@action
def invite_to_space(space: Space, person: User, *, by: User) -> SpaceInvitation:
    """Keep a place for somebody. Raises ValidationError for somebody who is in already."""
    space = lock_space(space, by)
    require_moderate_space(space, by)
    require_unarchived(space)
    if space.memberships.filter(person=person).exists():
        raise ValidationError(
            {"person": _("%(name)s is a member already.") % {"name": person.name}}
        )
    if not person.is_active:
        raise ValidationError(
            {"person": _("%(name)s has no active account.") % {"name": person.name}}
        )
    invitation, created = SpaceInvitation.objects.get_or_create(
        space=space, person=person, defaults={"by": by}
    )
    if created:
        record(SPACE_INVITED, actor=by, obj=invitation, subject=person, space=space)
    return invitation


@action
def decline_invitation(invitation: SpaceInvitation, *, by: User) -> None:
    """Decline, or withdraw as a moderator.

    Raises PermissionDenied, DoesNotExist where the invitation is gone.
    """
    space = lock_space(invitation.space, by)
    kept = space.invitations.select_related("person").get(pk=invitation.pk)
    if kept.person_id != by.pk:
        require_moderate_space(space, by)
    record(INVITATION_DECLINED, actor=by, obj=kept, subject=kept.person, space=space)
    kept.delete()


def admit(
    space: Space, person: User, *, actor: User | None, role: Role = Role.MEMBER
) -> Membership:
    """Make person a member: the end of every way in, for actions that have checked who may.

    Requests, answers to them and invitations are used up.
    """
    membership, created = Membership.objects.get_or_create(
        space=space, person=person, defaults={"role": role}
    )
    JoinRequest.objects.filter(space=space, person=person).delete()
    JoinAnswer.objects.filter(space=space, person=person).delete()
    SpaceInvitation.objects.filter(space=space, person=person).delete()
    forget_roles(person)
    if created:
        _recount(space)
        record(SPACE_JOINED, actor=actor, obj=membership, subject=person, space=space)
    return membership


@action
def leave_space(space: Space, *, by: User) -> None:
    """Give up one's membership. Raises ValidationError for the last owner."""
    space = lock_space(space, by)
    membership = space.memberships.select_related("person").filter(person=by).first()
    if membership is not None:
        remove(membership, actor=by)


@action
def remove_member(membership: Membership, *, by: User) -> None:
    """Put somebody out; owners do, and moderators for plain members.

    Raises PermissionDenied, ValidationError for the last owner, DoesNotExist for somebody who is
    out already.
    """
    current = _lock_membership(membership, by)
    require_moderate_space(current.space, by)
    if current.role != Role.MEMBER:
        require_own(current.space, by)
    remove(current, actor=by)


@action
def change_role(membership: Membership, role: Role, *, by: User) -> Membership:
    """Return the membership with its new role.

    Raises PermissionDenied unless by owns the space, ValidationError for its last owner and for a
    guest, DoesNotExist for somebody who is out by now.
    """
    current = _lock_membership(membership, by)
    require_own(current.space, by)
    if current.role == role:
        return current
    if current.role == Role.OWNER:
        _require_other_owner(current)
    return set_role(current, role, by=by)


def set_role(current: Membership, role: Role, *, by: User) -> Membership:
    """For actions that hold the space's lock and have checked who may.

    Raises ValidationError where a guest would own or moderate the space.
    """
    if role != Role.MEMBER:
        require_colleague(current.person)
    space, person = current.space, current.person
    current.role = role
    current.save(update_fields=["role"])
    forget_roles(person)
    forget_roles(by)
    record(SPACE_ROLE_CHANGED, actor=by, obj=current, subject=person, space=space, role=str(role))
    return current


def _lock_membership(membership: Membership, by: User) -> Membership:
    space = lock_space(membership.space, by)
    current = space.memberships.select_related("person").get(pk=membership.pk)
    current.space = space
    return current


def remove(membership: Membership, *, actor: User) -> None:
    """End a membership, for actions that hold the space's lock and have checked who may.

    Raises ValidationError for the last owner.
    """
    if membership.role == Role.OWNER:
        _require_other_owner(membership)
    record(
        SPACE_LEFT, actor=actor, obj=membership, subject=membership.person, space=membership.space
    )
    membership.delete()
    JoinAnswer.objects.filter(space=membership.space, person=membership.person).delete()
    forget_roles(membership.person)
    if actor is not None:
        forget_roles(actor)
    _recount(membership.space)


def _require_other_owner(membership: Membership) -> None:
    """Somebody who is still here: an account that was switched off looks after nothing."""
    owners = membership.space.memberships.filter(role=Role.OWNER, person__is_active=True)
    if not owners.exclude(pk=membership.pk).exists():
        raise ValidationError(_("A space needs an owner. Make somebody else an owner first."))


def _recount(space: Space) -> None:
    """The row is locked before counting, or two who come at once would both write the same."""
    rows = Space.objects.filter(pk=space.pk)
    rows.select_for_update().first()
    rows.update(member_count=Membership.objects.filter(space=space).count())
