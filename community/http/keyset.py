"""Pages by key instead of offset: real addresses that neither double nor drop a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import quote, unquote

from django.core.exceptions import BadRequest, ValidationError
from django.core.signing import b62_decode, b62_encode
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.http.sealing import seal, unseal

M = TypeVar("M", bound=Model)
PURPOSE = "cursor"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# No text that quote() wrote holds one.
SEPARATOR = "!"


class BadCursor(BadRequest):
    """The address's cursor was not made by this list; uncaught it becomes a page that says so."""


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
        found = _filter_beyond(found, columns, cursor)
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


def page_or_first(
    request: HttpRequest, rows: QuerySet[M], order: Order, *, size: int
) -> tuple[Page[M], bool]:
    """Return the page that the address asks for; else the first one, and True.

    Else is where the cursor is damaged, or nothing stands beyond it any more.
    """
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        page = keyset_page(rows, order, size=size, after=after, before=before)
    except BadCursor:
        return keyset_page(rows, order, size=size), True
    if (after or before) and not page.rows:
        return keyset_page(rows, order, size=size), True
    return page, False


def _reverse(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(c[1:] if c.startswith("-") else f"-{c}" for c in columns)


def _filter_beyond(rows: QuerySet[M], columns: Sequence[str], values: Sequence[Any]) -> QuerySet[M]:
    """A value that its column can't be compared with, such as a name with a date, is refused."""
    try:
        return rows.filter(_beyond(columns, values))
    except (TypeError, ValueError, ValidationError) as error:
        raise BadCursor(_damaged()) from error


def _beyond(columns: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) behind (x, y) as a <= x and (a < x or (a = x and b < y)), whatever the directions.

    The first part says nothing new, except to the database: where in the index to begin.
    """
    condition, equal = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        condition |= equal & Q(**{_compared(column): value})
        equal &= Q(**{column.lstrip("-"): value})
    return Q(**{f"{_compared(columns[0])}e": values[0]}) & condition


def _compared(column: str) -> str:
    return f"{column[1:]}__lt" if column.startswith("-") else f"{column}__gt"


def _cursor(row: Model, order: Order) -> str:
    """Sealed: the ids of two rows tell how many there are between them that one doesn't see."""
    values = SEPARATOR.join(_write(getattr(row, name)) for name in order.names())
    return seal(values.encode(), PURPOSE)


def _write(value: Any) -> str:
    if isinstance(value, datetime):
        return "t" + b62_encode((value - EPOCH) // timedelta(microseconds=1))
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(f"No cursor can be made of {value!r}.")
    if isinstance(value, int):
        return "i" + b62_encode(value)
    return ("f" + value.hex()) if isinstance(value, float) else "s" + quote(value, safe="")


def _parse(cursor: str, order: Order) -> list[Any]:
    try:
        parts = unseal(cursor, PURPOSE).decode().split(SEPARATOR)
        if len(parts) != len(order.columns):
            raise BadCursor(_damaged())
        return [_read(part) for part in parts]
    except (ValueError, OverflowError, IndexError) as error:
        raise BadCursor(_damaged()) from error


def _damaged() -> str:
    return _("This page's address is not complete. Start again from the first page of the list.")


def _read(part: str) -> Any:
    kind, text = part[0], part[1:]
    if kind == "t":
        return EPOCH + timedelta(microseconds=b62_decode(text))
    if kind == "i":
        number = b62_decode(text)
        if abs(number) >= 2**63:
            raise ValueError("too large")
        return number
    if kind == "f":
        return float.fromhex(text)
    if kind == "s":
        return _text(unquote(text))
    raise ValueError(kind)


def _text(value: str) -> str:
    """Quoted twice, a NUL byte passes the middleware; PostgreSQL can't compare with it."""
    if "\0" in value:
        raise ValueError("a NUL byte")
    return value
