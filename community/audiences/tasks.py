"""Inviting many into a space."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet

from community.accounts.models import User
from community.audiences.models import Audience
from community.audiences.queries import members_of
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.jobs.models import BackgroundJob, JobState
from community.spaces.membership import invite_to_space
from community.spaces.models import Space


@job()
def invite_members(context: JobContext, audience_id: int, space_id: int, by_id: int) -> None:
    """Keep a place for each member who isn't in the space; again, it adds only what is missing.

    It ends where by no longer looks after the space.
    """
    audience = Audience.objects.filter(pk=audience_id).first()
    by = User.objects.active().filter(pk=by_id).first()
    space = Space.objects.filter(pk=space_id).first()
    if audience is None or by is None or space is None:
        return
    ids = list(members_of(audience).order_by("pk").values_list("pk", flat=True))
    for done, pk in enumerate(ids, start=1):
        try:
            invite_to_space(space, User.objects.get(pk=pk), by=by)
        except ValidationError:
            # In already, or switched off since the list was read.
            pass
        except PermissionDenied:
            return
        context.progress(done, len(ids))


def under_way(audience: Audience) -> QuerySet[BackgroundJob]:
    """The work of inviting its members that is not done, the oldest first."""
    states = (JobState.WAITING, JobState.RUNNING)
    found = BackgroundJob.objects.filter(task=invite_members.name, state__in=states)
    return found.filter(args__0=audience.pk).order_by("pk")
