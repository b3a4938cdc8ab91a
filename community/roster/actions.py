"""Sending a table of people in, and saying that it shall be carried out."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.access import require_manage
from community.accounts.models import User
from community.events import ROSTER_APPLIED
from community.http.idempotency import once
from community.jobs.actions import enqueue
from community.jobs.pruning import prune
from community.outbox.recording import action, record
from community.roster.checking import open_table
from community.roster.models import KEPT, Roster
from community.roster.tasks import apply_roster, check_roster
from community.text.tables import TableRefused


@action
def send_roster(data: bytes, *, by: User, key: str = "") -> Roster:
    """Keep the table and let the worker compare it with who is here, once for one key.

    Raises PermissionDenied unless by manages people, ValidationError for the field file.
    """
    require_manage(by)
    return once(key, Roster, lambda: _send(data, by), by=by)


def _send(data: bytes, by: User) -> Roster:
    roster = keep_roster(data, by=by)
    label = _("Check of a table of people")
    roster.job = enqueue(check_roster, roster.pk, label=label, owner=by)
    roster.save(update_fields=["job"])
    return roster


@action
def keep_roster(data: bytes, *, by: User) -> Roster:
    """As send_roster, for callers that compare it themselves."""
    require_manage(by)
    try:
        rows = sum(1 for _row in open_table(data).rows())
    except TableRefused as error:
        raise ValidationError({"file": str(error)}) from error
    if not rows:
        raise ValidationError({"file": _("Below the names of the columns there is nothing.")})
    return Roster.objects.create(by=by, text=data.decode("utf-8-sig"), rows=rows)


@action
def start_roster(roster: Roster, *, by: User, removes_missing: bool, sends_letters: bool) -> Roster:
    """Let the worker carry out what was compared; does nothing the second time.

    Raises PermissionDenied unless by manages people, ValidationError before it is compared.
    """
    roster = say_yes(roster, by=by, removes_missing=removes_missing, sends_letters=sends_letters)
    if roster.job is None:
        label = _("Import of a table of people")
        roster.job = enqueue(apply_roster, roster.pk, label=label, owner=by)
        roster.save(update_fields=["job"])
    return roster


@action
def say_yes(roster: Roster, *, by: User, removes_missing: bool, sends_letters: bool) -> Roster:
    """As start_roster, for callers that carry it out themselves: job is None the first time."""
    require_manage(by)
    roster = Roster.objects.select_for_update(of=("self",)).select_related("by").get(pk=roster.pk)
    if roster.checked_at is None:
        raise ValidationError(_("The table has to be checked first."))
    if roster.started_at is not None:
        return roster
    roster.by, roster.job, roster.started_at = by, None, timezone.now()
    roster.removes_missing, roster.sends_letters = removes_missing, sends_letters
    roster.save(update_fields=["by", "job", "started_at", "removes_missing", "sends_letters"])
    record(ROSTER_APPLIED, actor=by, obj=roster, rows=roster.rows)
    return roster


def prune_rosters() -> int:
    """Forget tables that are older than a day; they are full of personal data."""
    return prune(Roster.objects.filter(created_at__lt=timezone.now() - KEPT))
