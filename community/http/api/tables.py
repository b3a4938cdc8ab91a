"""CSV files that programs send, and what is to mend in them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework import serializers

from community.http.api.fields import Input
from community.http.api.multipart import MultiPartParser
from community.http.api.views import ApiView
from community.http.table_field import require_size


class Table(Input):
    file = serializers.FileField(
        max_length=None,
        allow_empty_file=True,
        help_text="CSV in UTF-8, with the names of the columns in the first line.",
    )


class TableView(ApiView):
    parser_classes = (MultiPartParser,)

    @property
    def max_body_bytes(self) -> int:
        return int(settings.MAX_UPLOAD_BYTES)


class FaultShape(TypedDict):
    line: int
    # Empty where the row as a whole is wrong.
    column: str
    detail: str


class FaultsShape(TypedDict):
    count: int
    # The first five thousand, in the order of their lines.
    results: list[FaultShape]


def content_of(sent: Mapping[str, Any], limit_name: str) -> bytes:
    """Return the bytes of a Table. Raises ValidationError for file where it is over the limit."""
    try:
        require_size(sent["file"], limit_name)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    content: bytes = sent["file"].read()
    return content


def faults_shape(faults: Sequence[tuple[int, str, str]], count: int) -> FaultsShape:
    """faults are the kept ones of count."""
    found: list[FaultShape] = [
        {"line": line, "column": column, "detail": detail} for line, column, detail in faults
    ]
    return {"count": count, "results": found}
