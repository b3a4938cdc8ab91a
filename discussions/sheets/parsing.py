"""A CSV file as questions with their answers, and what is wrong with it, line by line."""

import csv
import io
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COLUMNS = ("title", "question", "tags", "answer", "accepted")
NEEDED = {"title", "question", "tags"}
YES, NO = {"yes", "y", "1", "true", "x"}, {"no", "n", "0", "false", ""}


@dataclass(frozen=True)
class Fault:
    """line counts from 1, the line of the column names included."""

    line: int
    column: str
    why: str


@dataclass
class Answer:
    line: int
    source: str
    is_accepted: bool


@dataclass
class Question:
    line: int
    title: str
    source: str
    tags: list[str]
    answers: list[Answer] = field(default_factory=list)


@dataclass
class Parsed:
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decoded(content: bytes) -> str:
    """The text of a file. Raises ValidationError that says how to save it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValidationError(
            _("Line %(line)s is not UTF-8: save the file as “CSV UTF-8”.") % {"line": line}
        ) from error
    if "\0" in text:
        raise ValidationError(_("This is no text: save the sheet as “CSV UTF-8”."))
    _require_columns(text)
    return text


def _require_columns(text: str) -> None:
    header = text.partition("\n")[0]
    named = _names(header)
    if missing := NEEDED - set(named):
        raise ValidationError(
            _("The first line must name the columns; missing: %(names)s.")
            % {"names": ", ".join(name for name in COLUMNS if name in missing)}
        )
    if unknown := [name for name in named if name and name not in COLUMNS]:
        raise ValidationError(
            _("The first line names %(name)s; there is: %(known)s.")
            % {"name": unknown[0][:40], "known": ", ".join(COLUMNS)}
        )


def _names(header: str) -> list[str]:
    row = next(csv.reader([header], delimiter=_delimiter(header)), [])
    return [name.strip().lower() for name in row]


def _delimiter(header: str) -> str:
    """Some programs write semicolons, depending on the language of the system."""
    return ";" if header.count(";") > header.count(",") else ","


def parse_sheet(text: str) -> Parsed:
    """Questions in the order of their rows. A row without title adds an answer to the one above."""
    header = text.partition("\n")[0]
    names, parsed, line = _names(header), Parsed(), 1
    # Without strict a quotation mark that is never closed would swallow the rest.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(header), strict=True)
    try:
        for number, row in enumerate(reader):
            if number > settings.MAX_SHEET_ROWS:
                parsed.faults.append(Fault(line, "", _too_many()))
                break
            if number and any(cell.strip() for cell in row):
                _take_row(parsed, line, row, names)
            line = reader.line_num + 1
    except csv.Error:
        why = _("A quotation mark is never closed, or stands inside a cell: write it twice.")
        parsed.faults.append(Fault(line, "", why))
    return parsed


def _too_many() -> str:
    limit = f"{settings.MAX_SHEET_ROWS:,}"
    return _("There are more than %(limit)s rows: split the file.") % {"limit": limit}


def _take_row(parsed: Parsed, line: int, row: list[str], names: list[str]) -> None:
    if len(row) > len(names):
        why = _("It has %(cells)s cells, and there are %(columns)s columns: put text in quotes.")
        limits = {"cells": len(row), "columns": len(names)}
        parsed.faults.append(Fault(line, "", why % limits))
        return
    cells = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(str.strip, row), strict=False))
    if cells["title"]:
        tags = cells["tags"].replace(",", " ").split()
        parsed.questions.append(Question(line, cells["title"], cells["question"], tags))
    elif cells["question"] or cells["tags"] or not parsed.questions:
        parsed.faults.append(Fault(line, "title", _("A question needs a title.")))
        return
    _take_answer(parsed, line, cells)


def _take_answer(parsed: Parsed, line: int, cells: dict[str, str]) -> None:
    accepted = cells["accepted"].lower()
    if accepted not in YES | NO:
        parsed.faults.append(Fault(line, "accepted", _("Write yes or no.")))
    elif accepted in YES and not cells["answer"]:
        parsed.faults.append(Fault(line, "answer", _("There is no answer to accept.")))
    if cells["answer"]:
        answer = Answer(line, cells["answer"], accepted in YES)
        parsed.questions[-1].answers.append(answer)
