"""Sending a sheet in, starting its import, and putting its questions into the space."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.http.idempotency import once
from community.jobs.actions import enqueue
from community.jobs.pruning import prune
from community.outbox.recording import action, record
from community.spaces.access import refresh_rights, require_moderate_space, require_unarchived
from community.spaces.models import Space
from discussions.events import SHEET_IMPORTED
from discussions.sheets import tasks
from discussions.sheets.models import KEPT, Sheet
from discussions.sheets.parsing import decoded


@action
def send_sheet(space: Space, content: bytes, *, by: User, key: str = "") -> Sheet:
    """Keep the file and let the worker check every row, once for one key.

    Raises PermissionDenied unless by moderates the space, ValidationError for the field file.
    """
    refresh_rights(by)
    require_moderate_space(space, by)
    require_unarchived(space)
    return once(key, Sheet, lambda: _send(space, content, by), by=by)


def _send(space: Space, content: bytes, by: User) -> Sheet:
    try:
        text = decoded(content)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    sheet = Sheet.objects.create(space=space, person=by, text=text)
    # Those who run the site read the labels: they name no space that these may not know.
    sheet.job = enqueue(tasks.check_sheet, sheet.pk, label=_("Check of a sheet"), owner=by)
    sheet.save(update_fields=["job"])
    return sheet


@action
def start_import(sheet: Sheet, *, by: User, leaves_out: bool = False) -> Sheet:
    """Let the worker put the questions into the space; does nothing the second time.

    leaves_out goes on without the rows that are wrong. Raises PermissionDenied unless by moderates
    the space, ValidationError where rows are wrong and it isn't said, and where nothing is left.
    """
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("space").get(pk=sheet.pk)
    refresh_rights(by)
    require_moderate_space(sheet.space, by)
    require_unarchived(sheet.space)
    if sheet.checked_at is None or not sheet.questions:
        raise ValidationError(_("There is nothing to import yet."))
    if sheet.fault_count and not (leaves_out and sheet.left_out):
        raise ValidationError(_("Mend the file, or say that the rows with faults are left out."))
    if sheet.started_at is not None:
        return sheet
    sheet.job = enqueue(tasks.import_sheet, sheet.pk, label=_("Import of a sheet"), owner=by)
    sheet.started_at = timezone.now()
    sheet.save(update_fields=["job", "started_at"])
    record(SHEET_IMPORTED, actor=by, obj=sheet, space=sheet.space, questions=sheet.questions)
    return sheet


def prune_sheets() -> int:
    """Delete what was sent more than a day ago."""
    return prune(Sheet.objects.filter(created_at__lt=timezone.now() - KEPT))
