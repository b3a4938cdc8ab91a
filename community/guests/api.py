"""Making somebody a guest and a colleague, for programs of those who manage people."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person
from community.guests.actions import make_colleague, make_guest
from community.http.api.operations import done, operation
from community.http.api.views import ApiView


class GuestView(ApiView):
    area = "community"

    @operation("Make somebody a guest")
    def put(self, request: Request, handle: str) -> Response:
        """They keep their place in every space, and see nothing else any more."""
        make_guest(get_person(handle, viewer=self.person), by=self.person)
        return done()

    @operation("Make a guest a colleague")
    def delete(self, request: Request, handle: str) -> Response:
        """They see what all colleagues see."""
        make_colleague(get_person(handle, viewer=self.person), by=self.person)
        return done()


urlpatterns = [path("people/<str:handle>/guest", GuestView.as_view())]
