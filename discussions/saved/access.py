"""What somebody saved is their own."""

from community.accounts.models import User
from discussions.saved.models import SavedPost


def get_saved(public_id: str, *, viewer: User) -> SavedPost:
    """Return what viewer saved, what they took back a while ago too. Raises DoesNotExist."""
    return SavedPost.objects.select_related("post__topic").get(public_id=public_id, person=viewer)
