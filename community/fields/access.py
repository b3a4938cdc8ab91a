"""Who may see and change fields."""

from community.accounts.access import require_manage
from community.accounts.models import User
from community.fields.models import Field


def get_field(public_id: str, *, viewer: User) -> Field:
    """For those who manage people. Raises PermissionDenied, Field.DoesNotExist."""
    require_manage(viewer)
    return Field.objects.get(public_id=public_id)


def get_asked_field(public_id: str, *, viewer: User) -> Field:
    """To answer in. Raises Field.DoesNotExist, also for an archived one."""
    return Field.objects.visible_to(viewer).get(public_id=public_id, archived_at=None)
