"""Following a colleague, and no longer."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.events import PERSON_FOLLOWED, PERSON_UNFOLLOWED
from community.following.models import Follow
from community.outbox.recording import action, record


@action
def follow_person(person: User, *, by: User) -> None:
    """Show by what person writes, where by may read it; nothing changes the second time.

    Raises ValidationError for oneself, for who has no account any more, and above
    settings.MAX_FOLLOWED.
    """
    _require_follow(person, by)
    _follow, created = Follow.objects.get_or_create(person=by, followed=person)
    if created:
        record(PERSON_FOLLOWED, actor=by, obj=person)


def _require_follow(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise ValidationError({"": _("What you write yourself, you know already.")})
    if not person.is_active:
        raise ValidationError({"": _("%(name)s has no account any more.") % {"name": person.name}})
    others = Follow.objects.filter(person=by).exclude(followed=person)
    if others.count() >= settings.MAX_FOLLOWED:
        limit = {"limit": settings.MAX_FOLLOWED}
        raise ValidationError(
            {"": _("You follow %(limit)s people, the most there can be. Drop one first.") % limit}
        )


@action
def unfollow_person(person: User, *, by: User) -> None:
    deleted, _rows = Follow.objects.filter(person=by, followed=person).delete()
    if deleted:
        record(PERSON_UNFOLLOWED, actor=by, obj=person)
