"""JSON in and out, whatever the Accept header says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Parser(JSONParser):
    """JSON that is nested deeper than Python can read is refused like any that can't be read."""

    def parse(
        self, stream: Any, media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error


class AlwaysJson(BaseContentNegotiation):
    """There is nothing to choose from."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first that reads the Content-Type; None answers 415."""
        found = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == found), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type
