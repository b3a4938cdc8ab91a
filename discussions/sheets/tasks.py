"""Checking a sheet and importing it, in the worker."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from community.http.faults import FAULTS_KEPT
from community.jobs.context import JobContext
from community.jobs.functions import job
from community.outbox.recording import action
from discussions.answers.rebuilds import rebuild_contributions
from discussions.sheets.checking import Checker, known_titles
from discussions.sheets.models import Sheet
from discussions.sheets.parsing import lines_left_out, parse_sheet, without
from discussions.sheets.storing import store
from discussions.topics.rebuilds import rebuild_tag_counts

BATCH = 10


@job()
def check_sheet(context: JobContext, sheet_id: int) -> None:
    """Note what is wrong with which line, and how much there is to import."""
    sheet = Sheet.objects.select_related("space", "person").filter(pk=sheet_id).first()
    if sheet is None:
        return
    parsed = parse_sheet(sheet.text)
    checker = Checker(sheet.space, sheet.person, parsed.faults)
    seen = dict.fromkeys(known_titles(sheet.space, parsed.questions), 0)
    for done, question in enumerate(parsed.questions, start=1):
        checker.check(question, seen)
        if not question.is_broken:
            seen.setdefault(question.title, question.line)
        context.progress(done, len(parsed.questions))
    faults = sorted(checker.faults, key=lambda fault: fault.line)
    left_out = set() if parsed.is_cut_off else lines_left_out(parsed, faults)
    kept = [] if parsed.is_cut_off else without(parsed.questions, left_out)
    _note(
        sheet_id,
        rows=parsed.rows,
        questions=len(kept),
        answers=sum(len(question.answers) for question in kept),
        left_out=sorted(left_out),
        faults=[[fault.line, fault.column, fault.why] for fault in faults[:FAULTS_KEPT]],
        fault_count=len(faults),
        checked_at=timezone.now(),
    )


@job()
def import_sheet(context: JobContext, sheet_id: int) -> None:
    """Go on where the last attempt stood, then count tags and contributions again."""
    sheet = Sheet.objects.select_related("space", "person").filter(pk=sheet_id).first()
    if sheet is None:
        return
    try:
        _store_questions(context, sheet)
    finally:
        # What was stored counts, also where the rest can't be any more.
        rebuild_tag_counts(lambda done, total: None, space=sheet.space)
        rebuild_contributions(lambda done, total: None, space=sheet.space)
    _note(sheet_id, imported_at=timezone.now())


def _store_questions(context: JobContext, sheet: Sheet) -> None:
    questions = without(parse_sheet(sheet.text).questions, set(sheet.left_out))
    for start in range(sheet.position, len(questions), BATCH):
        checker = Checker(sheet.space, sheet.person)
        drafts = [checker.check(question) for question in questions[start : start + BATCH]]
        if checker.faults:
            raise ValidationError(checker.faults[0].why)
        store(sheet.pk, [draft for draft in drafts if draft], position=start)
        context.progress(start + len(drafts), len(questions))


@action
def _note(sheet_id: int, **columns: object) -> None:
    Sheet.objects.filter(pk=sheet_id).update(**columns)
