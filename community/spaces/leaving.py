"""What happens to memberships and ownership when somebody leaves the company."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from community.accounts.models import User
from community.accounts.queries import people_by_id
from community.events import SPACE_LEFT, SPACE_ROLE_CHANGED
from community.outbox.recording import action, record
from community.spaces.access import forget_roles
from community.spaces.models import (
    JoinRequest,
    Membership,
    Role,
    Space,
    SpaceInvitation,
    Visibility,
)

# More would only make the page long; all are handed over.
MAX_SHOWN = 50


@dataclass(frozen=True)
class Handover:
    """heir is None where nobody else belongs to the space."""

    space: Space
    heir: User | None


@dataclass(frozen=True)
class Held:
    """A place in a space. heir follows somebody who owns it alone, where anybody else belongs."""

    space: Space
    mine: Membership
    is_alone: bool
    heir: Membership | None

    @property
    def must_stay(self) -> bool:
        """Nobody else may know of the space, so that nobody could name another owner."""
        return self.is_alone and self.heir is None and self.space.visibility == Visibility.SECRET


def handovers(person: User, *, viewer: User) -> list[Handover]:
    """Return the spaces that person alone owns and viewer may know of, by name. Two queries.

    Secret spaces of others are handed over all the same, and named to nobody outside.
    """
    listed = Space.objects.listed_for(viewer)
    mine = _owned_alone(person).filter(space__in=listed).select_related("space")
    rows = list(mine.annotate(heir_id=_heir_id(person)).order_by("space__name", "id")[:MAX_SHOWN])
    heirs = people_by_id({row.heir_id for row in rows if row.heir_id}, viewer=viewer)
    return [Handover(row.space, heirs.get(row.heir_id)) for row in rows]


@action
def leave_all_spaces(person: User, *, by: User) -> None:
    """Take person out of every space, and hand over what only they own.

    To the moderator of longest standing, else the member of longest standing. A space without
    other members is left without an owner, for those who manage spaces to name one; a secret one
    stays with person, since nobody else may know of it. The caller has checked that by may.
    """
    for held in _held(person):
        _leave(held, by)
    JoinRequest.objects.filter(person=person).delete()
    SpaceInvitation.objects.filter(person=person).delete()
    forget_roles(person)


@action
def give_up_duties(person: User, *, by: User) -> None:
    """Leave person a plain member everywhere, and hand over what only they own, as on leaving.

    A secret space without other members stays theirs.
    The caller has checked that by may.
    """
    for held in _held(person):
        if held.mine.role != Role.MEMBER and not held.must_stay:
            _hand_over(held, by)
            _give_role(held.mine, held.space, Role.MEMBER, by)
    forget_roles(person)


def _leave(held: Held, by: User) -> None:
    if held.must_stay:
        return
    _hand_over(held, by)
    record(SPACE_LEFT, actor=by, obj=held.mine, subject=held.mine.person, space=held.space)
    held.mine.delete()
    held.space.member_count = Membership.objects.filter(space=held.space).count()
    held.space.save(update_fields=["member_count"])


def _hand_over(held: Held, by: User) -> None:
    if held.heir is not None:
        _give_role(held.heir, held.space, Role.OWNER, by)


def _give_role(held: Membership, space: Space, role: Role, by: User) -> None:
    held.role = role
    held.save(update_fields=["role"])
    record(SPACE_ROLE_CHANGED, actor=by, obj=held, subject=held.person, space=space, role=str(role))


def _held(person: User) -> list[Held]:
    """Four queries. The spaces are locked in the order of their ids: two may leave at once."""
    places = Membership.objects.filter(person=person)
    locked = Space.objects.select_for_update().filter(pk__in=places.values("space_id"))
    spaces = {space.pk: space for space in locked.order_by("id")}
    alone = _owned_alone(person).annotate(heir_id=_heir_id(person))
    heir_ids = {place.space_id: place.heir_id for place in alone}
    heirs = _members(heir_ids)
    return [
        Held(
            spaces[mine.space_id],
            mine,
            is_alone=mine.space_id in heir_ids,
            heir=heirs.get(mine.space_id),
        )
        for mine in places.select_related("person").filter(space__in=spaces).order_by("space_id")
    ]


def _members(people: Mapping[int, int | None]) -> dict[int, Membership]:
    """people: by space, the ids of some who belong to it."""
    found = Membership.objects.select_related("person").filter(
        space__in=people, person__in={one for one in people.values() if one}
    )
    return {one.space_id: one for one in found if one.person_id == people[one.space_id]}


def _owned_alone(person: User) -> QuerySet[Membership]:
    """person's ownerships beside which there is no active owner."""
    others = Membership.objects.filter(
        space=OuterRef("space"), role=Role.OWNER, person__is_active=True
    ).exclude(person=person)
    return Membership.objects.filter(~Exists(others), person=person, role=Role.OWNER)


def _heir_id(person: User) -> Subquery:
    moderators_first = Case(When(role=Role.MODERATOR, then=Value(0)), default=Value(1))
    others = Membership.objects.filter(space=OuterRef("space"), person__is_active=True)
    others = others.filter(person__is_guest=False)
    standing = others.exclude(person=person).order_by(moderators_first, "joined_at", "id")
    return Subquery(standing.values("person_id")[:1])
