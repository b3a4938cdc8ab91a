"""`@handle` in texts."""

from collections.abc import Collection, Mapping

from community.accounts.models import HandleRedirect, User
from community.text.references import Target


def people(keys: Collection[str], space_id: int | None) -> Mapping[str, Target]:
    """Return targets by handle, former handles included; everybody may know of everybody."""
    found = {person.handle: _target(person) for person in User.objects.filter(handle__in=keys)}
    missing = set(keys) - found.keys()
    if missing:
        former = HandleRedirect.objects.filter(handle__in=missing).select_related("person")
        found |= {redirect.handle: _target(redirect.person) for redirect in former}
    return found


def _target(person: User) -> Target:
    return Target(url=person.get_absolute_url(), text=f"@{person.handle}")
