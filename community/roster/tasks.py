"""Comparing a table and carrying it out, in the worker."""

from django.utils import timezone

from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action
from community.roster.applying import carry_out
from community.roster.checking import check
from community.roster.models import Roster


@job()
def check_roster(context: JobContext, roster_id: int) -> None:
    roster = Roster.objects.select_related("by").filter(pk=roster_id).first()
    if roster is not None:
        check(roster, context.progress)


@job()
def apply_roster(context: JobContext, roster_id: int) -> None:
    roster = Roster.objects.select_related("by").filter(pk=roster_id).first()
    if roster is not None:
        carry_out(roster, context.progress)
        note_applied(roster)


@action
def note_applied(roster: Roster) -> None:
    Roster.objects.filter(pk=roster.pk).update(applied_at=timezone.now())
