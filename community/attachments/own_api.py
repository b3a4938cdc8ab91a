"""One's own files, for programs: what they hang on, what they take, and letting loose ones go."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.conf import settings
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.attachments.actions import remove_own_file
from community.attachments.queries import places_of
from community.files.models import File
from community.files.queries import files_of, used_bytes
from community.files.shapes import FileShape, file_shape
from community.http.api.fields import PageQuery
from community.http.api.operations import done, gave, operation
from community.http.api.pages import next_link
from community.http.api.views import ApiView
from community.http.keyset import Order, keyset_page

NEWEST = Order(("-created_at", "-id"))


class HangingPlaceShape(TypedDict):
    # "post", "resource", or "person" for a photo.
    kind: str
    # Null where you can't read it any more.
    url: str | None


class OwnFileShape(FileShape):
    # What it hangs on; with nothing it is removed two days after you sent it.
    hangs_on: list[HangingPlaceShape]


class OwnFilesShape(TypedDict):
    results: list[OwnFileShape]
    next: str | None
    # By all of them, in bytes as they were sent.
    used: int
    # In bytes.
    limit: int


class OwnFileList(ApiView):
    area = "discussions"

    @operation("List the files that you sent", query=PageQuery, gives=OwnFilesShape)
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """The latest first, with what each hangs on and how much room is taken. Pictures that pages
        you shared show of themselves count as yours."""
        files = files_of(self.person)
        page = keyset_page(files, NEWEST, size=query["limit"], after=query["after"])
        return gave(
            {
                "results": self._shapes(page.rows),
                "next": next_link(request, page.older),
                "used": used_bytes(self.person),
                "limit": settings.MAX_PERSON_FILE_BYTES,
            }
        )

    def _shapes(self, files: Sequence[File]) -> list[OwnFileShape]:
        places = places_of(files, viewer=self.person)
        return [
            {
                **file_shape(file),
                "hangs_on": [{"kind": one.kind, "url": one.url} for one in places[file.pk]],
            }
            for file in files
        ]


class OwnFileView(ApiView):
    area = "discussions"

    @operation("Delete a file that hangs on nothing")
    def delete(self, request: Request, public_id: str) -> Response:
        """One that you sent. What hangs on something goes when that lets it go."""
        remove_own_file(files_of(self.person).get(public_id=public_id), by=self.person)
        return done()


urlpatterns = [
    path("me/files", OwnFileList.as_view()),
    path("me/files/<str:public_id>", OwnFileView.as_view()),
]
