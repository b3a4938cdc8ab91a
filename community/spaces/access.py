"""Who may see and do what with spaces."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from community.spaces.models import (
    MODERATING,
    JoinAnswer,
    Joining,
    JoinRequest,
    Membership,
    Role,
    Space,
    SpaceInvitation,
    Visibility,
)


def get_space(slug: str, *, viewer: User) -> Space:
    """Return a space whose existence viewer may know of; a former slug counts too.

    What it holds is readable only where can_read() says so. Raises Space.DoesNotExist alike for
    a secret and a missing one.
    """
    spaces = Space.objects.listed_for(viewer)
    found = spaces.filter(slug=slug).first()
    return found or spaces.get(former_slugs__slug=slug)


def space_named(slug: str, field: str, *, viewer: User) -> Space:
    """Return what get_space() returns. Raises ValidationError for field."""
    try:
        return get_space(slug, viewer=viewer)
    except Space.DoesNotExist as error:
        raise ValidationError({field: _("There is no space with this slug.")}) from error


def spaces_named(slugs: Sequence[str], field: str, *, viewer: User) -> list[Space]:
    """Return the spaces with these slugs that viewer may know of, each once; one query.

    Raises ValidationError for field alike for a secret and a missing one.
    """
    wanted = dict.fromkeys(slugs)
    found = {
        space.slug: space for space in Space.objects.listed_for(viewer).filter(slug__in=wanted)
    }
    if wanted.keys() - found.keys():
        raise ValidationError({field: _("There is no space with this slug.")})
    return [found[slug] for slug in wanted]


def get_member(space: Space, handle: str, *, viewer: User) -> Membership:
    """Return the membership of the person with this handle. Raises Membership.DoesNotExist."""
    members = space.memberships.visible_to(viewer).select_related("person", "space")
    return members.get(person__handle=handle)


def get_request(space: Space, handle: str, *, viewer: User) -> JoinRequest:
    """Return an open request. Raises JoinRequest.DoesNotExist where viewer may not know of it."""
    requests = space.join_requests.select_related("person", "space")
    if not moderates(space, viewer):
        requests = requests.filter(person=viewer)
    return requests.get(person__handle=handle)


def get_answer(space: Space, *, viewer: User) -> JoinAnswer:
    """Return what viewer was told who asked to join. Raises JoinAnswer.DoesNotExist."""
    return JoinAnswer.objects.visible_to(viewer).select_related("by").get(space=space)


def get_invitation(space: Space, handle: str, *, viewer: User) -> SpaceInvitation:
    """Return an open invitation; raises DoesNotExist where viewer may not know of it."""
    invitations = space.invitations.select_related("person", "space")
    if not moderates(space, viewer):
        invitations = invitations.filter(person=viewer)
    return invitations.get(person__handle=handle)


def role_in(space: Space, person: User) -> str | None:
    return roles_of(person).get(space.pk)


def roles_of(person: User) -> Mapping[int, str]:
    """Return person's roles by space id. Kept on the person, so that a request asks once."""
    known: dict[str, dict[int, str]] = person.__dict__
    if "_roles" not in known:
        held = Membership.objects.filter(person_id=person.pk)
        known["_roles"] = dict(held.values_list("space_id", "role"))
    return known["_roles"]


def forget_roles(person: User) -> None:
    """After a change, ask again."""
    person.__dict__.pop("_roles", None)


def refresh_rights(person: User) -> None:
    """For writers that hold their locks: whether person is active or a guest, and their roles."""
    forget_roles(person)
    person.refresh_from_db(fields=["is_active", "is_guest"])


def can_read(space: Space, viewer: User) -> bool:
    is_open = space.visibility == Visibility.OPEN and not viewer.is_guest
    return viewer.is_active and (is_open or role_in(space, viewer) is not None)


def require_read(space: Space, viewer: User) -> None:
    if not can_read(space, viewer):
        raise PermissionDenied(_("Only members read what is in this space."))


def require_unarchived(space: Space) -> None:
    if space.archived_at is not None:
        raise PermissionDenied(_("This space is archived. It can be read, and nothing is added."))


def moderates(space: Space, person: User) -> bool:
    return role_in(space, person) in MODERATING


def owns(space: Space, person: User) -> bool:
    return role_in(space, person) == Role.OWNER


def can_edit_space(space: Space, person: User) -> bool:
    """Owners. Admins of spaces too, where they read the space anyway: its rules are content."""
    if owns(space, person):
        return True
    return can_read(space, person) and person.has_perm(Capability.SPACES)


def require_edit_space(space: Space, person: User) -> None:
    if not can_edit_space(space, person):
        raise PermissionDenied(_("Only owners of the space change its settings."))


def can_own(space: Space, person: User) -> bool:
    """Owners. An admin of spaces only where nobody owns it: no right to read comes from that."""
    return owns(space, person) or can_name_owner(space, person)


def can_name_owner(space: Space, person: User) -> bool:
    """An admin of spaces, where nobody owns a space that they may know of."""
    if space.visibility == Visibility.SECRET or not person.has_perm(Capability.SPACES):
        return False
    return not Membership.objects.filter(space=space, role=Role.OWNER).exists()


def require_name_owner(space: Space, person: User) -> None:
    if not can_name_owner(space, person):
        raise PermissionDenied(
            _("Only people who manage spaces name an owner, and only where there is none.")
        )


def require_own(space: Space, person: User) -> None:
    if not can_own(space, person):
        raise PermissionDenied(_("Only owners of the space do this."))


def require_hand_over(space: Space, person: User) -> None:
    if not owns(space, person):
        raise PermissionDenied(_("Only owners of the space hand it over."))


def require_change_visibility(space: Space, person: User) -> None:
    """Owners alone: who manages spaces must not open what others wrote for few."""
    if not owns(space, person):
        raise PermissionDenied(_("Only owners of the space change who may read it."))


def require_moderate_space(space: Space, person: User) -> None:
    if not moderates(space, person):
        raise PermissionDenied(_("Only owners and moderators of the space do this."))


def can_join(space: Space, person: User) -> bool:
    """At once, without asking anybody: who comes in reads, so only where everybody reads anyway."""
    is_open = space.visibility == Visibility.OPEN and space.archived_at is None
    return is_open and not person.is_guest and role_in(space, person) is None


def can_request(space: Space, person: User) -> bool:
    """Where an owner or moderator answers; nobody comes in to an archived space."""
    asks = space.visibility == Visibility.CLOSED and space.joining == Joining.REQUEST
    asks = asks and not person.is_guest
    return asks and space.archived_at is None and role_in(space, person) is None


def require_open_space(by: User) -> None:
    if by.is_guest:
        raise PermissionDenied(_("Guests don't open spaces. Ask a colleague who works here."))


def require_colleague(person: User) -> None:
    """Raises ValidationError for a guest, who neither owns nor moderates a space."""
    if person.is_guest:
        said = _("%(name)s is a guest. Guests neither own nor moderate a space.")
        raise ValidationError({"person": said % {"name": person.name}})
