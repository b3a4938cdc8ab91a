"""Spaces and who belongs to them, as programs get them."""

from typing import TypedDict

from django.db.models import QuerySet

from community.accounts.models import User
from community.accounts.shapes import PersonShape, person_shape
from community.http.api.shapes import Time, written
from community.http.api.strings import Html
from community.spaces.access import can_read, role_in
from community.spaces.models import JoinAnswer, JoinRequest, Membership, Space, SpaceInvitation
from community.spaces.queries import owners

# Of people who gain or lose sight of something.
NAMED = 100


class SpaceNameShape(TypedDict):
    slug: str
    name: str


class SpaceShape(SpaceNameShape):
    description: str
    visibility: str
    joining: str
    hue: int
    icon: str
    url: str


class SpaceInsideShape(TypedDict):
    id: str
    rules: str
    rules_html: Html
    allows_down_votes: bool
    allows_several_solutions: bool
    member_count: int
    topic_count: int
    created_at: Time
    archived_at: Time | None


class SpaceDetailShape(SpaceShape):
    owners: list[PersonShape]
    # The role of who asks; null for people who don't belong.
    role: str | None
    # Null for those who may know of the space, but not look in.
    inside: SpaceInsideShape | None


class MemberShape(TypedDict):
    person: PersonShape
    role: str
    joined_at: Time


class JoinRequestShape(TypedDict):
    person: PersonShape
    message: str
    at: Time


class JoinAnswerShape(TypedDict):
    is_accepted: bool
    reason: str
    by: PersonShape | None
    at: Time


class SightShape(TypedDict):
    count: int
    # The first hundred, by name.
    people: list[PersonShape]


class InvitationShape(TypedDict):
    space: SpaceNameShape
    person: PersonShape
    by: PersonShape | None
    at: Time


def space_name_shape(space: Space) -> SpaceNameShape:
    return {"slug": space.slug, "name": space.name}


def space_shape(space: Space) -> SpaceShape:
    return {
        **space_name_shape(space),
        "description": space.description,
        "visibility": space.visibility,
        "joining": space.joining,
        "hue": space.hue,
        "icon": space.icon,
        "url": space.url,
    }


def space_detail_shape(space: Space, viewer: User) -> SpaceDetailShape:
    """Two queries."""
    return {
        **space_shape(space),
        "owners": [person_shape(membership.person) for membership in owners(space)],
        "role": role_in(space, viewer),
        "inside": _inside(space) if can_read(space, viewer) else None,
    }


def _inside(space: Space) -> SpaceInsideShape:
    return {
        "id": space.public_id,
        "rules": space.rules_source,
        "rules_html": Html(space.rules_html),
        "allows_down_votes": space.allows_down_votes,
        "allows_several_solutions": space.allows_several_solutions,
        "member_count": space.member_count,
        "topic_count": space.topic_count,
        "created_at": written(space.created_at),
        "archived_at": written(space.archived_at) if space.archived_at else None,
    }


def member_shape(membership: Membership) -> MemberShape:
    """membership comes with its person."""
    return {
        "person": person_shape(membership.person),
        "role": membership.role,
        "joined_at": written(membership.joined_at),
    }


def request_shape(asked: JoinRequest) -> JoinRequestShape:
    """asked comes with its person."""
    return {
        "person": person_shape(asked.person),
        "message": asked.message,
        "at": written(asked.at),
    }


def answer_shape(answer: JoinAnswer) -> JoinAnswerShape:
    """answer comes with who gave it."""
    return {
        "is_accepted": answer.is_accepted,
        "reason": answer.reason,
        "by": person_shape(answer.by) if answer.by else None,
        "at": written(answer.at),
    }


def sight_shape(people: QuerySet[User]) -> SightShape:
    """Two queries."""
    named = people.order_by("name", "pk")[:NAMED]
    return {"count": people.count(), "people": [person_shape(person) for person in named]}


def invitation_shape(kept: SpaceInvitation) -> InvitationShape:
    """kept comes with its space and both people."""
    return {
        "space": space_name_shape(kept.space),
        "person": person_shape(kept.person),
        "by": person_shape(kept.by) if kept.by else None,
        "at": written(kept.at),
    }
