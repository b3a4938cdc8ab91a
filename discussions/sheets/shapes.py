"""Sheets of questions, as programs get them."""

from typing import TypedDict

from community.http.api.shapes import Time, written
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.sheets.models import Sheet


class SheetShape(TypedDict):
    id: str
    space: SpaceNameShape
    # checking, checked, importing, imported, or broken where it broke off: send the sheet again.
    state: str
    rows: int
    # What can be imported, or is.
    questions: int
    answers: int
    fault_count: int
    # Lines of the rows with a fault, and of answers below a question with one. Empty also where
    # the file can't be read to its end: then nothing can be imported.
    left_out: list[int]
    # Of checking or importing it: /me/jobs/<job>.
    job: str | None
    created_at: Time
    url: str


def sheet_shape(sheet: Sheet) -> SheetShape:
    """sheet comes with its space and job."""
    return {
        "id": sheet.public_id,
        "space": space_name_shape(sheet.space),
        "state": _state(sheet),
        "rows": sheet.rows,
        "questions": sheet.questions,
        "answers": sheet.answers,
        "fault_count": sheet.fault_count,
        "left_out": sheet.left_out,
        "job": sheet.job.public_id if sheet.job else None,
        "created_at": written(sheet.created_at),
        "url": sheet.get_absolute_url(),
    }


def _state(sheet: Sheet) -> str:
    if sheet.imported_at:
        return "imported"
    if sheet.job is not None and sheet.job.is_under_way:
        return "importing" if sheet.started_at else "checking"
    return "checked" if sheet.checked_at and not sheet.started_at else "broken"
