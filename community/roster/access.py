"""Rosters are for those who manage people."""

from community.accounts.access import require_manage
from community.accounts.models import User
from community.roster.models import Roster


def get_roster(public_id: str, *, viewer: User) -> Roster:
    """Raises PermissionDenied unless viewer manages people, Roster.DoesNotExist."""
    require_manage(viewer)
    return Roster.objects.select_related("job", "by").get(public_id=public_id)
