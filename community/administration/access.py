"""Who may see and mend background work. To everybody else none of it exists."""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet

from community.accounts.models import User
from community.jobs.models import BackgroundJob
from community.outbox.models import Fanout, ParkedEvent
from community.roles.models import Capability

M = TypeVar("M", bound=Model)


def require_operations(viewer: User) -> None:
    """Raise ObjectDoesNotExist unless viewer sees and mends background work."""
    if not viewer.has_perm(Capability.OPERATIONS):
        raise ObjectDoesNotExist


def get_parked(public_id: str, *, viewer: User) -> ParkedEvent:
    return _get(ParkedEvent.objects.all(), viewer, public_id=public_id)


def get_fanout(public_id: str, *, viewer: User) -> Fanout:
    """Return a fan-out that isn't done."""
    return _get(Fanout.objects.all(), viewer, public_id=public_id, done_at=None)


def get_job(public_id: str, *, viewer: User) -> BackgroundJob:
    return _get(BackgroundJob.objects.all(), viewer, public_id=public_id)


def _get(rows: QuerySet[M], viewer: User, **criteria: Any) -> M:
    """Raises DoesNotExist alike for a missing row and for somebody who may not see it."""
    require_operations(viewer)
    return rows.get(**criteria)
