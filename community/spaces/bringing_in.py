"""Who may bring somebody else into which space; nobody into an archived one."""

from django.db.models import Q, QuerySet

from community.accounts.models import User
from community.spaces.access import moderates, roles_of
from community.spaces.models import MODERATING, Space, Visibility


def spaces_to_offer(by: User) -> QuerySet[Space]:
    """Where by may bring somebody in, by name: open spaces, and those that by looks after."""
    spaces: QuerySet[Space] = Space.objects.visible_to(by).unarchived()
    mine = Q(pk__in=_looked_after(by))
    return spaces.filter(Q(visibility=Visibility.OPEN) | mine).order_by("name", "id")


def moderated_spaces(by: User) -> QuerySet[Space]:
    """The spaces that by looks after, by name."""
    spaces: QuerySet[Space] = Space.objects.visible_to(by).unarchived()
    return spaces.filter(pk__in=_looked_after(by)).order_by("name", "id")


def may_bring_in(space: Space, by: User | None) -> bool:
    """Asked again when somebody comes in: by may have lost the space, or left, since."""
    if by is None or not by.is_active or by.is_guest or space.archived_at is not None:
        return False
    return space.visibility == Visibility.OPEN or moderates(space, by)


def _looked_after(by: User) -> list[int]:
    return [pk for pk, role in roles_of(by).items() if role in MODERATING]
