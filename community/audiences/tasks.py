"""Inviting many into a space."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.audiences.models import Audience
from community.audiences.queries import members_of
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.jobs.models import BackgroundJob
from community.spaces.membership import invite_to_space
from community.spaces.models import Space
from community.spaces.queries import invitations, members

SHOWN_FOR = timedelta(days=1)


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
    there = {*members(space).values_list("person_id", flat=True)}
    there |= {*invitations(space).values_list("person_id", flat=True)}
    invited = 0
    for done, pk in enumerate(ids, start=1):
        if pk not in there:
            try:
                invite_to_space(space, User.objects.get(pk=pk), by=by)
                invited += 1
            except ValidationError:
                # Came in, or was switched off, since the list was read.
                pass
            except PermissionDenied:
                return
        context.progress(done, len(ids), _outcome(invited, done, len(ids), by))


def _outcome(invited: int, done: int, count: int, by: User) -> str:
    """In the words of who asked; without the space's name, which other readers may not know."""
    with translation.override(by.locale):
        said = _("%(invited)s of %(count)s were invited.")
        others = _("The others are in it or had been invited.") if invited < done == count else ""
        return f"{said % {'invited': invited, 'count': count}} {others}".strip()


def last_work(audience: Audience) -> BackgroundJob | None:
    """What was last done, within a day, to invite its members: it tells how that ended."""
    asked = BackgroundJob.objects.filter(task=invite_members.name, args__0=audience.pk)
    return asked.filter(created_at__gt=timezone.now() - SHOWN_FOR).order_by("pk").last()
