"""Inviting colleagues, for programs of those who manage people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import require_manage
from community.http.api.fields import Choice, PageQuery, Text
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.invitations.access import get_site_invitation
from community.invitations.actions import Wish, invite, invite_again, withdraw_invitation
from community.invitations.models import Invitation
from community.invitations.offer_input import OfferInput, offer_sent
from community.invitations.queries import invitations
from community.invitations.shapes import SiteInvitationShape, site_invitation_shape

NEWEST = Order(("-id",))


class SiteInvitationsQuery(PageQuery):
    show = Choice(["open", "accepted", "ended"], required=False, default="open")


class NewSiteInvitation(OfferInput):
    email = Text()
    name = Text(required=False, default="")
    title = Text(
        required=False, default="", help_text="Of the job in the unit; left out, they say it."
    )


class SiteInvitationList(ApiView):
    area = "community"

    @operation(
        "List who is invited to the site, the newest first",
        query=SiteInvitationsQuery,
        gives=PageOf(SiteInvitationShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        """Those that are open, that were accepted, or that expired or were withdrawn."""
        require_manage(self.person)
        return answer_page(request, invitations(query["show"]), NEWEST, query, _invitations)

    @operation(
        "Invite somebody to the site",
        sends=NewSiteInvitation,
        gives=SiteInvitationShape,
        status=201,
        keyed=True,
        rate=("invitations", 60),
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        """A letter with a link goes to the address."""
        require_manage(self.person)
        made = invite(Wish(**offer_sent(sent, self.person)), by=self.person, key=key)
        return created(site_invitation_shape(made), f"/api/v1/invitations/{made.public_id}")


def _invitations(rows: Sequence[Invitation]) -> list[SiteInvitationShape]:
    return [site_invitation_shape(row) for row in rows]


class SiteInvitationView(ApiView):
    area = "community"

    @operation("Read an invitation to the site", gives=SiteInvitationShape)
    def get(self, request: Request, public_id: str) -> Response:
        return gave(site_invitation_shape(get_site_invitation(public_id, viewer=self.person)))

    @operation("Withdraw an invitation to the site")
    def delete(self, request: Request, public_id: str) -> Response:
        """The link in the letter then opens nothing."""
        invitation = get_site_invitation(public_id, viewer=self.person)
        if not withdraw_invitation(invitation, by=self.person):
            raise ValidationError(_("This invitation was over already."))
        return done()


class SiteInvitationRepeatView(ApiView):
    area = "community"

    @operation("Send the letter of an invitation again")
    def post(self, request: Request, public_id: str) -> Response:
        """With the whole time to answer; the earlier letter works as well."""
        invitation = get_site_invitation(public_id, viewer=self.person)
        if not invite_again(invitation, by=self.person):
            raise ValidationError(_("This invitation is over. Invite the address again."))
        return done()


urlpatterns = [
    path("invitations", SiteInvitationList.as_view()),
    path("invitations/<str:public_id>", SiteInvitationView.as_view()),
    path("invitations/<str:public_id>/repeat", SiteInvitationRepeatView.as_view()),
]
