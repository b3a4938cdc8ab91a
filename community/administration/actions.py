"""Mending background work: try again, or let it be. The worker does the trying."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from community.accounts.models import User
from community.administration.access import require_operations
from community.jobs import actions as jobs
from community.jobs.models import BackgroundJob
from community.outbox.models import Fanout, ParkedEvent
from community.outbox.recording import action

TOO_LATE = gettext_lazy("Nothing was changed: the worker was faster.")


@action
def retry_parked(parked: ParkedEvent, *, by: User) -> bool:
    """Make it due now. Returns False, like the others, where the worker was faster."""
    require_operations(by)
    rows = ParkedEvent.objects.filter(pk=parked.pk)
    return rows.update(next_attempt_at=timezone.now()) > 0


@action
def discard_parked(parked: ParkedEvent, *, by: User) -> bool:
    """Forget it: this handler's work on this event is never done."""
    require_operations(by)
    deleted, _ = ParkedEvent.objects.filter(pk=parked.pk).delete()
    return deleted > 0


@action
def retry_fanout(fanout: Fanout, *, by: User) -> bool:
    require_operations(by)
    rows = Fanout.objects.filter(pk=fanout.pk, done_at=None)
    return rows.update(next_attempt_at=timezone.now()) > 0


@action
def discard_fanout(fanout: Fanout, *, by: User) -> bool:
    """Forget it: the rows that it has not reached stay as they are."""
    require_operations(by)
    deleted, _ = Fanout.objects.filter(pk=fanout.pk, done_at=None).delete()
    return deleted > 0


@action
def retry_job(job: BackgroundJob, *, by: User) -> bool:
    require_operations(by)
    return jobs.retry_job(job)


@action
def discard_job(job: BackgroundJob, *, by: User) -> bool:
    require_operations(by)
    return jobs.discard_job(job)


@action
def cancel_job(job: BackgroundJob, *, by: User) -> bool:
    require_operations(by)
    return jobs.cancel_job(job)
