"""Who brings a sheet into a space, and sees what became of it."""

from community.accounts.models import User
from community.spaces.access import moderates
from community.spaces.models import Space
from discussions.sheets.models import Sheet


def get_sheet(public_id: str, *, space: Space, viewer: User) -> Sheet:
    """Return viewer's own sheet in a space they moderate. Raises Sheet.DoesNotExist."""
    if not moderates(space, viewer):
        raise Sheet.DoesNotExist
    mine = Sheet.objects.visible_to(viewer).select_related("space", "job")
    return mine.get(public_id=public_id, space=space)
