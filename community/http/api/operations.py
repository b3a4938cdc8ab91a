"""What an operation takes and gives, said once: for the running site and for the schema."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, cast

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer, ValidationError

from community.http.api.errors import BadQuery, field_errors
from community.http.api.etags import wanted_version
from community.http.api.fields import Input, Query
from community.http.api.keys import sent_key
from community.http.idempotency import MAX_KEY_LENGTH
from community.http.problems import MEDIA_TYPE
from community.http.rate import count_request, seconds_left

if TYPE_CHECKING:
    from community.accounts.models import User


class ExistingShape(TypedDict):
    id: str
    title: str
    url: str


class ProblemErrorShape(TypedDict):
    detail: str
    # Of a field in the body, as "#/title"; or the name of one in the address.
    pointer: NotRequired[str]
    parameter: NotRequired[str]
    # Where you find what is there already.
    existing: NotRequired[list[ExistingShape]]


class ProblemShape(TypedDict):
    """What problem() writes."""

    title: str
    status: int
    detail: NotRequired[str]
    errors: NotRequired[list[ProblemErrorShape]]


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that was read, so that nobody's edit is overwritten; `*` for any.",
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "maxLength": MAX_KEY_LENGTH},
    OpenApiParameter.HEADER,
    description=(
        "Any text of your own; a repeat with the same one makes no second object. With something"
        " else it is refused: 422."
    ),
)

# What an operation gives that answers with a file.
ANY_BYTES = OpenApiTypes.BINARY
ANY_TYPE = "*/*"


def operation(
    summary: str,
    *,
    gives: Any = None,
    sends: type[Input] | None = None,
    query: type[Query] | None = None,
    status: int | None = None,
    keyed: bool = False,
    versioned: bool = False,
    rate: tuple[str, int] | None = None,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Say what a method of an ApiView takes and gives.

    gives: a shape, PageOf(shape), ANY_BYTES, or nothing (204). The method gets what it asks for by
    keyword: sent, the checked body of sends; query, the checked parameters; key, the
    Idempotency-Key; version, the number in If-Match, None for any. rate is a count that pages
    share, and how often in a minute.
    """
    takes = _Takes(sends, query, keyed, versioned, rate)

    def decorate(method: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(method)
        def answer(view: Any, request: Request, **kwargs: Any) -> HttpResponseBase:
            return method(view, request, **kwargs, **takes.arguments(request))

        described = extend_schema(
            operation_id=_operation_id(method),
            summary=summary,
            description=method.__doc__ or summary,
            parameters=takes.parameters(),
            request=sends,
            responses=_responses(gives, status),
        )
        return described(answer)

    return decorate


@dataclass(frozen=True)
class _Takes:
    """What a method asks of a request; the fields are operation()'s."""

    sends: type[Input] | None
    query: type[Query] | None
    keyed: bool
    versioned: bool
    rate: tuple[str, int] | None

    def parameters(self) -> list[Any]:
        """What the schema says beside the body."""
        wanted = [(self.query, self.query), (self.keyed, KEY), (self.versioned, IF_MATCH)]
        return [parameter for is_wanted, parameter in wanted if is_wanted]

    def arguments(self, request: Request) -> dict[str, Any]:
        """What the method is given by keyword."""
        given: dict[str, Any] = {}
        if self.rate:
            _require_rate(request, *self.rate)
        if self.versioned:
            given["version"] = wanted_version(request)
        if self.query:
            given["query"] = _checked_query(self.query, request)
        if self.sends:
            given["sent"] = _checked_body(self.sends, request)
        if self.keyed:
            given["key"] = sent_key(request, given.get("sent", {}))
        return given


def _responses(gives: Any, status: int | None) -> dict[Any, Any]:
    problems = {("default", MEDIA_TYPE): ProblemShape}
    if gives is ANY_BYTES:
        # 202 while a picture is being made.
        return {(200, ANY_TYPE): gives, (202, ANY_TYPE): gives, **problems}
    return {status or (200 if gives else 204): gives, **problems}


def _operation_id(method: Callable[..., HttpResponseBase]) -> str:
    """ "getSpace" for SpaceView.get, "postSpaceList" for SpaceList.post."""
    view, _dot, verb = method.__qualname__.partition(".")
    return verb + view.removesuffix("View")


def _require_rate(request: Request, what: str, per_minute: int) -> None:
    if count_request(what, cast("User", request.user).public_id) > per_minute:
        raise Throttled(wait=seconds_left())


def _checked_body(sends: type[Input], request: Request) -> Mapping[str, Any]:
    return _checked(sends(data=request.data, partial=request.method == "PATCH"))


def _checked_query(query: type[Query], request: Request) -> Mapping[str, Any]:
    try:
        return _checked(query(data=request.query_params.dict()))
    except ValidationError as error:
        found = field_errors(error.detail)
        errors = [{"parameter": e["pointer"][2:], "detail": e["detail"]} for e in found]
        raise BadQuery(errors) from error


def _checked(serializer: Serializer[Any]) -> Mapping[str, Any]:
    serializer.is_valid(raise_exception=True)
    checked: Mapping[str, Any] = serializer.validated_data
    return checked


def gave(data: Mapping[str, Any], version: int | None = None) -> Response:
    """Answer an object; version is what a later edit names in If-Match."""
    response = Response(data)
    response.version = version  # type: ignore[attr-defined]  # read by ApiView
    return response


def created(data: Mapping[str, Any], url: str, version: int | None = None) -> Response:
    response = gave(data, version)
    response.status_code, response.headers["Location"] = 201, url
    return response


def done() -> Response:
    return Response(status=204)
