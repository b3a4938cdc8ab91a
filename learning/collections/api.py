"""Collections, for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import people_named
from community.accounts.models import User
from community.http.api.fields import Choice, Input, PageQuery, Text
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.spaces.access import get_space
from community.spaces.models import Space
from learning.collections.access import get_collection, get_living_collection
from learning.collections.actions import (
    create_collection,
    delete_collection,
    edit_collection,
    restore_collection,
    set_people,
)
from learning.collections.following import (
    follow_collection,
    see_collection,
    unfollow_collection,
)
from learning.collections.models import Collection
from learning.collections.queries import ALL, NEWEST, SHOWS, collections, with_counts_of
from learning.collections.shapes import (
    CollectionDetailShape,
    CollectionShape,
    collection_detail_shape,
    collection_shape,
)

MADE_PER_MINUTE = 30


class CollectionQuery(PageQuery):
    show = Choice(list(SHOWS), required=False, default=ALL)


class CollectionEdit(Input):
    title = Text()
    description = Text(required=False, default="", help_text="Markdown.")


class NewCollection(CollectionEdit):
    space = Text(
        required=False,
        allow_null=True,
        default=None,
        help_text="The slug of the space whose readers read it; null for every colleague.",
    )


class Keepers(Input):
    owner = Text(required=False, default="", help_text="A handle; empty leaves the owner.")
    curators = serializers.ListField(child=Text(), max_length=100, help_text="Handles.")


class CollectionList(ApiView):
    area = "learning"

    @operation("List collections", query=CollectionQuery, gives=PageOf(CollectionShape))
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """The newest first: all that you may read, those you follow, or those you keep."""
        rows = collections(self.person, query["show"])
        return answer_page(request, rows, NEWEST, query, _shapes)

    @operation(
        "Make a collection",
        sends=NewCollection,
        gives=CollectionDetailShape,
        status=201,
        keyed=True,
        rate=("collections", MADE_PER_MINUTE),
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        made = create_collection(
            by=self.person,
            title=sent["title"],
            description=sent["description"],
            space=_space(sent["space"], self.person),
            key=key,
        )
        shape = collection_detail_shape(with_counts_of(made, self.person))
        return created(shape, f"/api/v1/collections/{made.public_id}", made.version)


def _shapes(rows: Sequence[Collection]) -> list[CollectionShape]:
    return [collection_shape(row) for row in rows]


def _space(slug: str | None, viewer: User) -> Space | None:
    if slug is None:
        return None
    try:
        return get_space(slug, viewer=viewer)
    except ObjectDoesNotExist as error:
        raise ValidationError({"space": _("Choose a space that you can write in.")}) from error


class CollectionView(ApiView):
    area = "learning"

    @operation("Read a collection", gives=CollectionDetailShape)
    def get(self, request: Request, public_id: str) -> Response:
        return self._answer(get_collection(public_id, viewer=self.person))

    @operation(
        "Edit a collection", sends=CollectionEdit, gives=CollectionDetailShape, versioned=True
    )
    def patch(
        self, request: Request, public_id: str, sent: Mapping[str, Any], version: int | None
    ) -> Response:
        """For its owner and its curators."""
        collection = get_living_collection(public_id, viewer=self.person)
        edited = edit_collection(
            collection,
            by=self.person,
            title=sent.get("title", collection.title),
            description=sent.get("description", collection.description_source),
            based_on=version or collection.version,
        )
        return self._answer(edited)

    @operation("Delete a collection")
    def delete(self, request: Request, public_id: str) -> Response:
        """Its owner can restore it."""
        delete_collection(get_collection(public_id, viewer=self.person), by=self.person)
        return done()

    def _answer(self, collection: Collection) -> Response:
        counted = with_counts_of(collection, self.person)
        return gave(collection_detail_shape(counted), counted.version)


class CollectionRestorationView(ApiView):
    area = "learning"

    @operation("Restore a deleted collection")
    def post(self, request: Request, public_id: str) -> Response:
        restore_collection(get_collection(public_id, viewer=self.person), by=self.person)
        return done()


class CollectionKeepersView(ApiView):
    area = "learning"

    @operation("Say who owns and who curates a collection", sends=Keepers)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """For its owner."""
        collection = get_living_collection(public_id, viewer=self.person)
        owner = None
        if sent["owner"]:
            owner = people_named([sent["owner"]], "owner", viewer=self.person)[0]
        curators = people_named(sent["curators"], "curators", viewer=self.person)
        set_people(collection, by=self.person, owner=owner, curators=curators)
        return done()


class CollectionFollowingView(ApiView):
    area = "learning"

    @operation("Follow a collection")
    def put(self, request: Request, public_id: str) -> Response:
        """What comes in from now on is new to you."""
        follow_collection(get_living_collection(public_id, viewer=self.person), by=self.person)
        return done()

    @operation("Follow a collection no longer")
    def delete(self, request: Request, public_id: str) -> Response:
        unfollow_collection(get_living_collection(public_id, viewer=self.person), by=self.person)
        return done()


class CollectionSightView(ApiView):
    area = "learning"

    @operation("Say that you have seen what is new in a collection")
    def post(self, request: Request, public_id: str) -> Response:
        see_collection(get_living_collection(public_id, viewer=self.person), by=self.person)
        return done()


urlpatterns = [
    path("collections", CollectionList.as_view()),
    path("collections/<str:public_id>", CollectionView.as_view()),
    path("collections/<str:public_id>/restoration", CollectionRestorationView.as_view()),
    path("collections/<str:public_id>/keepers", CollectionKeepersView.as_view()),
    path("collections/<str:public_id>/following", CollectionFollowingView.as_view()),
    path("collections/<str:public_id>/sight", CollectionSightView.as_view()),
]
