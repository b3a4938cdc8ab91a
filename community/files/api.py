"""Sending files, for programs; they are read in community/attachments."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.files.actions import FILES_A_MINUTE, store_file
from community.files.shapes import FileShape, file_shape
from community.http.api.fields import Input
from community.http.api.multipart import MultiPartParser
from community.http.api.operations import created, operation
from community.http.api.views import ApiView
from community.http.uploads import name_of


class Upload(Input):
    file = serializers.FileField(
        max_length=None, allow_empty_file=True, help_text="The content, with its name."
    )


class FileList(ApiView):
    area = "discussions"
    parser_classes = (MultiPartParser,)

    @property
    def max_body_bytes(self) -> int:
        return int(settings.MAX_UPLOAD_BYTES)

    @operation(
        "Send a file",
        sends=Upload,
        gives=FileShape,
        status=201,
        keyed=True,
        rate=("files", FILES_A_MINUTE),
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """Only you read it until a post names its address, or until you share it."""
        content = sent["file"]
        file = store_file(content, by=self.person, name=name_of(content), key=key)
        return created(file_shape(file), f"/api/v1/files/{file.public_id}")


urlpatterns = [path("files", FileList.as_view())]
