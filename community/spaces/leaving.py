"""What happens to memberships and ownership when somebody leaves the company."""

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
    # In the order of their ids, so that two who leave at once can't wait for each other.
    for space in list(_spaces_of(person).select_for_update().order_by("id")):
        _leave(space, person, by)
    JoinRequest.objects.filter(person=person).delete()
    SpaceInvitation.objects.filter(person=person).delete()
    forget_roles(person)


@action
def give_up_duties(person: User, *, by: User) -> None:
    """Leave person a plain member everywhere, and hand over what only they own, as on leaving.

    A secret space without other members stays theirs.
    The caller has checked that by may.
    """
    for space in list(_spaces_of(person).select_for_update().order_by("id")):
        mine = Membership.objects.get(space=space, person=person)
        if mine.role == Role.MEMBER:
            continue
        alone = _owned_alone(person).filter(pk=mine.pk).annotate(heir_id=_heir_id(person)).first()
        if alone is not None and _must_stay(space, alone.heir_id):
            continue
        if alone is not None and alone.heir_id is not None:
            _hand_over(space, alone.heir_id, by)
        _give_role(mine, space, Role.MEMBER, by)
    forget_roles(person)


def _leave(space: Space, person: User, by: User) -> None:
    mine = Membership.objects.get(space=space, person=person)
    alone = _owned_alone(person).filter(pk=mine.pk).annotate(heir_id=_heir_id(person)).first()
    if alone is not None and _must_stay(space, alone.heir_id):
        return
    if alone is not None and alone.heir_id is not None:
        _hand_over(space, alone.heir_id, by)
    record(SPACE_LEFT, actor=by, obj=mine, subject=person, space=space)
    mine.delete()
    space.member_count = Membership.objects.filter(space=space).count()
    space.save(update_fields=["member_count"])


def _must_stay(space: Space, heir_id: int | None) -> bool:
    """Whether nobody else may know of the space, so that nobody could name another owner."""
    return heir_id is None and space.visibility == Visibility.SECRET


def _hand_over(space: Space, heir_id: int, by: User) -> None:
    heirs = Membership.objects.select_related("person")
    _give_role(heirs.get(space=space, person_id=heir_id), space, Role.OWNER, by)


def _give_role(held: Membership, space: Space, role: Role, by: User) -> None:
    held.role = role
    held.save(update_fields=["role"])
    record(SPACE_ROLE_CHANGED, actor=by, obj=held, subject=held.person, space=space, role=str(role))


def _spaces_of(person: User) -> QuerySet[Space]:
    return Space.objects.filter(pk__in=Membership.objects.filter(person=person).values("space_id"))


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
