"""Drafts, for the site's own pages and for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Input, PageQuery, Text
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from discussions.drafts.actions import delete_draft, save_draft
from discussions.drafts.models import Draft
from discussions.drafts.places import Place
from discussions.drafts.queries import LATEST, drafts_of
from discussions.drafts.shapes import DraftShape, draft_shape

# A page saves in the pauses of typing, a second long at least.
SAVED_PER_MINUTE = 60


class Typed(Input):
    """The fields of all forms that keep drafts, as they were typed."""

    kind = Text(required=False)
    title = Text(required=False)
    url = Text(required=False)
    source = Text(  # type: ignore[assignment]  # a field, not DRF's attribute
        required=False, help_text="Markdown."
    )
    space = Text(required=False)
    tags = Text(required=False)
    minutes = Text(required=False)
    level = Text(required=False)
    language = Text(required=False)
    reply_to = Text(required=False)
    reason = Text(required=False)
    version = Text(required=False, help_text="Of the post that is edited.")


class DraftList(ApiView):
    area = "discussions"

    @operation("List your drafts, the latest first", query=PageQuery, gives=PageOf(DraftShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        return answer_page(request, drafts_of(self.person), LATEST, query, _drafts)


def _drafts(drafts: Sequence[Draft]) -> list[DraftShape]:
    return [draft_shape(draft) for draft in drafts]


class DraftView(ApiView):
    area = "discussions"

    @operation("Read a draft", gives=DraftShape)
    def get(self, request: Request, place: str) -> Response:
        draft = self._draft(place)
        return gave(draft_shape(draft), draft.version)

    @operation(
        "Save a draft",
        sends=Typed,
        gives=DraftShape,
        versioned=True,
        rate=("drafts", SAVED_PER_MINUTE),
    )
    def put(
        self, request: Request, place: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """If-Match `"0"` says that there was none when you began."""
        draft = save_draft(Place.read(place), sent, by=self.person, based_on=version)
        return gave(draft_shape(draft), draft.version)

    @operation("Delete a draft")
    def delete(self, request: Request, place: str) -> Response:
        delete_draft(self._draft(place), by=self.person)
        return done()

    def _draft(self, place: str) -> Draft:
        return drafts_of(self.person).get(place=str(Place.read(place)))


urlpatterns = [
    path("drafts", DraftList.as_view()),
    path("drafts/<str:place>", DraftView.as_view()),
]
