"""One write on a space after the other."""

from community.accounts.models import User
from community.spaces.access import refresh_rights
from community.spaces.models import Space


def lock_space(space: Space, by: User) -> Space:
    """Return space as the write before left it, locked until the action commits.

    What by may do is asked again after it: their role may have changed since the request began.
    """
    refresh_rights(by)
    return Space.objects.select_for_update().get(pk=space.pk)
