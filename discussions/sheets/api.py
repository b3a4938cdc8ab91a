"""Sheets of questions and answers, for programs of moderators: sent, checked, imported."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Flag, Input
from community.http.api.operations import created, gave, operation
from community.http.api.tables import (
    FaultsShape,
    Table,
    TableView,
    content_of,
    faults_shape,
)
from community.http.api.views import ApiView
from community.spaces.access import get_space, require_moderate_space
from discussions.sheets.access import get_sheet
from discussions.sheets.actions import send_sheet, start_import
from discussions.sheets.models import Sheet
from discussions.sheets.shapes import SheetShape, sheet_shape

RATE = ("sheets", 10)


class SheetYes(Input):
    leaves_out = Flag(
        required=False, default=False, help_text="Import what is left without the faulty rows."
    )


class SheetList(TableView):
    area = "discussions"

    @operation(
        "Send a sheet of questions",
        sends=Table,
        gives=SheetShape,
        status=201,
        keyed=True,
        rate=RATE,
    )
    def post(self, request: Request, slug: str, sent: Mapping[str, Any], key: str) -> Response:
        """For owners and moderators. It is checked in the background: read it until it is.

        The page Import of the space says what the columns are.
        """
        space = get_space(slug, viewer=self.person)
        require_moderate_space(space, self.person)
        sheet = send_sheet(space, content_of(sent, "MAX_SHEET_BYTES"), by=self.person, key=key)
        return created(sheet_shape(sheet), f"/api/v1/spaces/{slug}/sheets/{sheet.public_id}")


class SheetView(ApiView):
    area = "discussions"

    @operation("Read how far a sheet is", gives=SheetShape)
    def get(self, request: Request, slug: str, public_id: str) -> Response:
        """Your own; a day after it was sent it is gone."""
        return gave(sheet_shape(_sheet(self, slug, public_id)))


class SheetFaultsView(ApiView):
    area = "discussions"

    @operation("Read what is to mend in a sheet", gives=FaultsShape)
    def get(self, request: Request, slug: str, public_id: str) -> Response:
        sheet = _sheet(self, slug, public_id)
        return gave(faults_shape(sheet.faults, sheet.fault_count))


class SheetImportView(ApiView):
    area = "discussions"

    @operation("Import a sheet", sends=SheetYes, gives=SheetShape, rate=RATE)
    def put(self, request: Request, slug: str, public_id: str, sent: Mapping[str, Any]) -> Response:
        """Once it is checked. It is done in the background; a second time changes nothing."""
        sheet = start_import(_sheet(self, slug, public_id), by=self.person, **sent)
        return gave(sheet_shape(sheet))


def _sheet(view: ApiView, slug: str, public_id: str) -> Sheet:
    space = get_space(slug, viewer=view.person)
    return get_sheet(public_id, space=space, viewer=view.person)


urlpatterns = [
    path("spaces/<str:slug>/sheets", SheetList.as_view()),
    path("spaces/<str:slug>/sheets/<str:public_id>", SheetView.as_view()),
    path("spaces/<str:slug>/sheets/<str:public_id>/faults", SheetFaultsView.as_view()),
    path("spaces/<str:slug>/sheets/<str:public_id>/import", SheetImportView.as_view()),
]
