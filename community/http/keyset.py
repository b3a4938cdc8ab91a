"""Pages by key instead of offset: real addresses that neither double nor drop a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.signing import b62_decode, b62_encode
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)


class BadCursor(ValueError):
    """The address's cursor was not made by this list."""


@dataclass(frozen=True)
class Order:
    """A total order: columns with their direction, the last one unique, such as ("-hot", "-id")."""

    columns: tuple[str, ...]

    def names(self) -> list[str]:
        return [column.lstrip("-") for column in self.columns]


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: Sequence[M]
    # Cursor values for `?after=` and `?before=`; None where there is nothing.
    older: str | None
    newer: str | None


def keyset_page(
    rows: QuerySet[M], order: Order, *, size: int, after: str = "", before: str = ""
) -> Page[M]:
    """Return up to size rows behind the cursor after (or in front of before), in order.

    Raises BadCursor for a cursor that doesn't fit the order.
    """
    backwards = bool(before)
    cursor = _parse(before or after, order) if (before or after) else None
    columns = _reverse(order.columns) if backwards else order.columns
    found = rows.order_by(*columns)
    if cursor is not None:
        found = found.filter(_beyond(columns, cursor))
    fetched = list(found[: size + 1])
    more, fetched = len(fetched) > size, fetched[:size]
    if backwards:
        fetched.reverse()
    has_newer = more if backwards else bool(after)
    has_older = True if backwards else more
    return Page(
        fetched,
        older=_cursor(fetched[-1], order) if fetched and has_older else None,
        newer=_cursor(fetched[0], order) if fetched and has_newer else None,
    )


def _reverse(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(c[1:] if c.startswith("-") else f"-{c}" for c in columns)


def _beyond(columns: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) behind (x, y) as a < x or (a = x and b < y), whatever the directions."""
    condition, equal = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        name, side = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{side}": value})
        equal &= Q(**{name: value})
    return condition


def _cursor(row: Model, order: Order) -> str:
    return "~".join(_write(getattr(row, name)) for name in order.names())


def _write(value: Any) -> str:
    if isinstance(value, datetime):
        micros = int(value.timestamp()) * 1_000_000 + value.microsecond
        return "t" + b62_encode(micros)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(f"No cursor can be made of {value!r}.")
    if isinstance(value, int):
        return "i" + b62_encode(value)
    return ("f" + value.hex()) if isinstance(value, float) else "s" + value


def _parse(cursor: str, order: Order) -> list[Any]:
    parts = cursor.split("~")
    if len(parts) != len(order.columns):
        raise BadCursor("This page's address is not complete. Start again from the first page.")
    try:
        return [_read(part) for part in parts]
    except (ValueError, OverflowError, IndexError) as error:
        raise BadCursor("This page's address is damaged. Start from the first page.") from error


def _read(part: str) -> Any:
    kind, text = part[0], part[1:]
    if kind == "t":
        seconds, micros = divmod(b62_decode(text), 1_000_000)
        at = datetime.fromtimestamp(seconds, tz=UTC)
        return at.replace(microsecond=micros)
    if kind == "i":
        number = b62_decode(text)
        if abs(number) >= 2**63:
            raise ValueError("too large")
        return number
    if kind == "f":
        return float.fromhex(text)
    if kind == "s":
        return text
    raise ValueError(kind)
