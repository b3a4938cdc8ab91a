"""Recurring work. Several workers never run one occasion twice."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from community.accounts.headlines import start_refreshing
from community.attachments.actions import remove_loose_files
from community.files.strays import start_removing
from community.http.models import Submission
from community.invitations.pruning import prune_invitations
from community.jobs.pruning import prune, prune_work
from community.jobs.reaping import reap_jobs
from community.jobs.schedule import Schedule
from community.outbox.recording import action
from community.roster.actions import prune_rosters
from discussions.drafts.actions import prune_drafts
from discussions.exports.actions import remove_expired
from discussions.reading.watermarks import start_advancing
from discussions.resources.tasks import check_due_links
from discussions.saved.actions import prune_saved
from discussions.sheets.actions import prune_sheets

SUBMISSIONS_KEPT = timedelta(days=2)


def prune_submissions() -> int:
    """Forget the keys of creates that nobody sends again."""
    return prune(Submission.objects.filter(at__lt=timezone.now() - SUBMISSIONS_KEPT))


@action
def clear_sessions() -> None:
    call_command("clearsessions")


SCHEDULES: dict[str, Schedule] = {
    "reap-jobs": Schedule(reap_jobs, timedelta(seconds=15)),
    "prune-work": Schedule(prune_work, timedelta(hours=1)),
    "prune-submissions": Schedule(prune_submissions, timedelta(hours=1)),
    "remove-loose-files": Schedule(remove_loose_files, timedelta(minutes=10)),
    "remove-strays": Schedule(start_removing, timedelta(days=1)),
    "check-links": Schedule(check_due_links, timedelta(minutes=15)),
    "refresh-headlines": Schedule(start_refreshing, timedelta(hours=1)),
    "advance-watermarks": Schedule(start_advancing, timedelta(hours=1)),
    "prune-invitations": Schedule(prune_invitations, timedelta(hours=6)),
    "remove-exports": Schedule(remove_expired, timedelta(minutes=10)),
    "prune-drafts": Schedule(prune_drafts, timedelta(hours=1)),
    "prune-saved": Schedule(prune_saved, timedelta(hours=1)),
    "prune-sheets": Schedule(prune_sheets, timedelta(hours=1)),
    "prune-rosters": Schedule(prune_rosters, timedelta(hours=1)),
    "clear-sessions": Schedule(clear_sessions, timedelta(hours=6)),
}
