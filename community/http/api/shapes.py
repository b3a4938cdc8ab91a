"""What programs get: typed dictionaries, made by plain functions.

A class whose name ends in Shape is a component of the schema. `Annotated[str, Note(...)]` adds to
the schema of a field.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction

from community.http.api.fields import Input
from community.http.api.strings import Handle, Html

Schema = dict[str, Any]


@dataclass(frozen=True)
class Note:
    description: str = ""
    format: str = ""

    def schema(self) -> Schema:
        return {name: value for name, value in asdict(self).items() if value}


Time = Annotated[str, Note(format="date-time")]
Day = Annotated[str, Note(format="date")]

PLAIN = {
    str: {"type": "string"},
    Html: {"type": "string", "description": "Safe to show as it is."},
    Handle: {"type": "string", "description": "Names a person. Guests get those whom they see."},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}


def written(at: datetime) -> Time:
    """Return at as RFC 3339 writes it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


class PageOf:
    """The schema of one page of a list of rows."""

    def __init__(self, row: type) -> None:
        self.row = row


class InputExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # theirs
    """Says that a body has no other fields. What its class is for is nobody else's business."""

    target_class = Input
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        mapper: Any = auto_schema  # untyped
        mapped = mapper._map_serializer(self.target, direction, bypass_extensions=True)
        mapped.pop("description", None)
        return {**mapped, "additionalProperties": False}


class ShapeExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # theirs
    """Lets drf-spectacular read typed dictionaries."""

    @classmethod
    def _matches(cls, target: Any) -> bool:
        return is_typeddict(target) or isinstance(target, PageOf)

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        if isinstance(self.target, PageOf):
            return f"{_name(self.target.row)}Page"
        return _name(self.target)

    def get_identity(self, auto_schema: AutoSchema, direction: Direction) -> Any:
        return ("page", self.target.row) if isinstance(self.target, PageOf) else self.target

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Schema:
        if isinstance(self.target, PageOf):
            return _page_schema(_schema(self.target.row, auto_schema))
        hints = get_type_hints(self.target, include_extras=True)
        fields = {name: _schema(hint, auto_schema) for name, hint in hints.items()}
        required = sorted(self.target.__required_keys__)
        return {"type": "object", "properties": fields, "required": required}


def _name(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")


def _page_schema(row: Schema) -> Schema:
    following = {
        "type": ["string", "null"],
        "format": "uri",
        "description": "The address of the page behind this one; null where there is none.",
    }
    rows = {"type": "array", "items": row}
    return {
        "type": "object",
        "properties": {"results": rows, "next": following},
        "required": ["next", "results"],
    }


def _schema(hint: Any, auto_schema: AutoSchema) -> Schema:
    """The JSON schema of a type hint. LookupError for one that no shape needs so far."""
    if is_typeddict(hint):
        found: Schema = auto_schema.resolve_serializer(hint, "response").ref
        return found
    origin: Any = get_origin(hint)
    arguments: Any = get_args(hint)
    if origin is NotRequired:
        return _schema(arguments[0], auto_schema)
    if origin is Annotated:
        return {**_schema(arguments[0], auto_schema), **arguments[1].schema()}
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], auto_schema)}
    if origin in {dict, Mapping}:
        return {"type": "object", "additionalProperties": _schema(arguments[1], auto_schema)}
    if origin in {Union, UnionType} and NoneType in arguments:
        return {"anyOf": [_schema(arguments[0], auto_schema), {"type": "null"}]}
    return dict(PLAIN[hint])
