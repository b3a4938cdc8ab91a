"""Names of files as they were sent.

Django keeps the last part of a name that holds a path, without a word; whoever sends one is told.
"""

from collections.abc import Callable
from functools import partial
from typing import IO, Any

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict


class NamesKept(MultiPartParser):
    """Gives each file whose name held a path an attribute sent_name."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._sent: dict[str, str] = {}

    def sanitize_file_name(self, file_name: str) -> str | None:
        name = super().sanitize_file_name(file_name)
        if name and has_path(file_name):
            self._sent[name] = file_name
        return name

    def parse(self) -> tuple[Any, MultiValueDict[str, UploadedFile[bytes]]]:
        data, files = super().parse()
        for _field, found in files.lists():
            for file in found:
                if sent := self._sent.get(file.name or ""):
                    file.sent_name = sent
        return data, files


def keep_names(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before whatever reads a form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.parse_file_upload = partial(_parse, request)  # type: ignore[method-assign]
        return get_response(request)

    return middleware


def _parse(
    request: HttpRequest, meta: Any, body: IO[bytes]
) -> tuple[Any, MultiValueDict[str, UploadedFile[bytes]]]:
    return NamesKept(meta, body, request.upload_handlers, request.encoding).parse()


def has_path(name: str) -> bool:
    return "/" in name or "\\" in name


def name_of(file: "File[bytes]") -> str:
    """Its name as it was sent."""
    return str(getattr(file, "sent_name", file.name or ""))
