"""Links by which several people come in, for programs of those who manage people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import require_manage
from community.http.api.fields import PageQuery, Whole
from community.http.api.operations import created, done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.invitations.access import get_link
from community.invitations.actions import LinkTerms, make_invitation_link, withdraw_link
from community.invitations.models import InvitationLink
from community.invitations.offer_input import OfferInput, offer_sent
from community.invitations.queries import links
from community.invitations.shapes import (
    InvitationLinkDetailShape,
    InvitationLinkShape,
    link_detail_shape,
    link_shape,
)

NEWEST = Order(("-id",))


class NewInvitationLink(OfferInput):
    days = Whole(help_text="How long it works, 1 to 90.")
    max_uses = Whole(help_text="How many people come in by it at most.")


class InvitationLinkList(ApiView):
    area = "community"

    @operation(
        "List links to come in by, the newest first",
        query=PageQuery,
        gives=PageOf(InvitationLinkShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        require_manage(self.person)
        return answer_page(request, links(), NEWEST, query, _links)

    @operation(
        "Make a link to come in by",
        sends=NewInvitationLink,
        gives=InvitationLinkDetailShape,
        status=201,
        keyed=True,
        rate=("invitation-links", 20),
    )
    def post(self, request: Request, sent: Mapping[str, Any], key: str) -> Response:
        require_manage(self.person)
        terms = LinkTerms(**offer_sent(sent, self.person))
        made = make_invitation_link(terms, by=self.person, key=key)
        return created(link_detail_shape(made), f"/api/v1/invitation-links/{made.public_id}")


def _links(rows: Sequence[InvitationLink]) -> list[InvitationLinkShape]:
    return [link_shape(row) for row in rows]


class InvitationLinkView(ApiView):
    area = "community"

    @operation("Read a link to come in by", gives=InvitationLinkDetailShape)
    def get(self, request: Request, public_id: str) -> Response:
        return gave(link_detail_shape(get_link(public_id, viewer=self.person)))

    @operation("Close a link to come in by")
    def delete(self, request: Request, public_id: str) -> Response:
        """Nobody comes in by it any more, also not by a letter that it sent."""
        if not withdraw_link(get_link(public_id, viewer=self.person), by=self.person):
            raise ValidationError(_("This link was closed already."))
        return done()


urlpatterns = [
    path("invitation-links", InvitationLinkList.as_view()),
    path("invitation-links/<str:public_id>", InvitationLinkView.as_view()),
]
