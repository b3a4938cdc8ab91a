"""Changing who may read a space, once whoever does it has seen for whom that changes what."""

from community.accounts.models import User
from community.events import SPACE_VISIBILITY_CHANGED
from community.outbox.recording import action, record
from community.spaces.access import require_change_visibility, require_unarchived
from community.spaces.actions import joining_for, move_slug, require_free_name
from community.spaces.locking import lock_space
from community.spaces.models import Space, Visibility
from community.spaces.sight import Sight, readers, require_same, sight


def sight_as(space: Space, visibility: Visibility) -> Sight:
    """Whom a change to visibility would show what is in space, and from whom it would be kept."""
    return sight(readers(space), readers(space, visibility))


def mark_as(space: Space, visibility: Visibility) -> str:
    """What change_visibility() takes as seen."""
    shown = (str(space.visibility), str(visibility), space.topic_count)
    return sight_as(space, visibility).mark(*shown)


@action
def change_visibility(space: Space, visibility: Visibility, *, by: User, seen: str) -> Space:
    """Let others read what is in space; a secret space gets another address, or loses its tail.

    Raises PermissionDenied unless by owns the space, SightChanged unless seen is mark_as() of what
    would happen now, ValidationError for a name that a listed space has.
    """
    space = lock_space(space, by)
    require_change_visibility(space, by)
    require_unarchived(space)
    require_same(seen, mark_as(space, visibility))
    if space.visibility == visibility:
        return space
    crosses = Visibility.SECRET in {space.visibility, visibility}
    if space.visibility == Visibility.SECRET:
        require_free_name(space.name, beside=space)
    space.visibility = visibility
    space.joining = joining_for(visibility, space.joining)
    space.settings_version += 1
    if crosses:
        move_slug(space)
    else:
        space.save()
    record(SPACE_VISIBILITY_CHANGED, actor=by, obj=space, space=space, visibility=str(visibility))
    return space
