"""Audiences and default spaces, as programs get them."""

from typing import TypedDict

from community.accounts.shapes import OrgUnitShape, PersonShape, handle_of, person_shape, unit_shape
from community.audiences.models import Audience, DefaultSpace
from community.audiences.queries import members_of, named_in, units_of
from community.http.api.shapes import Time, written
from community.http.api.strings import Handle
from community.spaces.shapes import SpaceNameShape, space_name_shape


class AudienceShape(TypedDict):
    id: str
    name: str
    description: str
    created_at: Time
    url: str


class AudienceDetailShape(AudienceShape):
    # Handles of those who belong to it by name, also of those without an account by now.
    people: list[Handle]
    # Everybody who works in them or below them belongs to it.
    units: list[OrgUnitShape]
    # Who belongs to it today.
    member_count: int


class DefaultSpaceShape(TypedDict):
    unit: OrgUnitShape
    space: SpaceNameShape
    by: PersonShape | None
    at: Time


def audience_shape(audience: Audience) -> AudienceShape:
    return {
        "id": audience.public_id,
        "name": audience.name,
        "description": audience.description,
        "created_at": written(audience.created_at),
        "url": audience.get_absolute_url(),
    }


def audience_detail_shape(audience: Audience) -> AudienceDetailShape:
    """Four queries."""
    units = units_of(audience).select_related("parent")
    return {
        **audience_shape(audience),
        "people": [handle_of(person) for person in named_in(audience)],
        "units": [unit_shape(unit) for unit in units],
        "member_count": members_of(audience).count(),
    }


def default_space_shape(default: DefaultSpace) -> DefaultSpaceShape:
    """default comes with its space, its unit and what that is part of, and who set it."""
    return {
        "unit": unit_shape(default.unit),
        "space": space_name_shape(default.space),
        "by": person_shape(default.by) if default.by else None,
        "at": written(default.at),
    }
