"""Tables that people send: CSV as spreadsheets write it, read row by row with their lines."""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

from django.utils.translation import gettext as _

DELIMITERS = ",;\t"
MAX_CELL = 100_000


class TableRefused(ValueError):  # noqa: N818 - what happens to the table
    """A table that can't be read; says in a sentence why, and what to do."""


@dataclass(frozen=True)
class Row:
    """One record. line is the line of the file on which it begins; values are trimmed.

    too_long: there are more cells than columns, as where a comma in a name is not in quotes.
    """

    line: int
    values: dict[str, str]
    too_long: bool = False


@dataclass(frozen=True)
class BadRow:
    """What is wrong with one row: its line, the column, and the fix in a sentence."""

    line: int
    column: str
    text: str


def too_long(row: Row) -> BadRow:
    text = _("This row has more cells than the first line. Put cells with a comma in quotes.")
    return BadRow(row.line, "", text)


class Table:
    """A CSV file with a header line: UTF-8 with or without BOM; comma, semicolon or tab.

    Columns are named in any order and case; unknown ones stand in ignored. Raises TableRefused
    for a wrong encoding and missing or doubled columns, and while rows are read for a quote that
    isn't closed and for more than max_rows rows.
    """

    def __init__(
        self,
        data: bytes,
        *,
        required: Collection[str],
        optional: Collection[str] = (),
        max_rows: int,
    ) -> None:
        self._text, self._max_rows = _decoded(data), max_rows
        header = self._text.partition("\n")[0]
        self._delimiter = max(DELIMITERS, key=header.count)
        names = [name.strip().lower() for name in next(self._records(), (1, []))[1]]
        known = [*required, *optional]
        _check_columns(names, required, known)
        self._columns = [name if name in known else "" for name in names]
        self.ignored = [name for name in names if name and name not in known]

    def rows(self) -> Iterator[Row]:
        """Yield each row that holds anything."""
        count = 0
        for line, cells in islice(self._records(), 1, None):
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > self._max_rows:
                raise TableRefused(
                    _("This file has more than %(limit)s rows. Split it into several files.")
                    % {"limit": f"{self._max_rows:,}"}
                )
            named = zip_longest(self._columns, cells[: len(self._columns)], fillvalue="")
            values = {name: cell.strip() for name, cell in named if name}
            yield Row(line, values, too_long=any(cells[len(self._columns) :]))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line on which it begins, the header first."""
        text = io.StringIO(self._text, newline="")
        reader = csv.reader(text, delimiter=self._delimiter, strict=True)
        csv.field_size_limit(MAX_CELL)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise TableRefused(
                _("The row on line %(line)s can't be read: a quotation mark is missing.")
                % {"line": line}
            ) from error


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableRefused(
            _("Line %(line)s isn't UTF-8. Save the file as “CSV UTF-8” and send it again.")
            % {"line": line}
        ) from error
    if "\0" in text:
        raise TableRefused(_("This isn't a text file. Save the table as “CSV UTF-8”."))
    return text


def _check_columns(names: list[str], required: Collection[str], known: list[str]) -> None:
    missing = [name for name in required if name not in names]
    if missing:
        raise TableRefused(
            _("The first line has to name the columns, and these are missing: %(names)s.")
            % {"names": ", ".join(missing)}
        )
    doubled = [name for name in known if names.count(name) > 1]
    if doubled:
        raise TableRefused(
            _("The first line names these columns twice: %(names)s.")
            % {"names": ", ".join(doubled)}
        )
