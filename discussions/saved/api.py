"""Saved posts, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.fields import Choice, Input, Moment, PageQuery, Text
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from discussions.saved.access import get_saved
from discussions.saved.actions import (
    finish_saved,
    reopen_saved,
    save_with_note,
    unsave_post,
)
from discussions.saved.models import SavedPost
from discussions.saved.queries import SHELVES, saved_of, saved_post, shown_saved
from discussions.saved.shapes import SavedPostShape, saved_shape
from discussions.topics.access import get_post

BY_KEY = {shelf.key: shelf for shelf in SHELVES}


class SavedQuery(PageQuery):
    show = Choice(list(BY_KEY), required=False, default="all")


class Saving(Input):
    note = Text(required=False, default="", help_text="For yourself.")
    remind_at = Moment(required=False, allow_null=True, default=None, help_text="null for never.")


class SavedList(ApiView):
    area = "discussions"

    @operation("List what you have saved", query=SavedQuery, gives=PageOf(SavedPostShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """The latest first; reminders by their time. changed: edited since you saved them."""
        shelf = BY_KEY[query["show"]]
        rows = shelf.narrow(saved_of(self.person), self.person)
        return answer_page(request, rows, shelf.order, query, self._shapes)

    def _shapes(self, rows: Sequence[SavedPost]) -> list[SavedPostShape]:
        return [saved_shape(one.saved, one.post) for one in shown_saved(rows, viewer=self.person)]


class SavingView(ApiView):
    area = "discussions"

    @operation("Read how you saved a post", gives=SavedPostShape)
    def get(self, request: Request, public_id: str) -> Response:
        post = get_post(public_id, viewer=self.person)
        return gave(saved_shape(saved_post(post, viewer=self.person), post))

    @operation("Save a post", sends=Saving, gives=SavedPostShape)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """With a note and a reminder, which replace earlier ones."""
        post = get_post(public_id, viewer=self.person)
        saved = save_with_note(post, by=self.person, note=sent["note"], remind_at=sent["remind_at"])
        return gave(saved_shape(saved, post))

    @operation("Remove a post from what you have saved")
    def delete(self, request: Request, public_id: str) -> Response:
        unsave_post(get_post(public_id, viewer=self.person), by=self.person)
        return done()


class SavedView(ApiView):
    area = "discussions"

    @operation("Remove something saved, whatever became of its post")
    def delete(self, request: Request, public_id: str) -> Response:
        unsave_post(get_saved(public_id, viewer=self.person).post, by=self.person)
        return done()


class CompletionView(ApiView):
    area = "discussions"

    @operation("Say that something saved is dealt with")
    def put(self, request: Request, public_id: str) -> Response:
        """Its reminder ends."""
        finish_saved(get_saved(public_id, viewer=self.person), by=self.person)
        return done()

    @operation("Say that something saved is not dealt with")
    def delete(self, request: Request, public_id: str) -> Response:
        reopen_saved(get_saved(public_id, viewer=self.person), by=self.person)
        return done()


urlpatterns = [
    path("saved", SavedList.as_view()),
    path("saved/<str:public_id>", SavedView.as_view()),
    path("saved/<str:public_id>/completion", CompletionView.as_view()),
    path("posts/<str:public_id>/saving", SavingView.as_view()),
]
