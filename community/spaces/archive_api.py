"""Putting a space away and back to use, for programs of its owners."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.http.api.operations import gave, operation
from community.http.api.views import ApiView
from community.spaces.access import get_space
from community.spaces.archiving import archive_space, unarchive_space
from community.spaces.models import Space
from community.spaces.shapes import SpaceDetailShape, space_detail_shape


class ArchivalView(ApiView):
    area = "community"

    @operation("Archive a space", gives=SpaceDetailShape)
    def put(self, request: Request, slug: str) -> Response:
        """For owners. It stays readable, and nothing more is written in it."""
        space = get_space(slug, viewer=self.person)
        return self._gave(archive_space(space, by=self.person))

    @operation("Put an archived space to use again", gives=SpaceDetailShape)
    def delete(self, request: Request, slug: str) -> Response:
        """For owners."""
        space = get_space(slug, viewer=self.person)
        return self._gave(unarchive_space(space, by=self.person))

    def _gave(self, space: Space) -> Response:
        return gave(space_detail_shape(space, self.person), space.settings_version)


urlpatterns = [path("spaces/<str:slug>/archival", ArchivalView.as_view())]
