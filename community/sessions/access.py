"""Who may see sessions: the person alone."""

from community.accounts.models import User
from community.sessions.models import Session


def get_session(public_id: str, *, viewer: User) -> Session:
    """Raises Session.DoesNotExist alike for ended ones and those of others."""
    found: Session = Session.objects.visible_to(viewer).get(public_id=public_id)
    return found
