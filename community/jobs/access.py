"""Long work belongs to who asked for it; those who run the site see all of it (administration)."""

from typing import TYPE_CHECKING

from community.jobs.models import BackgroundJob

if TYPE_CHECKING:
    from community.accounts.models import User


def get_own_job(public_id: str, *, viewer: "User") -> BackgroundJob:
    """Raises BackgroundJob.DoesNotExist alike for a missing job and for somebody else's."""
    return BackgroundJob.objects.get(public_id=public_id, owner_id=viewer.pk)
