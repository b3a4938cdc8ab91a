"""How much one person writes in a day."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from discussions.topics.models import Post, Revision


def require_post_allowance(by: User) -> None:
    """Raises ValidationError above settings.MAX_POSTS_PER_DAY."""
    since, limit = timezone.now() - timedelta(days=1), settings.MAX_POSTS_PER_DAY
    if Post.objects.filter(author=by, created_at__gt=since).count() >= limit:
        written = _("You have written %(limit)s posts in a day, the most there can be.")
        raise ValidationError({"": written % {"limit": limit}})


def require_edit_allowance(by: User) -> None:
    """Raises ValidationError above as many edits; a post's first revision is none."""
    since, limit = timezone.now() - timedelta(days=1), settings.MAX_POSTS_PER_DAY
    if Revision.objects.filter(by=by, number__gt=1, at__gt=since).count() >= limit:
        edited = _("You have edited %(limit)s times in a day, the most there can be.")
        raise ValidationError({"": edited % {"limit": limit}})
