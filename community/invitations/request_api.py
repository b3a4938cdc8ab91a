"""Who asked for an account, for programs of those who manage people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import require_manage
from community.http.api.fields import Input, PageQuery, Text
from community.http.api.operations import done, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.invitations.access import get_account_request
from community.invitations.approvals import approve_account, decline_account
from community.invitations.models import AccountRequest
from community.invitations.queries import account_requests
from community.invitations.shapes import AccountRequestShape, account_request_shape

LONGEST_WAITING = Order(("at", "id"))


class Refusal(Input):
    reason = Text(required=False, default="", help_text="It stands in the letter to them.")


class AccountRequestList(ApiView):
    area = "community"

    @operation(
        "List who asks for an account, the longest waiting first",
        query=PageQuery,
        gives=PageOf(AccountRequestShape),
    )
    def get(self, request: Request, query: Mapping[str, Any]) -> Response:
        require_manage(self.person)
        return answer_page(request, account_requests(), LONGEST_WAITING, query, _requests)


def _requests(rows: Sequence[AccountRequest]) -> list[AccountRequestShape]:
    return [account_request_shape(row) for row in rows]


class AccountApprovalView(ApiView):
    area = "community"

    @operation("Approve an account")
    def post(self, request: Request, public_id: str) -> Response:
        """A letter tells them how to make it."""
        approve_account(get_account_request(public_id, viewer=self.person), by=self.person)
        return done()


class AccountRefusalView(ApiView):
    area = "community"

    @operation("Decline an account", sends=Refusal)
    def post(self, request: Request, public_id: str, sent: Mapping[str, Any]) -> Response:
        asked = get_account_request(public_id, viewer=self.person)
        decline_account(asked, by=self.person, reason=sent["reason"])
        return done()


urlpatterns = [
    path("account-requests", AccountRequestList.as_view()),
    path("account-requests/<str:public_id>/approval", AccountApprovalView.as_view()),
    path("account-requests/<str:public_id>/refusal", AccountRefusalView.as_view()),
]
