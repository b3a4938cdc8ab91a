"""Tables of people, for programs of those who manage people: sent, compared, carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import require_manage
from community.http.api.fields import Choice, Flag, Input, PageQuery
from community.http.api.operations import created, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.tables import (
    FaultsShape,
    Table,
    TableView,
    content_of,
    faults_shape,
)
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.roster.access import get_roster
from community.roster.actions import send_roster, start_roster
from community.roster.models import RosterChange
from community.roster.queries import changes_of
from community.roster.shapes import (
    RosterChangeShape,
    RosterShape,
    change_shape,
    roster_shape,
)

IN_ORDER = Order(("id",))
RATE = ("rosters", 10)


class RosterYes(Input):
    """What goes along with the changes."""

    sends_letters = Flag(
        required=False, default=True, help_text="New people get a letter to set their password."
    )
    removes_missing = Flag(
        required=False, default=False, help_text="Accounts that stand in no row are switched off."
    )


class ChangeQuery(PageQuery):
    kind = Choice(RosterChange.Kind.values, required=False, default="")


class RosterList(TableView):
    area = "community"

    @operation(
        "Send a table of people", sends=Table, gives=RosterShape, status=201, keyed=True, rate=RATE
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """It is compared in the background: read it until it is checked. Nothing else is written.

        The page Import people says what the columns are.
        """
        require_manage(self.person)
        content = content_of(sent, "MAX_ROSTER_BYTES")
        roster = send_roster(content, by=self.person, key=key)
        return created(roster_shape(roster), f"/api/v1/rosters/{roster.public_id}")


class RosterView(ApiView):
    area = "community"

    @operation("Read how far a table of people is", gives=RosterShape)
    def get(self, request: Request, public_id: str) -> Response:
        """A day after it was sent it is gone."""
        return gave(roster_shape(get_roster(public_id, viewer=self.person)))


class RosterFaultsView(ApiView):
    area = "community"

    @operation("Read what is to mend in a table of people", gives=FaultsShape)
    def get(self, request: Request, public_id: str) -> Response:
        """Rows with a fault are left out."""
        roster = get_roster(public_id, viewer=self.person)
        return gave(faults_shape(roster.faults, roster.fault_count))


class RosterChangeList(ApiView):
    area = "community"

    @operation(
        "List what a table of people changes", query=ChangeQuery, gives=PageOf(RosterChangeShape)
    )
    def get(self, request: Request, public_id: str, query: Mapping[str, Any]) -> Response:
        """In the order of the table, those who are missing in it last."""
        roster = get_roster(public_id, viewer=self.person)
        changes = changes_of(roster, query["kind"])
        return answer_page(request, changes, IN_ORDER, query, _changes)


def _changes(changes: Sequence[RosterChange]) -> list[RosterChangeShape]:
    return [change_shape(change) for change in changes]


class RosterApplicationView(ApiView):
    area = "community"

    @operation("Carry a table of people out", sends=RosterYes, gives=RosterShape, rate=RATE)
    def put(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        """Once it is checked. It is done in the background; a second time changes nothing."""
        roster = get_roster(public_id, viewer=self.person)
        return gave(roster_shape(start_roster(roster, by=self.person, **sent)))


urlpatterns = [
    path("rosters", RosterList.as_view()),
    path("rosters/<str:public_id>", RosterView.as_view()),
    path("rosters/<str:public_id>/faults", RosterFaultsView.as_view()),
    path("rosters/<str:public_id>/changes", RosterChangeList.as_view()),
    path("rosters/<str:public_id>/application", RosterApplicationView.as_view()),
]
