"""Who may say that an answer solved the question."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.spaces.access import moderates
from discussions.topics.models import Post, Topic


def can_accept(topic: Topic, by: User) -> bool:
    """The person who asked, and moderators of the space."""
    if topic.deleted_at is not None:
        return False
    return topic.author_id == by.pk or moderates(topic.space, by)


def require_accept(answer: Post, by: User) -> None:
    if not can_accept(answer.topic, by):
        raise PermissionDenied(
            _("Only the person who asked and the moderators of the space accept an answer.")
        )
