"""Who may see and do what with spaces."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.roles.models import Capability
from community.spaces.models import Joining, Membership, Role, Space, Visibility


def get_space(slug: str, *, viewer: User) -> Space:
    """Return a space whose existence viewer may know of; a former slug counts too.

    What it holds is readable only where can_read() says so. Raises Space.DoesNotExist alike for
    a secret and a missing one.
    """
    spaces = Space.objects.listed_for(viewer)
    found = spaces.filter(slug=slug).first()
    return found or spaces.get(former_slugs__slug=slug)


def role_in(space: Space, person: User) -> str | None:
    """Return person's role, or None. Kept on the person, so that one page asks once per space."""
    known: dict[int, str | None] = person.__dict__.setdefault("_roles", {})
    if space.pk not in known:
        found = Membership.objects.filter(space_id=space.pk, person_id=person.pk)
        known[space.pk] = found.values_list("role", flat=True).first()
    return known[space.pk]


def can_read(space: Space, viewer: User) -> bool:
    return space.visibility == Visibility.OPEN or role_in(space, viewer) is not None


def require_read(space: Space, viewer: User) -> None:
    if not can_read(space, viewer):
        raise PermissionDenied(_("Only members read what is in this space."))


def moderates(space: Space, person: User) -> bool:
    return role_in(space, person) in {Role.MODERATOR, Role.OWNER}


def owns(space: Space, person: User) -> bool:
    return role_in(space, person) == Role.OWNER


def can_edit_space(space: Space, person: User) -> bool:
    """Owners. Admins of spaces too, where they may know of the space; reading is another matter."""
    if owns(space, person):
        return True
    known = space.visibility != Visibility.SECRET or role_in(space, person) is not None
    return known and person.has_perm(Capability.SPACES)


def require_edit_space(space: Space, person: User) -> None:
    if not can_edit_space(space, person):
        raise PermissionDenied(_("Only owners of the space change its settings."))


def require_own(space: Space, person: User) -> None:
    """Owners; an admin of spaces only where nobody owns it, so that no right to read comes from it."""
    if owns(space, person):
        return
    orphan = not Membership.objects.filter(space=space, role=Role.OWNER).exists()
    if not (orphan and can_edit_space(space, person)):
        raise PermissionDenied(_("Only owners of the space do this."))


def require_moderate_space(space: Space, person: User) -> None:
    if not moderates(space, person):
        raise PermissionDenied(_("Only owners and moderators of the space do this."))


def can_join(space: Space, person: User) -> bool:
    """At once, without asking anybody."""
    if role_in(space, person) is not None:
        return False
    return space.visibility == Visibility.OPEN or space.joining == Joining.AT_ONCE


def can_request(space: Space, person: User) -> bool:
    asks = space.visibility == Visibility.CLOSED and space.joining == Joining.REQUEST
    return asks and role_in(space, person) is None
