"""How the columns of a model stand in an export: plain values, and other rows by their keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from config.exports import EXPORTED, ByKind, Exported

FORMAT = "records/{label}.jsonl"


@dataclass(frozen=True)
class Column:
    """target is the label of the model that a foreign key leads to, or ""."""

    field: "Field[Any, Any]"
    target: str = ""
    by_kind: ByKind | None = None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def path(self) -> str:
        """What a query asks for."""
        return f"{self.name}__{EXPORTED[self.target].key}" if self.target else self.name


@dataclass(frozen=True)
class Table:
    """An exported model."""

    label: str

    @property
    def exported(self) -> Exported:
        return EXPORTED[self.label]

    @property
    def file(self) -> str:
        return FORMAT.format(label=self.label)

    @cached_property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._column(field)
            for field in self.model._meta.concrete_fields
            if not field.primary_key and field.name not in self.exported.left_out
        ]

    @cached_property
    def later(self) -> list[Column]:
        """Those that lead to rows which an import puts in later, or to rows of the same model."""
        places = list(EXPORTED)
        own = places.index(self.label)
        return [one for one in self.columns if one.target and places.index(one.target) >= own]

    def _column(self, field: "Field[Any, Any]") -> Column:
        target = field.related_model._meta.label if isinstance(field, ForeignKey) else ""
        return Column(field, target, self.exported.by_kind.get(field.name))


def tables() -> list[Table]:
    """In the order in which an import puts rows in."""
    return [Table(label) for label in EXPORTED]


def written(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def keys_of(label: str, ids: Iterable[int]) -> dict[int, Any]:
    """The key by which an export names each of the rows."""
    rows = apps.get_model(label)._base_manager.filter(pk__in=set(ids))
    return dict(rows.values_list("pk", EXPORTED[label].key))


def ids_of(label: str, keys: Iterable[Any]) -> Mapping[Any, int]:
    """The way back."""
    key = EXPORTED[label].key
    rows = apps.get_model(label)._base_manager.filter(**{f"{key}__in": set(keys)})
    return dict(rows.values_list(key, "pk"))
