"""Pages of lists, cut by key."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.keyset import Order, keyset_page

M = TypeVar("M", bound=Model)


def answer_page(
    request: Request,
    rows: QuerySet[M],
    order: Order,
    query: Mapping[str, Any],
    write: Callable[[Sequence[M]], Sequence[Mapping[str, Any]]],
) -> Response:
    """Answer the page that query (see PageQuery) asks for. Raises BadCursor."""
    page = keyset_page(rows, order, size=query["limit"], after=query["after"])
    return Response({"results": write(page.rows), "next": next_link(request, page.older)})


def next_link(request: Request, cursor: str | None) -> str | None:
    """Return the address that was asked for, moved on to cursor."""
    if cursor is None:
        return None
    asked = {**request.query_params.dict(), "after": cursor}
    return f"{request.build_absolute_uri(request.path)}?{urlencode(asked)}"
