"""Coming in, going out, and what each member may do: the writes on memberships."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import (
    INVITATION_DECLINED,
    JOIN_DECLINED,
    JOIN_REQUESTED,
    SPACE_INVITED,
    SPACE_JOINED,
    SPACE_LEFT,
    SPACE_ROLE_CHANGED,
)
from community.outbox.recording import action, record
from community.spaces.access import (
    can_join,
    can_request,
    forget_role,
    require_moderate_space,
    require_own,
)
from community.spaces.models import JoinRequest, Membership, Role, Space, SpaceInvitation


@action
def join_space(space: Space, *, by: User) -> Membership:
    """Become a member at once: of an open space, or by an invitation that waits.

    Raises PermissionDenied where one has to ask or to be invited.
    """
    invited = SpaceInvitation.objects.filter(space=space, person=by).exists()
    member = space.memberships.filter(person=by).first()
    if member is not None:
        return member
    if not invited and not can_join(space, by):
        raise PermissionDenied(_("This space is joined by request or invitation."))
    return add_member(space, by, actor=by)


@action
def request_to_join(space: Space, *, by: User, message: str = "") -> JoinRequest:
    """Ask to be let into a closed space; asking twice changes the message.

    Raises PermissionDenied where nobody can ask, ValidationError for message.
    """
    if not can_request(space, by):
        raise PermissionDenied(_("This space doesn't take requests."))
    message = " ".join(message.split())
    if len(message) > 300:
        raise ValidationError(
            {
                "message": _("At most 300 characters; this has %(length)s.")
                % {"length": len(message)}
            }
        )
    request, created = JoinRequest.objects.update_or_create(
        space=space, person=by, defaults={"message": message}
    )
    if created:
        record(JOIN_REQUESTED, actor=by, obj=request, subject=by, space=space)
    return request


@action
def approve_request(request: JoinRequest, *, by: User) -> Membership:
    """Let somebody in who asked. Raises PermissionDenied unless by moderates the space."""
    require_moderate_space(request.space, by)
    return add_member(request.space, request.person, actor=by)


@action
def decline_request(request: JoinRequest, *, by: User) -> None:
    """Say no; the person themselves may take the request back this way too."""
    if request.person_id != by.pk:
        require_moderate_space(request.space, by)
    record(JOIN_DECLINED, actor=by, obj=request, subject=request.person, space=request.space)
    request.delete()


@action
def invite_to_space(space: Space, person: User, *, by: User) -> SpaceInvitation:
    """Keep a place for somebody. Raises ValidationError for somebody who is in already."""
    require_moderate_space(space, by)
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
    """Decline, or withdraw as a moderator."""
    if invitation.person_id != by.pk:
        require_moderate_space(invitation.space, by)
    record(
        INVITATION_DECLINED,
        actor=by,
        obj=invitation,
        subject=invitation.person,
        space=invitation.space,
    )
    invitation.delete()


@action
def add_member(
    space: Space, person: User, *, actor: User | None, role: Role = Role.MEMBER
) -> Membership:
    """Make person a member; the caller has checked who may.

    Requests and invitations are used up.
    """
    membership, created = Membership.objects.get_or_create(
        space=space, person=person, defaults={"role": role}
    )
    JoinRequest.objects.filter(space=space, person=person).delete()
    SpaceInvitation.objects.filter(space=space, person=person).delete()
    forget_role(space, person)
    if created:
        _recount(space)
        record(SPACE_JOINED, actor=actor, obj=membership, subject=person, space=space)
    return membership


@action
def leave_space(space: Space, *, by: User) -> None:
    """Give up one's membership. Raises ValidationError for the last owner."""
    membership = space.memberships.filter(person=by).first()
    if membership is not None:
        _remove(membership, actor=by)


@action
def remove_member(membership: Membership, *, by: User) -> None:
    """Put somebody out; owners do, and moderators for plain members.

    Raises PermissionDenied, and ValidationError for the last owner.
    """
    require_moderate_space(membership.space, by)
    if membership.role != Role.MEMBER:
        require_own(membership.space, by)
    _remove(membership, actor=by)


@action
def change_role(membership: Membership, role: Role, *, by: User) -> Membership:
    """Raises PermissionDenied unless by owns the space, ValidationError for its last owner."""
    require_own(membership.space, by)
    if membership.role == Role.OWNER and role != Role.OWNER:
        _require_other_owner(membership)
    if membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
        forget_role(membership.space, membership.person)
        record(
            SPACE_ROLE_CHANGED,
            actor=by,
            obj=membership,
            subject=membership.person,
            space=membership.space,
            role=str(role),
        )
    return membership


def _remove(membership: Membership, *, actor: User) -> None:
    if membership.role == Role.OWNER:
        _require_other_owner(membership)
    record(
        SPACE_LEFT, actor=actor, obj=membership, subject=membership.person, space=membership.space
    )
    membership.delete()
    forget_role(membership.space, membership.person)
    if actor is not None:
        forget_role(membership.space, actor)
    _recount(membership.space)


def _require_other_owner(membership: Membership) -> None:
    owners = membership.space.memberships.select_for_update().filter(role=Role.OWNER)
    if len(owners) < 2:
        raise ValidationError(_("A space needs an owner. Make somebody else an owner first."))


def _recount(space: Space) -> None:
    """The row is locked before counting, or two who come at once would both write the same."""
    locked = Space.objects.select_for_update().get(pk=space.pk)
    locked.member_count = locked.memberships.count()
    locked.save(update_fields=["member_count"])
