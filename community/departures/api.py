"""Switching accounts off and on, for programs of those who manage people."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person
from community.departures.actions import deactivate_person, reactivate_person
from community.http.api.operations import done, operation
from community.http.api.views import ApiView


class DeactivationView(ApiView):
    area = "community"

    @operation("Switch an account off")
    def put(self, request: Request, handle: str) -> Response:
        """What they wrote stays; what only they owned goes to others, as the page says."""
        deactivate_person(get_person(handle, viewer=self.person), by=self.person)
        return done()

    @operation("Switch an account on")
    def delete(self, request: Request, handle: str) -> Response:
        """Without rights and spaces; a letter to set a password goes to them."""
        reactivate_person(get_person(handle, viewer=self.person), by=self.person)
        return done()


urlpatterns = [path("people/<str:handle>/deactivation", DeactivationView.as_view())]
