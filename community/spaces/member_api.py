"""Members and invitations of a space, for programs of those who look after it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from community.accounts.access import get_person, person_named
from community.http.api.fields import Choice, Input, PageQuery, SearchQuery, Text
from community.http.api.operations import done, gave, operation
from community.http.api.pages import answer_page
from community.http.api.shapes import PageOf
from community.http.api.views import ApiView
from community.http.keyset import Order
from community.spaces.access import (
    get_invitation,
    get_member,
    get_space,
    require_moderate_space,
    require_name_owner,
    require_read,
)
from community.spaces.membership import (
    change_role,
    decline_invitation,
    invite_to_space,
    remove_member,
)
from community.spaces.models import Membership, Role, Space, SpaceInvitation
from community.spaces.ownership import name_owner
from community.spaces.queries import invitations, named_members
from community.spaces.shapes import (
    InvitationShape,
    MemberShape,
    invitation_shape,
    member_shape,
)

BY_NAME = Order(("name", "id"))
OLDEST = Order(("at", "id"))


class RoleChange(Input):
    role = Choice(Role.values)


class FirstOwner(Input):
    handle = Text()


class MemberList(ApiView):
    area = "community"

    @operation("List members, by name", query=SearchQuery, gives=PageOf(MemberShape))
    def get(self, request: Request, slug: str, query: Mapping[str, Any]) -> Response:
        space = get_space(slug, viewer=self.person)
        require_read(space, self.person)
        found = named_members(space, search=query["q"])
        return answer_page(request, found, BY_NAME, query, _members)


def _members(memberships: Sequence[Membership]) -> list[MemberShape]:
    return [member_shape(membership) for membership in memberships]


class MemberView(ApiView):
    area = "community"

    @operation("Read a membership", gives=MemberShape)
    def get(self, request: Request, slug: str, handle: str) -> Response:
        return gave(member_shape(self._found(slug, handle)))

    @operation("Change a member's role", sends=RoleChange, gives=MemberShape)
    def put(self, request: Request, slug: str, handle: str, sent: Mapping[str, Any]) -> Response:
        """For owners."""
        changed = change_role(self._found(slug, handle), Role(sent["role"]), by=self.person)
        return gave(member_shape(changed))

    @operation("Put a member out")
    def delete(self, request: Request, slug: str, handle: str) -> Response:
        """For owners, and for moderators where it is a plain member."""
        remove_member(self._found(slug, handle), by=self.person)
        return done()

    def _found(self, slug: str, handle: str) -> Membership:
        return get_member(get_space(slug, viewer=self.person), handle, viewer=self.person)


class OwnerView(ApiView):
    area = "community"

    @operation("Name the first owner", sends=FirstOwner, gives=MemberShape)
    def put(self, request: Request, slug: str, sent: Mapping[str, Any]) -> Response:
        """For those who manage spaces, where nobody owns one."""
        space = get_space(slug, viewer=self.person)
        require_name_owner(space, self.person)
        person = person_named(sent["handle"], "handle", viewer=self.person)
        return gave(member_shape(name_owner(space, person, by=self.person)))


class InvitationList(ApiView):
    area = "community"

    @operation(
        "List for whom places are kept, the longest first",
        query=PageQuery,
        gives=PageOf(InvitationShape),
    )
    def get(self, request: Request, slug: str, query: Mapping[str, Any]) -> Response:
        """For owners and moderators."""
        space = get_space(slug, viewer=self.person)
        require_moderate_space(space, self.person)
        kept = invitations(space).select_related("space", "person", "by")
        return answer_page(request, kept, OLDEST, query, _invitations)


def _invitations(kept: Sequence[SpaceInvitation]) -> list[InvitationShape]:
    return [invitation_shape(one) for one in kept]


class InvitationView(ApiView):
    area = "community"

    @operation("Keep a place for somebody", gives=InvitationShape)
    def put(self, request: Request, slug: str, handle: str) -> Response:
        """For owners and moderators."""
        space = self._moderated(slug)
        person = get_person(handle, viewer=self.person)
        return gave(invitation_shape(invite_to_space(space, person, by=self.person)))

    @operation("Withdraw an invitation")
    def delete(self, request: Request, slug: str, handle: str) -> Response:
        space = get_space(slug, viewer=self.person)
        decline_invitation(get_invitation(space, handle, viewer=self.person), by=self.person)
        return done()

    def _moderated(self, slug: str) -> Space:
        space = get_space(slug, viewer=self.person)
        require_moderate_space(space, self.person)
        return space


urlpatterns = [
    path("spaces/<str:slug>/owner", OwnerView.as_view()),
    path("spaces/<str:slug>/members", MemberList.as_view()),
    path("spaces/<str:slug>/members/<str:handle>", MemberView.as_view()),
    path("spaces/<str:slug>/invitations", InvitationList.as_view()),
    path("spaces/<str:slug>/invitations/<str:handle>", InvitationView.as_view()),
]
