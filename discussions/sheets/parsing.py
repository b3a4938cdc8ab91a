"""A CSV file as questions with their answers, and what is wrong with it, line by line."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

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
    """lines are those of all its rows; one that is_broken is known by the answers below it only."""

    line: int
    title: str
    source: str
    tags: list[str]
    answers: list[Answer] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_broken: bool = False


@dataclass
class Parsed:
    """rows counts those that hold anything; is_cut_off where the rest could not be read."""

    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0
    is_cut_off: bool = False

    def cut_off(self, line: int, why: str) -> None:
        self.faults.append(Fault(line, "", why))
        self.is_cut_off = True


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
                parsed.cut_off(line, _too_many())
                break
            if number and any(cell.strip() for cell in row):
                _take_row(parsed, line, row, names)
            line = reader.line_num + 1
    except csv.Error:
        why = _("A quotation mark is never closed, or stands inside a cell: write it twice.")
        parsed.cut_off(line, why)
    return parsed


def lines_left_out(parsed: Parsed, faults: Iterable[Fault]) -> set[int]:
    """The rows with a fault, and all rows of a question whose own row has one."""
    faulty = {fault.line for fault in faults}
    below = (question.lines for question in parsed.questions if question.line in faulty)
    return faulty.union(*below)


def without(questions: Iterable[Question], lines: Collection[int]) -> list[Question]:
    """What is left of questions without the rows on these lines."""
    return [
        replace(question, answers=[each for each in question.answers if each.line not in lines])
        for question in questions
        if question.line not in lines
    ]


def _too_many() -> str:
    limit = f"{settings.MAX_SHEET_ROWS:,}"
    return _("There are more than %(limit)s rows: split the file.") % {"limit": limit}


def _take_row(parsed: Parsed, line: int, row: list[str], names: list[str]) -> None:
    parsed.rows += 1
    cells = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(str.strip, row), strict=False))
    broken = _wrong_with(row, names, cells, is_first=not parsed.questions)
    if broken:
        parsed.faults.append(Fault(line, *broken))
    if cells["title"] or cells["question"] or cells["tags"]:
        tags = cells["tags"].replace(",", " ").split()
        question = Question(line, cells["title"], cells["question"], tags, is_broken=bool(broken))
        parsed.questions.append(question)
    if parsed.questions:
        parsed.questions[-1].lines.append(line)
    if not broken:
        _take_answer(parsed, line, cells)


def _wrong_with(
    row: list[str], names: list[str], cells: dict[str, str], *, is_first: bool
) -> tuple[str, str] | None:
    """Column and sentence where the row as a whole can't be read."""
    if len(row) > len(names):
        why = _("It has %(cells)s cells, and there are %(columns)s columns: put text in quotes.")
        return "", why % {"cells": len(row), "columns": len(names)}
    if not cells["title"] and (cells["question"] or cells["tags"] or is_first):
        return "title", _("A question needs a title.")
    return None


def _take_answer(parsed: Parsed, line: int, cells: dict[str, str]) -> None:
    accepted = cells["accepted"].lower()
    if accepted not in YES | NO:
        parsed.faults.append(Fault(line, "accepted", _("Write yes or no.")))
    elif accepted in YES and not cells["answer"]:
        parsed.faults.append(Fault(line, "answer", _("There is no answer to accept.")))
    if cells["answer"]:
        answer = Answer(line, cells["answer"], accepted in YES)
        parsed.questions[-1].answers.append(answer)
