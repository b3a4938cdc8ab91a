"""The Library, for programs."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.models import User
from community.http.api.fields import Choice, SearchQuery
from community.http.api.operations import operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.spaces.access import get_space, require_read
from discussions.resources.languages import CODES
from discussions.resources.models import Level
from discussions.tags.access import get_tag
from learning.library.cards import followed_tags
from learning.library.listing import SORTS, TABS, Wish, library
from learning.library.shapes import LibraryRowShape, library_shapes

BY_KEY = {tab.key: tab for tab in TABS}


class LibraryQuery(SearchQuery):
    show = Choice(list(BY_KEY), required=False, default="all")
    sort = Choice(list(SORTS), required=False, default="newest")
    tag = serializers.CharField(required=False, help_text="The name of a tag.")
    space = serializers.CharField(required=False, help_text="The slug of a space.")
    level = Choice(Level.values, required=False)
    language = Choice(list(CODES), required=False)


class LibraryList(ApiView):
    area = "learning"

    @operation("List the Library", query=LibraryQuery, gives=PageOf(LibraryRowShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """What people share and write up, where you may read. for-you leaves to you what is in your
        spaces or carries a tag that you follow, and says why; a filter looks in everything."""
        wish = _wish(query, self.person)
        followed = followed_tags(self.person) if wish.gives_reasons else None
        return answer_page(
            request,
            library(self.person, wish),
            wish.order,
            query,
            lambda rows: library_shapes(rows, followed=followed),
        )


def _wish(query: Mapping[str, Any], viewer: User) -> Wish:
    """Raises ObjectDoesNotExist for a space or tag that viewer may not know of."""
    return Wish(
        tab=BY_KEY[query["show"]],
        sort=query["sort"],
        words=query["q"].strip(),
        tag=get_tag(query["tag"], viewer=viewer).name if "tag" in query else "",
        space=_space(query["space"], viewer) if "space" in query else "",
        level=query.get("level", ""),
        language=query.get("language", ""),
    )


def _space(slug: str, viewer: User) -> str:
    """The slug of today."""
    space = get_space(slug, viewer=viewer)
    require_read(space, viewer)
    return space.slug


urlpatterns = [path("library", LibraryList.as_view())]
