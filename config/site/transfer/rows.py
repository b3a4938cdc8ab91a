"""Records back to rows: values are checked, keys are looked up, a batch at a time."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from config.site.manifest import FolderError
from config.site.transfer.lines import Record, damaged
from config.site.transfer.tables import Column, Table, ids_of

Numbered = Sequence[tuple[int, Record]]
# Label and key to the row's id.
Known = Mapping[tuple[str, str], int]


class RowBuilder:
    """Makes unsaved rows of one table; path is named in what is refused."""

    def __init__(self, table: Table, path: Path) -> None:
        self._table, self._path = table, path
        self._columns = [column for column in table.columns if column not in table.later]

    def build(self, batch: Numbered) -> list[Model]:
        """Raises FolderError that names the line."""
        known = {column.name: self._ids(column, batch) for column in self._columns}
        return [self._row(number, record, known) for number, record in batch]

    def links(self, batch: Numbered) -> list[dict[str, int | None]]:
        """What each row leads to that was not there yet when it was put in."""
        known = {column.name: self._ids(column, batch) for column in self._table.later}
        return [
            {
                column.field.attname: self._id(column, number, record, known[column.name])
                for column in self._table.later
            }
            for number, record in batch
        ]

    def _row(self, number: int, record: Record, known: Mapping[str, Known]) -> Model:
        if unknown := record.keys() - {column.name for column in self._table.columns}:
            raise damaged(self._path, number, f"{min(unknown)!r} is no column of this version")
        values: dict[str, Any] = {}
        for column in self._columns:
            if column.name not in record:
                continue  # an older export: the column's default
            if column.target or column.by_kind:
                found = self._id(column, number, record, known[column.name])
                values[column.field.attname] = found
            else:
                values[column.name] = self._value(column, number, record[column.name])
        values |= {name: make() for name, make in self._table.exported.fresh.items()}
        return self._table.model(**values)

    def _value(self, column: Column, number: int, value: Any) -> Any:
        field = column.field
        try:
            if value is None and not field.null:
                raise ValidationError("it is missing")
            value = None if value is None else field.to_python(value)
            field.run_validators(value)
            if field.choices and value not in dict(field.flatchoices) | {"": ""}:
                raise ValidationError("it is none of the choices")
        except (ValidationError, TypeError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise damaged(
                self._path, number, f"{column.name} can't be {value!r:.80}: {said}"
            ) from (error)
        return value

    def _ids(self, column: Column, batch: Numbered) -> Known:
        """The rows that the batch names in a column, looked up at once for each model."""
        wanted: dict[str, set[str]] = {}
        for _number, record in batch:
            key = record.get(column.name)
            if isinstance(key, str):
                wanted.setdefault(_target(column, record), set()).add(key)
        return {
            (label, key): pk
            for label, keys in wanted.items()
            if label
            for key, pk in ids_of(label, keys).items()
        }

    def _id(self, column: Column, number: int, record: Record, known: Known) -> int | None:
        key = record.get(column.name)
        if key is None and column.field.null:
            return None
        found = known.get((_target(column, record), key)) if isinstance(key, str) else None
        if found is None:
            raise damaged(self._path, number, f"{column.name} names {key!r:.80}, which isn't there")
        return found


def _target(column: Column, record: Record) -> str:
    """The label of the model that a column leads to; "" where it leads nowhere."""
    if column.by_kind is None:
        return column.target
    return column.by_kind.models.get(str(record.get(column.by_kind.kind_column)), "")


def database_refused(path: Path, batch: Numbered, error: Exception) -> FolderError:
    first, last = batch[0][0], batch[-1][0]
    said = str(error).strip().splitlines()[0]
    return FolderError(f"{path}, lines {first:,} to {last:,}: the database refuses them: {said}.")
