"""Audiences and default spaces are for those who manage people."""

from community.accounts.access import require_manage
from community.accounts.models import User
from community.audiences.models import Audience, DefaultSpace
from community.audiences.queries import default_spaces


def get_audience(public_id: str, *, viewer: User) -> Audience:
    """Raises Audience.DoesNotExist, PermissionDenied unless viewer manages people."""
    require_manage(viewer)
    return Audience.objects.get(public_id=public_id)


def get_default_space(public_id: str, *, viewer: User) -> DefaultSpace:
    """Raises DefaultSpace.DoesNotExist, also where viewer may not know of the space.

    Raises PermissionDenied unless viewer manages people.
    """
    require_manage(viewer)
    return default_spaces(viewer).get(public_id=public_id)


def default_space_of(unit_id: str, slug: str, *, viewer: User) -> DefaultSpace:
    """As get_default_space(), by the id of the unit and the slug of the space."""
    require_manage(viewer)
    return default_spaces(viewer).get(unit__public_id=unit_id, space__slug=slug)
