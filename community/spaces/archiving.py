"""Putting a space away: it stays readable for its readers, and nothing is written in it."""

from django.utils import timezone

from community.accounts.models import User
from community.events import SPACE_ARCHIVED, SPACE_UNARCHIVED
from community.outbox.recording import action, record
from community.spaces.access import require_own
from community.spaces.locking import lock_space
from community.spaces.models import Archival, Space


@action
def archive_space(space: Space, *, by: User) -> Space:
    """Leave space to be read only; members may still leave, and owners still change roles.

    Raises PermissionDenied unless by owns it.
    """
    space = lock_space(space, by)
    require_own(space, by)
    if space.archived_at is None:
        archival = Archival.objects.create(space=space, by=by)
        space.archived_at = archival.at
        space.save(update_fields=["archived_at"])
        record(SPACE_ARCHIVED, actor=by, obj=space, space=space)
    return space


@action
def unarchive_space(space: Space, *, by: User) -> Space:
    """Put space to use again. Raises PermissionDenied unless by owns it."""
    space = lock_space(space, by)
    require_own(space, by)
    if space.archived_at is not None:
        space.archivals.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=by)
        space.archived_at = None
        space.save(update_fields=["archived_at"])
        record(SPACE_UNARCHIVED, actor=by, obj=space, space=space)
    return space
