"""The description of the API, made once in each process."""

import json
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework.request import Request

from community.http.api.views import ApiView
from community.tokens.authentication import TokenAuthentication


def drop_enum_ids(result: Any, **kwargs: Any) -> Any:
    """Leave out marks that drf-spectacular makes for itself."""
    if isinstance(result, dict):
        result.pop("x-spec-enum-id", None)
        for inner in result.values():
            drop_enum_ids(inner)
    elif isinstance(result, list):
        for inner in result:
            drop_enum_ids(inner)
    return result


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # theirs
    """Lets drf-spectacular describe tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SchemaView(ApiView):
    """OpenAPI 3.1 as JSON, for everybody who may use the API at all."""

    area = ""
    schema = None

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(_written(), content_type="application/vnd.oai.openapi+json")


@cache
def description() -> dict[str, Any]:
    """Return the API as OpenAPI describes it."""
    with translation.override("en"):
        generator: Any = SchemaGenerator  # untyped
        found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found


@cache
def _written() -> bytes:
    return json.dumps(description(), ensure_ascii=False).encode()
