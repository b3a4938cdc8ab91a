"""Files that programs send."""

from collections.abc import Mapping
from typing import Any

from django.http.multipartparser import MultiPartParserError
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from community.http.uploads import NamesKept


class MultiPartParser(parsers.MultiPartParser):
    """As theirs; files know their names as they were sent."""

    def parse(
        self, stream: Any, media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> "parsers.DataAndFiles[Any, Any]":
        request = (context or {})["request"]
        meta = request.META | {"CONTENT_TYPE": media_type}
        try:
            parser = NamesKept(meta, stream, request.upload_handlers, request.encoding)
            return parsers.DataAndFiles(*parser.parse())
        except MultiPartParserError as error:
            raise ParseError(str(error)) from error
