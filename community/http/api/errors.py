"""Exceptions of access, actions and DRF as problem details."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from community.http.conflicts import EditConflict
from community.http.idempotency import KeyUsedAgain
from community.http.problems import problem


class BadQuery(exceptions.APIException):
    """A parameter of the address that this list doesn't have, or not with this value."""

    status_code = 400

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(_("The address holds something that can't be read here."))
        self.errors = errors


class ThereAlready(exceptions.APIException):
    """What a field of the body names is there already.

    existing says where, with id, title and url: what the person may read, and nothing else.
    """

    status_code = 422

    def __init__(self, field: str, sentence: str, existing: Sequence[Mapping[str, object]]) -> None:
        super().__init__(_unfit())
        self.errors = [{"pointer": f"#/{field}", "detail": sentence, "existing": existing}]


class VersionRequired(exceptions.APIException):
    status_code = 428


class TooLarge(exceptions.APIException):
    status_code = 413


def as_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the answer for error; None leaves it to Django, which logs it and answers 500."""
    match error:
        case ObjectDoesNotExist() | Http404():
            return not_found()
        case PermissionDenied():
            return problem(403, str(error))
        case EditConflict():
            return problem(412, str(error))
        case ValidationError():
            return problem(422, _unfit(), errors=list(_action_errors(error)))
        case BadRequest():
            return problem(422 if isinstance(error, KeyUsedAgain) else 400, str(error))
        case exceptions.ValidationError():
            return problem(422, _unfit(), errors=list(field_errors(error.detail)))
        case exceptions.APIException():
            return _told(error)
    return None


def not_found() -> HttpResponse:
    """The same bytes for a hidden and a missing object."""
    return problem(404, _("There is nothing at this address that you may see."))


def _unfit() -> str:
    return _("What was sent can't be taken; see errors.")


def _told(error: exceptions.APIException) -> HttpResponse:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    errors = getattr(error, "errors", ())
    return problem(error.status_code, str(error.detail), errors=errors, headers=headers)


def _action_errors(error: ValidationError) -> Iterator[dict[str, str]]:
    """What an action refuses, by the names of its fields; "" and __all__ are the whole."""
    for name, errors in error.update_error_dict({}).items():
        pointer = "#" if name in {"", "__all__"} else f"#/{name}"
        for message in ValidationError(errors).messages:
            yield {"pointer": pointer, "detail": message}


def field_errors(detail: Any, pointer: str = "#") -> Iterator[dict[str, str]]:
    """What a serializer refuses: nested dicts and lists with sentences at their ends."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name == "non_field_errors"
            yield from field_errors(inner, pointer if whole else f"{pointer}/{_escaped(name)}")
    elif isinstance(detail, list):
        for inner in detail:
            yield from field_errors(inner, pointer)
    else:
        yield {"pointer": pointer, "detail": str(detail)}


def _escaped(name: object) -> str:
    """As RFC 6901 writes a name in a pointer."""
    return str(name).replace("~", "~0").replace("/", "~1")
