"""Exports, for programs: asking for one, watching it being written, fetching it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.http.response import HttpResponseBase
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import PageQuery
from community.http.api.operations import ANY_BYTES, created, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf, Time, written
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import get_space
from community.spaces.shapes import SpaceNameShape, space_name_shape
from discussions.exports.access import get_export, own_exports
from discussions.exports.actions import ask_for_export
from discussions.exports.models import Export
from discussions.exports.sending import send_export

LATEST = Order(("-created_at", "-id"))
RATE = ("exports", 5)


class ExportShape(TypedDict):
    id: str
    # Null for what you contributed yourself.
    space: SpaceNameShape | None
    created_at: Time
    # Null while it is being written, and for good where has_failed.
    ready_at: Time | None
    has_failed: bool
    # Of writing it: /me/jobs/<job>.
    job: str | None
    expires_at: Time
    # In bytes.
    size: int
    url: str


def export_shape(export: Export) -> ExportShape:
    """export comes with its space and job."""
    return {
        "id": export.public_id,
        "space": space_name_shape(export.space) if export.space else None,
        "created_at": written(export.created_at),
        "ready_at": written(export.ready_at) if export.ready_at else None,
        "has_failed": export.has_failed,
        "job": export.job.public_id if export.job else None,
        "expires_at": written(export.expires_at),
        "size": export.size,
        "url": export.get_absolute_url(),
    }


def _asked(export: Export) -> Response:
    return created(export_shape(export), f"/api/v1/me/exports/{export.public_id}")


class SpaceExportList(ApiView):
    area = "discussions"

    @operation("Export a space", gives=ExportShape, status=201, keyed=True, rate=RATE)
    def post(self, request: Request, slug: str, key: str) -> Response:
        """For owners. It is written in the background: read it until it is ready."""
        space = get_space(slug, viewer=self.person)
        return _asked(ask_for_export(by=self.person, space=space, key=key))


class ExportList(ApiView):
    area = "discussions"

    @operation("List your exports, the latest first", query=PageQuery, gives=PageOf(ExportShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Those that can still be fetched."""
        return answer_page(request, own_exports(self.person), LATEST, query, _exports)

    @operation("Export what you contributed", gives=ExportShape, status=201, keyed=True, rate=RATE)
    def post(self, request: Request, key: str) -> Response:
        """It is written in the background: read it until it is ready."""
        return _asked(ask_for_export(by=self.person, key=key))


def _exports(exports: Sequence[Export]) -> list[ExportShape]:
    return [export_shape(export) for export in exports]


class ExportView(ApiView):
    area = "discussions"

    @operation("Read how far an export is", gives=ExportShape)
    def get(self, request: Request, public_id: str) -> Response:
        return gave(export_shape(get_export(public_id, viewer=self.person)))


class ExportFileView(ApiView):
    area = "discussions"

    @operation("Fetch an export", gives=ANY_BYTES)
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """A ZIP archive; 404 until it is ready."""
        return send_export(get_export(public_id, viewer=self.person))


urlpatterns = [
    path("me/exports", ExportList.as_view()),
    path("me/exports/<str:public_id>", ExportView.as_view()),
    path("me/exports/<str:public_id>/file", ExportFileView.as_view()),
    path("spaces/<str:slug>/exports", SpaceExportList.as_view()),
]
