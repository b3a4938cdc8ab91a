"""One's own photo, for programs."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.files.actions import FILES_A_MINUTE
from community.files.shapes import FileShape, file_shape
from community.http.api.fields import Input
from community.http.api.multipart import MultiPartParser
from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView
from community.photos.actions import remove_photo, send_photo
from community.photos.squares import Square

SIDES = ("left", "top", "side")


class NewPhoto(Input):
    photo = serializers.FileField(
        max_length=None, allow_empty_file=True, help_text="A PNG, JPEG, GIF or WebP picture."
    )
    left = serializers.IntegerField(
        required=False, help_text="Where the square begins, in pixels; the middle if left out."
    )
    top = serializers.IntegerField(required=False, help_text="As left, from above.")
    side = serializers.IntegerField(
        required=False, help_text="Of the square, in pixels; the largest one if left out."
    )

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        missing = [name for name in SIDES if name not in sent]
        if 0 < len(missing) < len(SIDES):
            said = _("A square needs left, top and side.")
            raise serializers.ValidationError({name: [said] for name in missing})
        return sent


class PhotoView(ApiView):
    area = "community"
    parser_classes = (MultiPartParser,)

    @property
    def max_body_bytes(self) -> int:
        return int(settings.MAX_UPLOAD_BYTES)

    @operation(
        "Send your photo",
        sends=NewPhoto,
        gives=FileShape,
        status=202,
        rate=("files", FILES_A_MINUTE),
    )
    def put(self, request: Request, sent: Mapping[str, Any]) -> Response:
        """The square is cut out in the background; then it shows in place of an earlier photo."""
        content = sent["photo"]
        square = Square(*(sent[name] for name in SIDES)) if "side" in sent else None
        file = send_photo(
            self.person, content, by=self.person, name=content.name or "", square=square
        )
        response = gave(file_shape(file))
        response.status_code = 202
        return response

    @operation("Remove your photo")
    def delete(self, request: Request) -> Response:
        """Your initials show again."""
        remove_photo(self.person, by=self.person)
        return done()


urlpatterns = [path("me/photo", PhotoView.as_view())]
