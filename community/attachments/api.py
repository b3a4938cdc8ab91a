"""Reading files, for programs."""

from django.http.response import HttpResponseBase
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.attachments.access import get_file
from community.files.sending import send_file
from community.files.shapes import FileShape, file_shape
from community.http.api.operations import ANY_BYTES, gave, operation
from community.http.api.views import ApiView


class FileView(ApiView):
    area = "discussions"

    @operation("Read what a file is", gives=FileShape)
    def get(self, request: Request, public_id: str) -> Response:
        """One that hangs on something that you may read, or that you sent yourself."""
        return gave(file_shape(get_file(public_id, viewer=self.person)))


class ContentView(ApiView):
    area = "discussions"

    @operation("Fetch a file", gives=ANY_BYTES)
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """A picture as WebP; 202 with a grey area until it has been made."""
        return send_file(request._request, get_file(public_id, viewer=self.person))


urlpatterns = [
    path("files/<str:public_id>", FileView.as_view()),
    path("files/<str:public_id>/content", ContentView.as_view()),
]
