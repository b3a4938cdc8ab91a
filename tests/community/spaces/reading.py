"""Who belongs to a space, and what was told of it."""

from community.accounts.models import User
from community.outbox.models import Event
from community.spaces.models import Membership, Space


def told_of(person: User) -> list[str]:
    about = Event.objects.filter(subject_id=person.pk, space_id__isnull=False).order_by("id")
    return list(about.values_list("name", flat=True))


def members(space: Space) -> list[str]:
    return sorted(space.memberships.values_list("person__name", flat=True))


def role(space: Space, person: User) -> str:
    return Membership.objects.get(space=space, person=person).role
