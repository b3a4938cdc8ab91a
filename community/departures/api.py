"""Switching accounts off and on, for programs of those who manage people."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person, require_manage
from community.departures.actions import deactivate_person, reactivate_person
from community.departures.queries import last_departure
from community.departures.shapes import DepartureShape, departure_shape
from community.http.api.operations import done, gave, operation
from community.http.api.views import ApiView
from community.spaces.leaving import handovers


class DeactivationView(ApiView):
    area = "community"

    @operation("Read what leaving would mean, or how somebody left", gives=DepartureShape)
    def get(self, request: Request, handle: str) -> Response:
        require_manage(self.person)
        person = get_person(handle, viewer=self.person)
        if person.is_active:
            return gave(departure_shape(person, None, handovers(person, viewer=self.person)))
        return gave(departure_shape(person, last_departure(person), []))

    @operation("Switch an account off")
    def put(self, request: Request, handle: str) -> Response:
        """What they wrote stays; the spaces that only they owned go to others."""
        deactivate_person(get_person(handle, viewer=self.person), by=self.person)
        return done()

    @operation("Switch an account on")
    def delete(self, request: Request, handle: str) -> Response:
        """Without rights and spaces; a letter to set a password goes to them."""
        reactivate_person(get_person(handle, viewer=self.person), by=self.person)
        return done()


urlpatterns = [path("people/<str:handle>/deactivation", DeactivationView.as_view())]
