"""`@handle` in texts."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from community.accounts.models import HandleRedirect, User
from community.text.references import Target


def people(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by handle, former handles included: colleagues, and the guests of the space.

    Whom a text names, it names by the handle: that it leads somewhere is all that is told.
    """
    here = User.objects.filter(memberships__space=space_id or 0)
    known = User.objects.filter(Q(is_guest=False) | Q(pk__in=here.values("pk")))
    found = {person.handle: _target(person) for person in known.filter(handle__in=keys)}
    missing = set(keys) - found.keys()
    if missing:
        former = HandleRedirect.objects.filter(handle__in=missing, person__in=known)
        former = former.select_related("person")
        found |= {redirect.handle: _target(redirect.person) for redirect in former}
    return found


def handles_in(space_id: int, handles: Collection[str]) -> set[str]:
    """Those of handles whose people are members of the space."""
    there = User.objects.filter(memberships__space=space_id, handle__in=handles)
    return set(there.values_list("handle", flat=True))


def _target(person: User) -> Target:
    return Target(url=person.get_absolute_url(), text=f"@{person.handle}")
