"""Drafts are their writer's own."""

from community.accounts.models import User
from discussions.drafts.models import Draft
from discussions.drafts.places import Form, Place
from discussions.topics.access import get_post, get_topic


def get_draft(public_id: str, *, viewer: User) -> Draft:
    """Return viewer's own draft, the last deleted one too. Raises Draft.DoesNotExist."""
    return Draft.objects.get(public_id=public_id, person=viewer)


def require_place(place: Place, by: User) -> None:
    """Raises ObjectDoesNotExist alike for a hidden and a missing topic or post."""
    if place.form == Form.TOPIC:
        get_topic(place.public_id, viewer=by)
    elif place.public_id:
        get_post(place.public_id, viewer=by)
